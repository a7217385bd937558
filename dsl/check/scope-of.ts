import { purposes, type TableBlueprint } from '#core/blueprint'
import { answerColumns } from '#core/table'
import { isCurrency, isZone, type JsonValue, type Type } from '#core/values'
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
import { derivedFrom, recordFieldsIn } from './derived.ts'
import { fieldTypes } from './field.ts'
import { Notebook } from './notebook.ts'
import { realPlace, sheetsOf } from './sheet-place.ts'
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

/** Where a pack’s clocks run when it names no zone. */
export const DEFAULT_ZONE = 'Asia/Shanghai'

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
    const names = [...new Set(namesOfList(placed, kind))]
    return names.length === 0 ? [] : [builtinEnum(kind, names)]
  })
}

function builtinEnum(name: string, values: readonly string[]): EnumNode {
  const at = { start: 0, end: 0 }
  const named = (text: string) => ({ text, ...at })
  const items = values.map(value => ({ name: named(value), label: undefined, ...at }))
  return { kind: 'enum', name: named(name), label: undefined, ordered: false, values: items, ...at }
}

/** What the scopes of a pack are built from; `notebook` notes what is read of them. */
export interface Sources {
  readonly placed: readonly Placed[]
  readonly texts: Readonly<Record<string, string>>
  readonly diagnostics: Diagnostic[]
  readonly notebook?: Notebook
}

/** Builds the scopes of a pack's files; `tables` fills as tables are checked and serves the answers' members. */
export function scopesOf(
  { placed, texts, diagnostics, notebook = new Notebook() }: Sources,
  tables: ReadonlyMap<string, TableBlueprint>,
): (file: string) => Scope {
  const names = namesIn(placed, notebook)
  const currencyBy = notebook.asked('currency', () => currencyOf(placed))
  const zoneBy = notebook.asked('zone', () => zoneOf(placed))
  const derived = derivedFrom(placed, names, notebook)
  const silent: Scope = {
    ...names,
    ...derived,
    currency: '',
    zone: DEFAULT_ZONE,
    settings: new Map(),
    textOf: () => '',
    tableInputs: new Map(),
    members: () => new Map(),
    answers: () => [],
    report: () => {},
  }
  const settings = ofKind<SettingNode>(placed, 'setting').flatMap(({ node }) =>
    typed(silent, node.name, node.type),
  )
  const inputs = ofKind<TableNode>(placed, 'table').map(
    ({ node }) => [node.name.text, inputTypes(silent, node)] as const,
  )
  const membersBy = notebook.asked('members', membersIn(placed, silent))
  // Anew: tables are still being checked.
  const columnsBy = notebook.askedAnew('columns', table => columnsOf(tables.get(table)))
  const answersBy = notebook.askedAnew('answers', question => {
    const [table = '', column = ''] = question.split('\n')
    return answersOf(tables.get(table), column)
  })
  const shared = {
    ...{ ...names, ...derived },
    settings: notebook.map('settings', settings),
    tableInputs: notebook.map('tableInputs', inputs),
    members: ({ kind, name }: Type & { readonly name: string }) =>
      membersBy(`${kind}\n${name}`) ?? columnsBy(name),
    answers: (table: string, column: string) => answersBy(`${table}\n${column}`),
  }
  const sheets = sheetsOf(texts)
  const scopes = new Map<string, Scope>()
  const scopeIn = (file: string): Scope => ({
    ...shared,
    // Why a getter: what is read is noted.
    get currency() {
      return currencyBy('')
    },
    get zone() {
      return zoneBy('')
    },
    textOf: span => {
      const { file: real, start, end } = realPlace(sheets, file, span)
      return (texts[real] ?? '').slice(start, end)
    },
    report: (span, code, params = {}) => diagnostics.push({ code, ...realPlace(sheets, file, span), params }),
  })
  return file => {
    const known = scopes.get(file) ?? scopeIn(file)
    scopes.set(file, known)
    return known
  }
}

