import type { HitPolicy } from '#core/blueprint'
import { answerType, hitPolicies } from '#core/table'
import { scalarKinds, type ScalarKind, type Type } from '#core/values'
import {
  parse,
  withoutSheets,
  type ActionNode,
  type Column,
  type Declaration,
  type DeclarationKind,
  type EnumNode,
  type FieldNode,
  type FormNode,
  type PriceNode,
  type StationNode,
  type TableNode,
  type TicketNode,
  type TypeNode,
} from '#dsl/syntax'
import { symbolOf } from './symbol.ts'
import type { Texts } from './texts.ts'

/** What a name stands for: whose name it is, when it is declared in the texts, and its type where it is known. */
export interface Known {
  readonly symbol?: string | undefined
  readonly type?: Type | undefined
}

export type Names = ReadonlyMap<string, Known>

export interface PlacedDeclaration {
  readonly file: string
  readonly node: Declaration
}

/** The declared names of a pack and what lies behind their dots, as far as the texts can be read. */
export interface Model {
  readonly placed: readonly PlacedDeclaration[]
  readonly enums: ReadonlyMap<string, EnumNode>
  readonly forms: ReadonlyMap<string, FormNode>
  readonly tickets: ReadonlyMap<string, TicketNode>
  readonly tables: ReadonlyMap<string, TableNode>
  readonly prices: ReadonlyMap<string, PriceNode>
  readonly actions: ReadonlyMap<string, ActionNode>
  readonly settings: Names
  /** Entities and libraries of the texts; those that every desk has are not among them. */
  readonly entities: ReadonlySet<string>
  readonly has: (kind: DeclarationKind, name: string) => boolean
  /** Every declared name of a kind. */
  readonly named: (kind: DeclarationKind) => readonly string[]
  readonly members: (type: Type | undefined) => Names
  readonly typeOf: (node: TypeNode) => Type | undefined
  readonly columnOf: (table: string, column: Column) => Known
}

const builtinEntities = ['customer', 'staff', 'store'] as const

export function modelOf(texts: Texts): Model {
  const placed = Object.keys(withoutSheets(texts))
    .sort()
    .flatMap(file => parse(texts[file]!).declarations.map(node => ({ file, node })))
  const nodes = placed.map(({ node }) => node)
  const byName = <D extends Declaration>(kind: D['kind']) =>
    new Map(
      nodes.filter((node): node is D => node.kind === kind).map(node => [node.name.text, node] as const),
    )
  const enums = byName<EnumNode>('enum')
  const entities = new Set(nodes.filter(isEntity).map(node => node.name.text))
  const lists = new Set(
    nodes.flatMap(node => (node.kind === 'pool' || node.kind === 'mode' ? [node.kind as string] : [])),
  )
  const typeNamed = (name: string): Type | undefined => {
    if (enums.has(name) || lists.has(name)) return { kind: 'enum', name }
    if (entities.has(name) || (builtinEntities as readonly string[]).includes(name))
      return { kind: 'ref', name }
    return scalarKinds.has(name) ? { kind: name as ScalarKind } : undefined
  }
  const typeOf = (node: TypeNode): Type | undefined => {
    const of = node.args[0] && typeOf(node.args[0])
    const { text } = node.name
    return typeNamed(text) ?? ((text === 'list' || text === 'set') && of ? { kind: text, of } : undefined)
  }
  const columnOf = (table: string, { subject, type }: Column): Known => {
    const name = subject.kind === 'name' ? subject.name : ''
    if (type) return { symbol: symbolOf('column', table, name), type: typeOf(type) }
    const named = typeNamed(name)
    return { symbol: typeSymbol(named, entities), type: named }
  }
  const shared = {
    ...{ placed, enums, entities, typeOf, columnOf },
    forms: byName<FormNode>('form'),
    tickets: byName<TicketNode>('ticket'),
    tables: byName<TableNode>('table'),
    prices: byName<PriceNode>('price'),
    actions: byName<ActionNode>('action'),
  }
  const settings = new Map(
    nodes.flatMap(node =>
      node.kind === 'setting'
        ? [
            [
              node.name.text,
              { symbol: symbolOf('setting', node.name.text), type: typeOf(node.type) },
            ] as const,
          ]
        : [],
    ),
  )
  return { ...shared, settings, has: hasOf(nodes), named: namedOf(nodes), members: membersOf(shared) }
}

/** `pool` and `mode` are types that nobody declares; their values are declared one by one. */
export const isListed = (name: string): name is 'pool' | 'mode' => name === 'pool' || name === 'mode'

/** The symbol of a type that the texts declare; a column without a type is named by it. */
export function typeSymbol(type: Type | undefined, entities: ReadonlySet<string>): string | undefined {
  if (type?.kind === 'enum') return isListed(type.name) ? undefined : symbolOf('enum', type.name)
  return type?.kind === 'ref' && entities.has(type.name) ? symbolOf('entity', type.name) : undefined
}

