import { lex, type Name, type Span } from '#dsl/syntax'
import type { Model } from './model.ts'
import { symbolOf, type Occurrence, type SymbolKind } from './symbol.ts'

/** What the walk over one file writes down. */
export interface Binder {
  readonly model: Model
  readonly source: string
  readonly define: (symbol: string, at: Span) => void
  /** Notes a use; nothing for what the texts do not declare. */
  readonly refer: (symbol: string | undefined, at: Span) => void
}

export function createBinder(model: Model, file: string, source: string, found: Occurrence[]): Binder {
  const note = (symbol: string, { start, end }: Span, isDefinition: boolean) =>
    found.push({ symbol, file, start, end, isDefinition })
  return {
    model,
    source,
    define: (symbol, at) => void note(symbol, at, true),
    refer: (symbol, at) => void (symbol !== undefined && note(symbol, at, false)),
  }
}

/** The words of a dotted name, each with its own place. */
export function partsOf({ source }: Binder, { start, end }: Span): Name[] {
  return lex(source.slice(start, end)).flatMap(token =>
    /^[\p{L}_]/u.test(token.image)
      ? [
          {
            text: token.image.normalize('NFC'),
            start: start + token.startOffset,
            end: start + token.endOffset,
          },
        ]
      : [],
  )
}

/** Notes a use of a declaration when there is one of that kind and name. */
export function referTo(
  binder: Binder,
  kind: SymbolKind & Parameters<Model['has']>[0],
  name: Name | undefined,
): void {
  if (name && binder.model.has(kind, name.text)) binder.refer(symbolOf(kind, name.text), name)
}

export function referEntity(binder: Binder, name: Name | undefined): void {
  if (name && binder.model.entities.has(name.text)) binder.refer(symbolOf('entity', name.text), name)
}

/** `订单.下单`: the entity and what may happen to it. */
export function referEvent(binder: Binder, at: Span | undefined): void {
  const [entity, event] = at ? partsOf(binder, at) : []
  referEntity(binder, entity)
  if (entity && event && hasEvent(binder.model, entity.text, event.text))
    binder.refer(symbolOf('event', entity.text, event.text), event)
}

function hasEvent({ placed }: Model, entity: string, event: string): boolean {
  return placed.some(
    ({ node }) =>
      node.kind === 'entity' && node.name.text === entity && node.events.some(each => each.text === event),
  )
}
