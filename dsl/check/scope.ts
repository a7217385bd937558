import type { DiagnosticCode, Diagnostic } from '#dsl/diagnostics'
import type {
  ActionNode,
  Declaration,
  EnumNode,
  FormNode,
  LexiconNode,
  Name,
  ParsedFile,
  Span,
  TicketNode,
  TypeNode,
  PriceNode,
  TemplateNode,
  SignalNode,
  MetricNode,
  SopNode,
} from '#dsl/syntax'
import { scalarKinds, type JsonValue, type ScalarKind, type Type } from '#core/values'

export interface SourceFile {
  readonly path: string
  readonly parsed: ParsedFile
}

/**
 * What every check reads: the pack's names, and where findings go. Whatever a check reads besides its own declaration it
 * reads here (or of the blueprint it is given), where that is noted: it runs again only when an answer has changed.
 */
export interface Scope {
  readonly enums: ReadonlyMap<string, EnumNode>
  /** The names of the enums that have a value, in their order. */
  readonly enumsHolding: (value: string) => readonly string[]
  readonly entities: ReadonlySet<string>
  readonly settings: ReadonlyMap<string, Type>
  readonly roles: ReadonlySet<string>
  readonly teams: ReadonlySet<string>
  readonly skills: ReadonlySet<string>
  readonly hours: ReadonlySet<string>
  /** The zone in which the pack reads dates and times. */
  readonly zone: string
  readonly forms: ReadonlyMap<string, FormNode>
  readonly tickets: ReadonlyMap<string, TicketNode>
  /** The tickets whose form is about a record, in their order. */
  readonly ticketsAbout: (entity: string) => readonly string[]
  /** What a record of an entity is known by, and which of its fields are worked out. */
  readonly recordOf: (entity: string) => {
    readonly key: string | undefined
    readonly computed: readonly string[]
  }
  /** The tickets that a form opens, in their order. */
  readonly ticketsOn: (form: string) => readonly string[]
  /** The prices worked out from a form, in their order. */
  readonly pricesOn: (form: string) => readonly string[]
  /** The first ticket that has a transition, `受理.同意`. */
  readonly ticketWith: (transition: string) => string | undefined
  /** What a story may name: tickets as what their forms hold, and records. */
  readonly storyNames: () => ReadonlyMap<string, Type>
  readonly parties: ReadonlySet<string>
  readonly prices: ReadonlyMap<string, PriceNode>
  readonly actions: ReadonlyMap<string, ActionNode>
  /** The source behind a span, for explanations. */
  readonly textOf: (span: Span) => string
  /** Events by qualified name (`订单.下单`). */
  readonly events: ReadonlySet<string>
  readonly lexicons: ReadonlyMap<string, LexiconNode>
  /** Segments, and stages by their qualified name. */
  readonly segments: ReadonlySet<string>
  readonly templates: ReadonlyMap<string, TemplateNode>
  readonly signals: ReadonlyMap<string, SignalNode>
  readonly metrics: ReadonlyMap<string, MetricNode>
  readonly sops: ReadonlyMap<string, SopNode>
  /** Tables by name with their input columns in order. */
  readonly tableInputs: ReadonlyMap<string, readonly (readonly [string, Type])[]>
  /** The names behind the dot: fields of a record, columns of a table's answer. */
  readonly members: (type: Type & { readonly name: string }) => ReadonlyMap<string, Type>
  /** Whether a field of a record or a form is declared with `?`: it may be absent. */
  readonly isOptional: (owner: Type, field: string) => boolean
  /** The pack’s one currency (ISO 4217). */
  readonly currency: string
  /** What a table may answer in one of its output columns. */
  readonly answers: (table: string, column: string) => readonly JsonValue[]
  readonly report: (span: Span, code: DiagnosticCode, params?: Readonly<Record<string, string>>) => void
}

export interface Placed<D extends Declaration = Declaration> {
  readonly node: D
  readonly file: string
}

/** Gathers the declarations of all files into one namespace; a name declared twice is reported at its second place. */
export function gather(files: readonly SourceFile[], diagnostics: Diagnostic[]): Placed[] {
  const seen = new Set<string>()
  return files.flatMap(({ path, parsed }) =>
    parsed.declarations.map(node => {
      const space = namespaceOf(node)
      for (const name of space ? namesOf(node) : []) {
        if (seen.has(`${space} ${name.text}`))
          diagnostics.push({
            code: 'AX2001',
            file: path,
            start: name.start,
            end: name.end,
            params: { name: name.text },
          })
        seen.add(`${space} ${name.text}`)
      }
      return { node, file: path }
    }),
  )
}