/** Every node of a ticket, those in branches included. */
export function stationsOf(ticket: TicketNode): StationNode[] {
  return [...ticket.nodes, ...ticket.parallels.flatMap(p => p.branches.flatMap(branch => branch.nodes))]
}

/** What an expression about a form may name. */
export function formNames(model: Model, name: string): Map<string, Known> {
  const subject = model.forms.get(name)?.subject?.text
  const about = subject === undefined ? [] : [[subject, entityKnown(model, subject)] as const]
  return new Map<string, Known>([
    ['customer', { type: { kind: 'ref', name: 'customer' } }],
    ['today', { type: { kind: 'date' } }],
    ...about,
    ...model.members({ kind: 'form', name }),
  ])
}

export function entityKnown(model: Model, name: string): Known {
  const type = { kind: 'ref', name } as const
  return { symbol: typeSymbol(type, model.entities), type }
}

type Parts = Omit<Model, 'settings' | 'has' | 'named' | 'members'>

function membersOf(parts: Parts): Model['members'] {
  const fields = (kind: 'field' | 'form-field', owner: string, nodes: readonly FieldNode[]) =>
    nodes.map((node): [string, Known] => [
      node.name.text,
      { symbol: symbolOf(kind, owner, node.name.text), type: parts.typeOf(node.type) },
    ])
  return type => {
    if (type?.kind === 'form')
      return new Map(fields('form-field', type.name, parts.forms.get(type.name)?.fields ?? []))
    if (type?.kind === 'ref') {
      const own = parts.placed.flatMap(({ node }) =>
        (node.kind === 'entity' || node.kind === 'library') && node.name.text === type.name
          ? node.fields
          : [],
      )
      const known = (builtinMembers[type.name] ?? []).map(([name, kind]): [string, Known] => [
        name,
        { type: { kind } },
      ])
      return new Map([...known, ...fields('field', type.name, own)])
    }
    return type?.kind === 'answer' ? answerMembers(parts, type.name) : new Map()
  }
}

const builtinMembers: Readonly<Record<string, readonly (readonly [string, ScalarKind])[]>> = {
  customer: [
    ['id', 'text'],
    ['name', 'text'],
    ['region', 'region'],
    ['退订', 'bool'],
  ],
  staff: [
    ['id', 'text'],
    ['name', 'text'],
  ],
  store: [
    ['id', 'text'],
    ['name', 'text'],
    ['region', 'region'],
  ],
}

function answerMembers({ placed, prices, tables, columnOf, typeOf }: Parts, name: string): Names {
  const signal = placed
    .map(({ node }) => node)
    .find(node => node.kind === 'signal' && node.name.text === name)
  const outputs = signal?.kind === 'signal' ? signal.outputs : []
  const price = prices.get(name)
  const table = tables.get(name)
  const lines = [
    ...(price?.lines.map(line => line.name.text) ?? []),
    ...(price?.total ? [price.total.text] : []),
  ]
  return new Map<string, Known>([
    ...lines.map((line): [string, Known] => [
      line,
      { symbol: symbolOf('line', name, line), type: { kind: 'money' } },
    ]),
    ...outputs.map(({ name: output, type }): [string, Known] => [
      output.text,
      { symbol: symbolOf('signal-output', name, output.text), type: typeOf(type) },
    ]),
    ...(table?.grid.outputs ?? []).map((column): [string, Known] => [
      column.subject.kind === 'name' ? column.subject.name : '',
      answered(table, columnOf(name, column)),
    ]),
    ...(table?.computed ?? []).map((node): [string, Known] => [
      node.name.text,
      { symbol: symbolOf('column', name, node.name.text) },
    ]),
  ])
}

/** An output as an expression finds it: a list where the hit policy answers with several rows. */
function answered(table: TableNode | undefined, known: Known): Known {
  const { text = 'unique' } = table?.policy ?? {}
  if (!known.type || !hitPolicies.has(text)) return known
  return { ...known, type: answerType(text as HitPolicy, known.type) }
}

function isEntity(node: Declaration): boolean {
  return node.kind === 'library' || (node.kind === 'entity' && !node.extends)
}

function namedOf(nodes: readonly Declaration[]): Model['named'] {
  return kind =>
    nodes
      .filter(node => node.kind === kind)
      .flatMap(node =>
        'names' in node && node.kind !== 'use' ? node.names.map(item => item.name.text) : [node.name.text],
      )
}

function hasOf(nodes: readonly Declaration[]): Model['has'] {
  const known = new Set(
    nodes.flatMap(node =>
      'names' in node && node.kind !== 'use'
        ? node.names.map(item => `${node.kind} ${item.name.text}`)
        : [`${node.kind} ${node.name.text}`],
    ),
  )
  return (kind, name) => known.has(`${kind} ${name}`)
}