/** The declared names of each kind. */
function namesIn(placed: readonly Placed[], notebook: Notebook) {
  const byName = <D extends Declaration>(source: string, kind: D['kind']) =>
    notebook.map(
      source,
      ofKind<D>(placed, kind).map(({ node }) => [node.name.text, node] as const),
    )
  const listed = (source: string, kind: NamesNode['kind']) => notebook.set(source, namesOfList(placed, kind))
  const enums = [
    ...ofKind<EnumNode>(placed, 'enum').map(({ node }) => node),
    ...reachEnums(placed),
    ...listEnums(placed),
  ]
  const entities = ofKind<EntityNode>(placed, 'entity').map(({ node }) => node)
  const libraries = ofKind<LibraryNode>(placed, 'library').map(({ node }) => node.name.text)
  const declared = entities.filter(node => !node.extends).map(node => node.name.text)
  const stages = ofKind<StageNode>(placed, 'stage').flatMap(({ node }) =>
    node.stages.map(stage => `${node.name.text}.${stage.name.text}`),
  )
  return {
    enums: notebook.map(
      'enums',
      enums.map(node => [node.name.text, node] as const),
    ),
    entities: notebook.set('entities', [...Object.keys(builtinFields), ...declared, ...libraries]),
    roles: listed('roles', 'role'),
    teams: listed('teams', 'team'),
    skills: listed('skills', 'skill'),
    parties: listed('parties', 'party'),
    prices: byName<PriceNode>('prices', 'price'),
    actions: byName<ActionNode>('actions', 'action'),
    hours: notebook.set(
      'hours',
      ofKind(placed, 'hours').map(({ node }) => node.name.text),
    ),
    forms: byName<FormNode>('forms', 'form'),
    tickets: byName<TicketNode>('tickets', 'ticket'),
    events: notebook.set('events', [
      ...Object.entries(builtinEvents).flatMap(([entity, events]) => events.map(e => `${entity}.${e}`)),
      ...entities.flatMap(node => node.events.map(event => `${node.name.text}.${event.text}`)),
    ]),
    lexicons: byName<LexiconNode>('lexicons', 'lexicon'),
    segments: notebook.set('segments', [
      ...ofKind(placed, 'segment').map(({ node }) => node.name.text),
      ...stages,
    ]),
    templates: byName<TemplateNode>('templates', 'template'),
    signals: byName<SignalNode>('signals', 'signal'),
    metrics: byName<MetricNode>('metrics', 'metric'),
    sops: byName<SopNode>('sops', 'sop'),
  }
}

function currencyOf(placed: readonly Placed[]): string {
  const written = ofKind<PackNode>(placed, 'pack')[0]?.node.currency?.text
  return written !== undefined && isCurrency(written) ? written : 'CNY'
}

/** The pack's zone; that it names one that is none is reported where it is written. */
function zoneOf(placed: readonly Placed[]): string {
  const written = ofKind<PackNode>(placed, 'pack')[0]?.node.zone?.value
  return written !== undefined && isZone(written) ? written : DEFAULT_ZONE
}

type Members = ReadonlyMap<string, Type>
const noMembers: Members = new Map()

/** What lies behind the dot, by the kind and the name of a type; undefined when only a table can say. */
function membersIn(placed: readonly Placed[], silent: Scope): (question: string) => Members | undefined {
  const recordFields = recordFieldsIn(placed)
  const fieldsOf = once((name: string): Members => {
    if (!silent.entities.has(name)) return noMembers
    return new Map([...(builtinFields[name] ?? []), ...fieldTypes(silent, recordFields(name))])
  })
  const formFields = once(
    (name: string): Members => new Map(fieldTypes(silent, silent.forms.get(name)?.fields ?? [])),
  )
  const ofTicket = once((name: string) => ticketMembers(silent.tickets.get(name), formFields))
  const ofAnswer = once((name: string): Members | undefined => {
    const price = silent.prices.get(name)
    const signal = silent.signals.get(name)
    if (price) return priceMembers(price)
    return signal && new Map(signal.outputs.flatMap(({ name, type }) => typed(silent, name, type)))
  })
  return question => {
    const [kind, name = ''] = question.split('\n')
    if (kind === 'ref') return fieldsOf(name)
    if (kind === 'form') return formFields(name)
    if (kind === 'ticket') return ofTicket(name)
    return ofAnswer(name)
  }
}

/** A function of a name that is worked out once for each. */
function once<T>(work: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>()
  return name => {
    if (!known.has(name)) known.set(name, work(name))
    return known.get(name)!
  }
}

const columns = new WeakMap<TableBlueprint, Members>()

function columnsOf(table: TableBlueprint | undefined): Members {
  if (!table) return noMembers
  let known = columns.get(table)
  if (!known)
    columns.set(table, (known = new Map(answerColumns(table).map(({ name, type }) => [name, type]))))
  return known
}

function typed(scope: Scope, name: Name, node: TypeNode): [string, Type][] {
  const type = resolveType(scope, node)
  return type ? [[name.text, type]] : []
}

const answers = new WeakMap<TableBlueprint, (column: string) => JsonValue[]>()
const noAnswers: readonly JsonValue[] = []

function answersOf(table: TableBlueprint | undefined, column: string): readonly JsonValue[] {
  if (!table) return noAnswers
  let known = answers.get(table)
  if (!known) answers.set(table, (known = once(name => answersIn(table, name))))
  return known(column)
}

function answersIn({ outputs, rows }: TableBlueprint, column: string): JsonValue[] {
  const index = outputs.findIndex(output => output.name === column)
  return index < 0 ? [] : rows.map(row => row.then[index] ?? null)
}

/** What a condition about other tickets reads: their fields, and whether they ended so or so. */
function ticketMembers(ticket: TicketNode | undefined, fieldsOf: (form: string) => Members): Members {
  const outcomes = ticket?.ends.flatMap(end => end.outcomes.map(({ name }) => name.text)) ?? []
  return new Map<string, Type>([
    ...fieldsOf(ticket?.form.text ?? ''),
    ...outcomes.map((name): [string, Type] => [name, { kind: 'bool' }]),
  ])
}

/** A price's lines and its total, all money. */
function priceMembers({ lines, total }: PriceNode): Members {
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

function namesOfList(placed: readonly Placed[], kind: NamesNode['kind']): string[] {
  return ofKind<NamesNode>(placed, kind).flatMap(({ node }) => node.names.map(item => item.name.text))
}
