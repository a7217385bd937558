import {
  purposes,
  type Blueprint,
  type CellTest,
  type Code,
  type LimitBlueprint,
  type LimitRow,
  type PauseBlueprint,
  type Purpose,
  type TableBlueprint,
} from '#core/blueprint'
import { analyseTable } from '#core/table'
import {
  writtenPath,
  type Cell,
  type Expression,
  type LimitNode,
  type PauseNode,
  type Row,
  type SkipNode,
} from '#dsl/syntax'
import { infer, inferAs, type Names } from './infer.ts'
import { reportLater } from './later.ts'
import { constantOf, literalOf } from './literal.ts'
import { reachNames } from './reach.ts'
import { either, knownName, type Scope } from './scope.ts'
import { checkTest } from './table.ts'
import { printWitness } from './table-proof.ts'

const outputs: ReadonlySet<string> = new Set(['per day', 'per week', 'per month', 'quiet', 'beyond'])
const beyonds: ReadonlySet<string> = new Set(['defer', 'drop', 'send'])
const purposeNames: ReadonlySet<string> = new Set(purposes)

interface Inputs {
  readonly columns: TableBlueprint['inputs']
  readonly codes: readonly Code[]
}

/** Checks the gate of sends: rows of caps and quiet hours, and the clauses below them. */
export function checkLimit(scope: Scope, node: LimitNode): LimitBlueprint | undefined {
  const names = reachNames(scope, [
    ['purpose', { kind: 'enum', name: 'purpose' }],
    ['channel', { kind: 'enum', name: 'channel' }],
  ])
  checkLaterClauses(scope, node)
  const inputs = inputsOf(scope, names, node)
  const columns = node.grid.outputs.map(({ subject }) => (subject.kind === 'name' ? subject.name : ''))
  const wrong = columns.findIndex((name, index) => !outputs.has(name) || columns.indexOf(name) < index)
  if (wrong >= 0 || !columns.includes('beyond')) {
    scope.report(node.grid.outputs[Math.max(wrong, 0)]!, 'AX6007')
    return undefined
  }
  if (!inputs) return undefined
  const rows = node.grid.rows.flatMap(row => checkRow({ scope, names }, { row, inputs, columns }) ?? [])
  const skips = node.skips.flatMap(skip => checkSkip({ scope, names }, skip) ?? [])
  const words = node.words.flatMap(({ lexicon, act }) =>
    knownName(scope, lexicon, scope.lexicons) === undefined ? [] : [{ lexicon: lexicon.text, act }],
  )
  return {
    label: node.label?.value ?? node.name.text,
    inputs: inputs.codes,
    table: {
      ...{ label: node.name.text, policy: 'any', partial: false, inputs: inputs.columns },
      ...{ outputs: [], computed: [], rows: rows.map(({ when }) => ({ when, then: [] })) },
    },
    rows: rows.map(({ row }) => row),
    skips,
    words,
    pauses: node.pauses.flatMap(pause => checkPause(scope, node, pause) ?? []),
  }
}

/** `slow`, `cap … per sender` and `require`: checked, and not run yet. */
function checkLaterClauses(scope: Scope, node: LimitNode): void {
  const facts = reachNames(scope, [['unanswered', { kind: 'int' }]])
  for (const { purpose, share, when, ...at } of node.slows) {
    reportLater(scope, at, { word: 'slow', name: 'slow' })
    knownName(scope, purpose, purposeNames)
    constantOf(scope, share, { kind: 'percent' })
    inferAs({ scope, names: facts }, when, { kind: 'bool' })
  }
  for (const { per, whose, beyond, ...at } of node.caps) {
    reportLater(scope, at, { word: 'cap', name: 'cap' })
    constantOf(scope, per, { kind: 'duration' })
    knownName(scope, whose, new Set(['sender']))
    knownName(scope, beyond, new Set(['queue', 'drop']))
  }
  const category: Names = new Map([['category', { kind: 'enum', name: 'category' }]])
  for (const { text, when, ...at } of node.requires) {
    reportLater(scope, at, { word: 'require', name: text.value })
    if (when) inferAs({ scope, names: category }, when, { kind: 'bool' })
  }
}

/** Every message must find a row: a counterexample otherwise. */
export function proveLimit(
  scope: Scope,
  blueprint: Blueprint,
  { node, limit }: { node: LimitNode; limit: LimitBlueprint },
): void {
  if (limit.rows.length !== node.grid.rows.length) return
  const { gap } = analyseTable(blueprint, limit.table)
  if (gap) scope.report(node.name, 'AX4104', { witness: printWitness(blueprint, limit.table, gap) })
}

