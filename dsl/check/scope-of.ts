import { purposes, type TableBlueprint } from '#core/blueprint'
import { answerColumns } from '#core/table'
import { isCurrency, type JsonValue, type Type } from '#core/values'
import type { Diagnostic } from '#dsl/diagnostics'
import type {
  ActionNode,
  Declaration,
  EntityNode,
  EnumNode,
  FormNode,
  LibraryNode,
  LexiconNode,
  Name,
  NamesNode,
  PackNode,
  PriceNode,
  SettingNode,
  MetricNode,
  SignalNode,
  SopNode,
  StageNode,
  TemplateNode,
  TableNode,
  TicketNode,
  TypeNode,
  UseNode,
} from '#dsl/syntax'
import { fieldTypes } from './field.ts'
import { ofKind, resolveType, typeNamed, type Placed, type Scope } from './scope.ts'

/** What every desk knows of a customer, a member of staff and a store before any pack extends it. */
export const builtinFields: Readonly<Record<string, readonly [string, Type][]>> = {
  customer: [
    ['id', { kind: 'text' }],
    ['name', { kind: 'text' }],
    ['region', { kind: 'region' }],
    ['退订', { kind: 'bool' }],
  ],
  staff: [
    ['id', { kind: 'text' }],
    ['name', { kind: 'text' }],
  ],
  store: [
    ['id', { kind: 'text' }],
    ['name', { kind: 'text' }],
    ['region', { kind: 'region' }],
  ],
}

/** What may happen to a customer on any desk. */
export const builtinEvents: Readonly<Record<string, readonly string[]>> = { customer: ['回复'] }

/** Why a message is sent, and by which channel: types of every pack that sends. */
function reachEnums(placed: readonly Placed[]): EnumNode[] {
  if (!placed.some(({ node }) => sending.has(node.kind))) return []
  const used = ofKind<UseNode>(placed, 'use').filter(({ node }) => node.what.text === 'channel')
  const channels = used.flatMap(({ node }) => node.names.map(name => name.text))
  return [
    builtinEnum('purpose', purposes),
    builtinEnum('channel', channels.length > 0 ? channels : ['wecom']),
    builtinEnum('category', categoriesOf(placed)),
  ]
}

const sending: ReadonlySet<string> = new Set(['limit', 'sop', 'campaign', 'template'])

function categoriesOf(placed: readonly Placed[]): string[] {
  const categories = ofKind<TemplateNode>(placed, 'template').flatMap(({ node }) => node.category?.text ?? [])
  return [...new Set(categories)]
}

/** `pool` and `mode` are types whose values are declared one by one. */
function listEnums(placed: readonly Placed[]): EnumNode[] {
  return (['pool', 'mode'] as const).flatMap(kind => {
    const names = [...listed(placed, kind)]
    return names.length === 0 ? [] : [builtinEnum(kind, names)]
  })
}

function builtinEnum(name: string, values: readonly string[]): EnumNode {
  const at = { start: 0, end: 0 }
  const named = (text: string) => ({ text, ...at })
  const items = values.map(value => ({ name: named(value), label: undefined, ...at }))
  return { kind: 'enum', name: named(name), label: undefined, ordered: false, values: items, ...at }
}

