import { lex, type Name, type Span } from '#dsl/syntax'
import type { Model, Names } from './model.ts'
import { symbolOf, type Occurrence, type SymbolKind } from './symbol.ts'

/** What the walk over one file writes down. */
export interface Binder {
  readonly model: Model
  readonly source: string
  readonly define: (symbol: string, at: Span) => void
  /** Notes a use; nothing for what the texts do not declare. */
  readonly refer: (symbol: string | undefined, at: Span) => void
  /** Tells what might stand at a place; heard only where somebody asks what may be written. */
  readonly ask: (at: Span | undefined, wants: () => Iterable<Candidate>) => void
}

/** A name that might stand somewhere, and what it is to the eye. */
export interface Candidate {
  readonly name: string
  readonly kind: 'keyword' | 'node' | 'field' | 'type' | 'value' | 'role' | 'function' | 'name'
}

/** Names of one kind. */
export function candidates(kind: Candidate['kind'], names: Iterable<string>): Candidate[] {
  return [...names].map(name => ({ name, kind }))
}

/** What an expression may name, by the names in its scope. */
export function scopeCandidates(names: Names): Candidate[] {
  return candidates('field', names.keys())
}

export function createBinder(
  model: Model,
  { file, source, ask = () => {} }: { file: string; source: string; ask?: Binder['ask'] },
  found: Occurrence[],
): Binder {
  const note = (symbol: string, { start, end }: Span, isDefinition: boolean) =>
    found.push({ symbol, file, start, end, isDefinition })
  return {
    model,
    source,
    ask,
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
  binder.ask(name, () => candidates(kind === 'role' ? 'role' : 'name', binder.model.named(kind)))
  if (name && binder.model.has(kind, name.text)) binder.refer(symbolOf(kind, name.text), name)
}

export function referEntity(binder: Binder, name: Name | undefined): void {
  binder.ask(name, () => candidates('type', [...binder.model.entities, 'customer', 'staff', 'store']))
  if (name && binder.model.entities.has(name.text)) binder.refer(symbolOf('entity', name.text), name)
}

/** `订单.下单`: the entity and what may happen to it. */
export function referEvent(binder: Binder, at: Span | undefined): void {
  const [entity, event] = at ? partsOf(binder, at) : []
  referEntity(binder, entity)
  binder.ask(event, () => candidates('name', entity ? eventsOf(binder.model, entity.text) : []))
  if (entity && event && hasEvent(binder.model, entity.text, event.text))
    binder.refer(symbolOf('event', entity.text, event.text), event)
}

function hasEvent(model: Model, entity: string, event: string): boolean {
  return model.placed.some(
    ({ node }) =>
      node.kind === 'entity' && node.name.text === entity && node.events.some(each => each.text === event),
  )
}

function eventsOf({ placed }: Model, entity: string): string[] {
  const own = placed.flatMap(({ node }) =>
    node.kind === 'entity' && node.name.text === entity ? node.events.map(({ text }) => text) : [],
  )
  return entity === 'customer' ? [...own, '回复'] : own
}