/** Reports a name of the pack’s own that an import has already. */
export function reportClashes(
  imported: readonly Placed[],
  written: readonly Placed[],
  diagnostics: Diagnostic[],
): void {
  const taken = new Set(
    imported.flatMap(({ node }) => namesOf(node).map(({ text }) => `${namespaceOf(node) ?? ''} ${text}`)),
  )
  for (const { node, file } of written)
    for (const { text, start, end } of namesOf(node))
      if (taken.has(`${namespaceOf(node) ?? '-'} ${text}`))
        diagnostics.push({ code: 'AX2001', file, start, end, params: { name: text } })
}

/** The names a declaration declares. */
export function namesOf(node: Declaration): readonly Name[] {
  return 'names' in node && node.kind !== 'use' ? node.names.map(item => item.name) : [node.name]
}

/** The name when `known` holds it; reports an unknown one. */
export function knownName(
  scope: Scope,
  name: Name,
  known: { has(text: string): boolean },
): string | undefined {
  if (known.has(name.text)) return name.text
  scope.report(name, 'AX2002', { name: name.text })
  return undefined
}

export function ofKind<D extends Declaration>(
  placed: readonly Placed[],
  kind: D['kind'],
): readonly Placed<D>[] {
  let kinds = byKind.get(placed)
  if (!kinds) byKind.set(placed, (kinds = Map.groupBy(placed, ({ node }) => node.kind)))
  return (kinds.get(kind) ?? []) as readonly Placed[] as readonly Placed<D>[]
}

/** Declarations by kind, grouped once: nearly every kind is asked for. */
const byKind = new WeakMap<readonly Placed[], ReadonlyMap<string, readonly Placed[]>>()

const refersOnly: ReadonlySet<string> = new Set([
  'use',
  'test',
  'access',
  'route',
  'scenario',
  'property',
  'labels',
])

/** Types and values are two namespaces; some declarations only speak about a name that another one declares. */
export function namespaceOf(node: Declaration): 'type' | 'value' | undefined {
  if (refersOnly.has(node.kind)) return undefined
  if (node.kind === 'entity') return node.extends ? undefined : 'type'
  if (node.kind === 'library') return 'type'
  return node.kind === 'enum' ? 'type' : 'value'
}

/** What is known, or one of a few words beside it. */
export function either(known: { has(text: string): boolean }, ...words: readonly string[]): typeof known {
  return { has: text => words.includes(text) || known.has(text) }
}

/** The type a type node means; reports an unknown one and returns undefined. */
export function resolveType(scope: Scope, node: TypeNode): Type | undefined {
  const type = typeNamed(scope, node.name.text)
  if (type) return type
  const of = node.args[0] && resolveType(scope, node.args[0])
  const by = of
  const held = node.args[1] && resolveType(scope, node.args[1])
  if (node.name.text === 'map' && by && held) return { kind: 'map', by, of: held }
  if ((node.name.text === 'list' || node.name.text === 'set') && of) return { kind: node.name.text, of }
  scope.report(node, 'AX2003', { name: node.name.text })
  return undefined
}

/** The type that a node of another declaration means; that one's own check reports it when there is none. */
export function typeElsewhere(scope: Scope, node: TypeNode): Type | undefined {
  return resolveType(silent(scope), node)
}

/** The scope for what stands in another declaration, whose own check reports it. */
export function silent(scope: Scope): Scope {
  return scopeWith(scope, { report: () => {} })
}

/** The scope with another report or text. Why not a copy: the copying would read, and note, all of it. */
export function scopeWith(scope: Scope, own: Partial<Pick<Scope, 'report' | 'textOf'>>): Scope {
  return Object.assign(Object.create(scope) as Scope, own)
}

export function typeNamed(scope: Scope, name: string): Type | undefined {
  if (scope.enums.has(name)) return { kind: 'enum', name }
  if (scope.entities.has(name)) return { kind: 'ref', name }
  return scalarKinds.has(name) ? { kind: name as ScalarKind } : undefined
}