/** Builds the scopes of a pack's files; `tables` fills as tables are checked and serves the answers' members. */
export function scopesOf(
  placed: readonly Placed[],
  { diagnostics, texts }: { diagnostics: Diagnostic[]; texts: Readonly<Record<string, string>> },
  tables: ReadonlyMap<string, TableBlueprint>,
): (file: string) => Scope {
  const enumNodes = [
    ...ofKind<EnumNode>(placed, 'enum').map(({ node }) => node),
    ...reachEnums(placed),
    ...listEnums(placed),
  ]
  const enums = new Map(enumNodes.map(node => [node.name.text, node]))
  const entityNodes = ofKind<EntityNode>(placed, 'entity').map(({ node }) => node)
  const libraryNodes = ofKind<LibraryNode>(placed, 'library').map(({ node }) => node)
  const entities = new Set([
    ...Object.keys(builtinFields),
    ...entityNodes.filter(node => !node.extends).map(node => node.name.text),
    ...libraryNodes.map(node => node.name.text),
  ])
  const declared = {
    enums,
    entities,
    roles: listed(placed, 'role'),
    teams: listed(placed, 'team'),
    skills: listed(placed, 'skill'),
    parties: listed(placed, 'party'),
    prices: nodesByName<PriceNode>(placed, 'price'),
    actions: nodesByName<ActionNode>(placed, 'action'),
    hours: new Set(ofKind(placed, 'hours').map(({ node }) => node.name.text)),
    forms: nodesByName<FormNode>(placed, 'form'),
    tickets: nodesByName<TicketNode>(placed, 'ticket'),
    events: new Set([
      ...Object.entries(builtinEvents).flatMap(([entity, events]) => events.map(e => `${entity}.${e}`)),
      ...entityNodes.flatMap(node => node.events.map(event => `${node.name.text}.${event.text}`)),
    ]),
    lexicons: nodesByName<LexiconNode>(placed, 'lexicon'),
    segments: new Set([
      ...ofKind(placed, 'segment').map(({ node }) => node.name.text),
      ...ofKind<StageNode>(placed, 'stage').flatMap(({ node }) =>
        node.stages.map(stage => `${node.name.text}.${stage.name.text}`),
      ),
    ]),
    templates: nodesByName<TemplateNode>(placed, 'template'),
    signals: nodesByName<SignalNode>(placed, 'signal'),
    metrics: nodesByName<MetricNode>(placed, 'metric'),
    sops: nodesByName<SopNode>(placed, 'sop'),
  }
  const isOptional: Scope['isOptional'] = (owner, field) => {
    const name = 'name' in owner ? owner.name : ''
    const nodes =
      owner.kind === 'form'
        ? [declared.forms.get(name)]
        : [...entityNodes, ...libraryNodes].filter(node => node.name.text === name)
    return nodes.some(node => node?.fields.some(({ name: own, type }) => own.text === field && type.optional))
  }
  const written = ofKind<PackNode>(placed, 'pack')[0]?.node.currency?.text
  const currency = written !== undefined && isCurrency(written) ? written : 'CNY'
  const silent: Scope = {
    ...declared,
    isOptional,
    currency,
    settings: new Map(),
    textOf: () => '',
    tableInputs: new Map(),
    members: () => new Map(),
    answers: () => [],
    report: () => {},
  }
  const tableInputs = new Map(
    ofKind<TableNode>(placed, 'table').map(({ node }) => [node.name.text, inputTypes(silent, node)] as const),
  )
  const fields = new Map(
    [...entities].map(name => {
      const declared = [...entityNodes, ...libraryNodes]
        .filter(node => node.name.text === name)
        .flatMap(node => node.fields)
      return [name, new Map([...(builtinFields[name] ?? []), ...fieldTypes(silent, declared)])] as const
    }),
  )
  const formFields = new Map(
    [...declared.forms].map(([name, node]) => [name, new Map(fieldTypes(silent, node.fields))] as const),
  )
  const settings = new Map(
    ofKind<SettingNode>(placed, 'setting').flatMap(({ node }) => {
      const type = resolveType(silent, node.type)
      return type ? [[node.name.text, type] as const] : []
    }),
  )
  const members: Scope['members'] = type => {
    if (type.kind === 'ref') return fields.get(type.name) ?? new Map()
    if (type.kind === 'form') return formFields.get(type.name) ?? new Map()
    if (type.kind === 'ticket') return ticketMembers(declared.tickets.get(type.name), formFields)
    const price = declared.prices.get(type.name)
    if (price) return priceMembers(price)
    const signal = declared.signals.get(type.name)
    if (signal) return new Map(signal.outputs.flatMap(({ name, type }) => typed(silent, name, type)))
    const table = tables.get(type.name)
    return new Map((table ? answerColumns(table) : []).map(({ name, type }) => [name, type]))
  }
  return file => ({
    ...{ ...declared, settings, tableInputs, members, isOptional, currency },
    answers: (table, column) => answersOf(tables.get(table), column),
    textOf: ({ start, end }) => (texts[file] ?? '').slice(start, end),
    report: ({ start, end }, code, params = {}) => diagnostics.push({ code, file, start, end, params }),
  })
}

function typed(scope: Scope, name: Name, node: TypeNode): [string, Type][] {
  const type = resolveType(scope, node)
  return type ? [[name.text, type]] : []
}

function answersOf(table: TableBlueprint | undefined, column: string): JsonValue[] {
  const index = table?.outputs.findIndex(output => output.name === column) ?? -1
  return index < 0 ? [] : table!.rows.map(row => row.then[index] ?? null)
}

/** What a condition about other tickets reads: their fields, and whether they ended so or so. */
function ticketMembers(
  ticket: TicketNode | undefined,
  forms: ReadonlyMap<string, ReadonlyMap<string, Type>>,
): Map<string, Type> {
  const outcomes = ticket?.ends.flatMap(end => end.outcomes.map(({ name }) => name.text)) ?? []
  return new Map<string, Type>([
    ...(forms.get(ticket?.form.text ?? '') ?? []),
    ...outcomes.map((name): [string, Type] => [name, { kind: 'bool' }]),
  ])
}

/** A price's lines and its total, all money. */
function priceMembers({ lines, total }: PriceNode): Map<string, Type> {
  const names = [...lines.map(line => line.name.text), ...(total ? [total.text] : [])]
  return new Map(names.map(name => [name, { kind: 'money' }]))
}

function inputTypes(scope: Scope, node: TableNode): [string, Type][] {
  return node.grid.inputs.flatMap(({ subject, type }) => {
    const name = subject.kind === 'name' ? subject.name : ''
    const resolved = type ? resolveType(scope, type) : typeNamed(scope, name)
    return resolved ? [[name, resolved] as [string, Type]] : []
  })
}

function listed(placed: readonly Placed[], kind: NamesNode['kind']): Set<string> {
  return new Set(
    ofKind<NamesNode>(placed, kind).flatMap(({ node }) => node.names.map(item => item.name.text)),
  )
}

function nodesByName<D extends Declaration>(placed: readonly Placed[], kind: D['kind']): Map<string, D> {
  return new Map(ofKind<D>(placed, kind).map(({ node }) => [node.name.text, node]))
}