function inputsOf(scope: Scope, names: Names, node: LimitNode): Inputs | undefined {
  const inputs = node.grid.inputs.map(({ subject }) => {
    const inferred = infer({ scope, names }, subject)
    return (
      inferred && { column: { name: writtenPath(subject), type: inferred.code.type }, code: inferred.code }
    )
  })
  if (inputs.includes(undefined)) return undefined
  const known = inputs.map(input => input!)
  return { columns: known.map(input => input.column), codes: known.map(input => input.code) }
}

interface Place {
  readonly scope: Scope
  readonly names: Names
}

function checkRow(
  place: Place,
  { row, inputs, columns }: { row: Row; inputs: Inputs; columns: readonly string[] },
): { when: TableBlueprint['rows'][number]['when']; row: LimitRow } | undefined {
  const { scope } = place
  const expected = (row.isElse ? 0 : inputs.columns.length) + columns.length
  const actual = row.inputs.length + row.outputs.length
  if (expected !== actual || row.outputs.length !== columns.length) {
    scope.report(row, 'AX4001', { expected: String(expected), actual: String(actual) })
    return undefined
  }
  const when = row.inputs.map((cell, index) => checkTest(scope, cell, inputs.columns[index]!))
  const cellOf = (column: string): Cell | undefined => row.outputs[columns.indexOf(column)]
  const beyond = wordOf(scope, cellOf('beyond')!)
  const [perDay, perWeek, perMonth] = ['per day', 'per week', 'per month'].map(column =>
    capOf(place, cellOf(column)),
  )
  const quiet = quietOf(scope, cellOf('quiet'))
  if (when.includes(undefined) || beyond === undefined || quiet === undefined) return undefined
  return {
    when: row.isElse ? 'else' : (when as (CellTest | null)[]),
    row: { perDay: perDay ?? null, perWeek: perWeek ?? null, perMonth: perMonth ?? null, quiet, beyond },
  }
}

/** A number of messages, or a setting that holds one. */
function capOf(place: Place, cell: Cell | undefined): Code | null {
  const [item] = cell?.items ?? []
  if (!item) return null
  return inferAs(place, item.value, { kind: 'int' })?.code ?? null
}

function wordOf(scope: Scope, cell: Cell): LimitRow['beyond'] | undefined {
  const [item] = cell.items
  if (item?.value.kind !== 'name') {
    scope.report(cell, 'AX6007')
    return undefined
  }
  const { name: text, start, end } = item.value
  return knownName(scope, { text, start, end }, beyonds) as LimitRow['beyond'] | undefined
}

/** Null for `-`; undefined when it was reported. */
function quietOf(scope: Scope, cell: Cell | undefined): LimitRow['quiet'] | undefined {
  const [item] = cell?.items ?? []
  if (!item) return null
  const ends = item.value.kind === 'binary' && item.value.operator === '..' ? item.value : undefined
  const [from, to] = [ends?.left, ends?.right].map(end => {
    const literal = end && literalOf(end)
    return literal?.type.kind === 'time' ? String(literal.value).padStart(5, '0') : undefined
  })
  if (from !== undefined && to !== undefined && from !== to) return { from, to }
  scope.report(cell!, 'AX6003')
  return undefined
}

function checkSkip(place: Place, { purpose, when }: SkipNode): LimitBlueprint['skips'][number] | undefined {
  const known = knownName(place.scope, purpose, purposeNames)
  const condition = inferAs(place, when, { kind: 'bool' })
  return known === undefined || !condition ? undefined : { purpose: known as Purpose, when: condition.code }
}

function checkPause(scope: Scope, node: LimitNode, pause: PauseNode): PauseBlueprint | undefined {
  const names = reachNames(scope, [['complaints', { kind: 'int' }]])
  const when = inferAs({ scope, names }, pause.when, { kind: 'bool' })
  const notify = pause.notify.flatMap(name => knownName(scope, name, either(scope.roles, 'admin')) ?? [])
  const complaints = [...scope.tickets.keys()].filter(ticket =>
    node.skips.some(skip => names.has(`open(${ticket})`) && opens(skip.when, ticket)),
  )
  if (complaints.length === 0) scope.report(pause, 'AX6005')
  return when && { when: when.code, notify, complaints }
}

/** Whether a condition asks for an open ticket of a kind. */
function opens(expression: Expression, ticket: string): boolean {
  if (expression.kind === 'binary') return opens(expression.left, ticket) || opens(expression.right, ticket)
  if (expression.kind !== 'call') return false
  const [arg] = expression.args
  const isOpen = expression.callee.kind === 'name' && expression.callee.name === 'open'
  return isOpen && arg?.value.kind === 'name' && arg.value.name === ticket
}
