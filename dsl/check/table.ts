import type {
  CellRange,
  CellTest,
  ColumnBlueprint,
  ComputedBlueprint,
  HitPolicy,
  RowBlueprint,
  TableBlueprint,
} from '#core/blueprint'
import { answerColumns, hitPolicies, orderedByOutput } from '#core/table'
import type { JsonValue, Type } from '#core/values'
import type { Cell, CellItem, Column, ComputedNode, Expression, Row, TableNode } from '#dsl/syntax'
import { infer } from './infer.ts'
import { constantOf, jsonOf } from './literal.ts'
import { isOrderedType } from './ordered.ts'
import { isWhole, readRounding, requireExact } from './field.ts'
import { resolveType, typeNamed, type Scope } from './scope.ts'

const addedKinds = new Set(['int', 'decimal', 'percent', 'money'])

/** Checks one decision table; undefined when its header is unusable. Faulty rows are reported and left out. */
export function checkTable(scope: Scope, node: TableNode): TableBlueprint | undefined {
  const inputs = node.grid.inputs.map(column => checkInput(scope, column))
  const outputs = node.grid.outputs.map(column => checkColumn(scope, column))
  if (inputs.includes(undefined) || outputs.includes(undefined)) return undefined
  const columns = { inputs: inputs as ColumnBlueprint[], outputs: outputs as ColumnBlueprint[] }
  const policy = checkPolicy(scope, node, columns.outputs)
  return (
    policy && {
      label: node.label?.value ?? node.name.text,
      policy,
      partial: node.partial,
      ...columns,
      rows: node.grid.rows.map(row => checkRow(scope, columns, row)).filter(row => row !== undefined),
      computed: checkComputed(scope, { ...columns, policy }, node.computed),
    }
  )
}

/** The hit policy, when the outputs can bear it: an order among them to go by, figures to add up. */
function checkPolicy(
  scope: Scope,
  node: TableNode,
  outputs: readonly ColumnBlueprint[],
): HitPolicy | undefined {
  if (!node.policy) return 'unique'
  const { text } = node.policy
  if (!hitPolicies.has(text)) {
    scope.report(node.policy, 'AX4004', { name: text })
    return undefined
  }
  const policy = text as HitPolicy
  const isRanked = ({ type }: ColumnBlueprint) => type.kind === 'enum' && isOrderedType(scope, type)
  if (orderedByOutput.has(policy) && !outputs.some(isRanked)) {
    scope.report(node.policy, 'AX4007', { name: text })
    return undefined
  }
  const wrong = outputs.findIndex(({ type }) => !aggregates(scope, policy, type))
  if (wrong < 0) return policy
  scope.report(node.grid.outputs[wrong]!, 'AX4008', { name: outputs[wrong]!.name, policy })
  return undefined
}

function aggregates(scope: Scope, policy: HitPolicy, type: Type): boolean {
  if (policy === 'collect sum') return addedKinds.has(type.kind)
  return (policy !== 'collect min' && policy !== 'collect max') || isOrderedColumn(scope, type)
}

/** An input; `金额: money?` may be absent. */
function checkInput(scope: Scope, column: Column): ColumnBlueprint | undefined {
  const checked = checkColumn(scope, column)
  return checked && column.type?.optional ? { ...checked, optional: true } : checked
}

export function checkColumn(scope: Scope, column: Column): ColumnBlueprint | undefined {
  const name = column.subject.kind === 'name' ? column.subject.name : ''
  const type = column.type ? resolveType(scope, column.type) : typeNamed(scope, name)
  if (!type && !column.type) scope.report(column, 'AX4002', { name: name || '…' })
  return type && { name, type }
}

interface Columns {
  readonly inputs: readonly ColumnBlueprint[]
  readonly outputs: readonly ColumnBlueprint[]
}

function checkRow(scope: Scope, columns: Columns, row: Row): RowBlueprint | undefined {
  const expected = (row.isElse ? 0 : columns.inputs.length) + columns.outputs.length
  const actual = row.inputs.length + row.outputs.length
  if (expected !== actual || row.outputs.length !== columns.outputs.length) {
    scope.report(row, 'AX4001', { expected: String(expected), actual: String(actual) })
    return undefined
  }
  const when = row.inputs.map((cell, index) => checkTest(scope, cell, columns.inputs[index]!))
  const then = row.outputs.map((cell, index) => outputOf(scope, cell, columns.outputs[index]!.type))
  if (when.includes(undefined) || then.includes(undefined)) return undefined
  return { when: row.isElse ? 'else' : (when as (CellTest | null)[]), then: then as JsonValue[] }
}

/** The value of an output cell, null for `-`, undefined when it was reported. */
export function outputOf(scope: Scope, cell: Cell, type: Type): JsonValue | undefined {
  const [item] = cell.items
  if (!item) return null
  if (cell.items.length === 1 && !cell.negated && item.operator === '=')
    return type.kind === 'list' ? jsonOf(scope, item.value, type) : constantOf(scope, item.value, type)
  scope.report(cell, 'AX4005')
  return undefined
}

export function checkTest(scope: Scope, cell: Cell, column: ColumnBlueprint): CellTest | null | undefined {
  if (cell.items.length === 0) return null
  const unlike = cell.items.find(({ operator }) => operator === '!=')
  if (unlike && cell.items.length > 1) {
    scope.report(unlike, 'AX4021')
    return undefined
  }
  const ranges = cell.items.map(item => rangeOf(scope, item, column))
  if (ranges.includes(undefined)) return undefined
  const negatedItem = cell.items.length === 1 && cell.items[0]!.operator === '!='
  return { not: cell.negated !== negatedItem, any: ranges as CellRange[] }
}

function rangeOf(scope: Scope, item: CellItem, column: ColumnBlueprint): CellRange | undefined {
  const { value, operator } = item
  const isEquality = operator === '=' || operator === '!='
  const isRange = value.kind === 'binary' && (value.operator === '..' || value.operator === '..<')
  if ((isRange || !isEquality) && !isOrderedColumn(scope, column.type)) {
    scope.report(item, 'AX4003', { name: column.name })
    return undefined
  }
  if (isRange) return spanOf(scope, { item, range: value }, column.type)
  if (column.optional && isEquality && value.kind === 'literal' && value.literal === 'null')
    return { from: null, to: null }
  const bound = constantOf(scope, value, column.type)
  if (bound === undefined) return undefined
  if (operator === '<') return { to: bound, toOpen: true }
  if (operator === '<=') return { to: bound }
  if (operator === '>') return { from: bound, fromOpen: true }
  if (operator === '>=') return { from: bound }
  return { from: bound, to: bound }
}

/** Durations are only ever as long or not: whether a month is longer than 30 days, no row could say. */
function isOrderedColumn(scope: Scope, type: Type): boolean {
  return type.kind !== 'duration' && isOrderedType(scope, type)
}

/** `a..b`, `a..<b` and, without its beginning, `> a..b`. */
function spanOf(
  scope: Scope,
  { item, range }: { item: CellItem; range: Expression & { kind: 'binary' } },
  type: Type,
): CellRange | undefined {
  const { operator } = item
  if (operator === '<' || operator === '<=') {
    scope.report(item, 'AX4020', { operator })
    return undefined
  }
  const from = constantOf(scope, range.left, type)
  const to = constantOf(scope, range.right, type)
  if (from === undefined || to === undefined) return undefined
  return {
    ...{ from, to },
    ...(operator === '>' && { fromOpen: true }),
    ...(range.operator === '..<' && { toOpen: true }),
  }
}

/** Computed values stand below the rows and read what the table answers: lists where several rows do. */
function checkComputed(
  scope: Scope,
  { inputs, outputs, policy }: Columns & { policy: HitPolicy },
  nodes: readonly ComputedNode[],
): ComputedBlueprint[] {
  const answered = answerColumns({ policy, outputs, computed: [] })
  const names = new Map([...inputs, ...answered].map(column => [column.name, column.type]))
  return nodes.flatMap(node => {
    const inferred = infer({ scope, names }, node.value)
    if (!inferred) return []
    const { type } = inferred.code
    const name = node.name.text
    names.set(name, type)
    const rounding = node.rounding && readRounding(scope, node.rounding, type)
    const exact = rounding ? isWhole(scope, rounding) : inferred.exact || !!node.rounding
    requireExact(scope, { span: node, name, type, exact })
    return [{ name, type, value: inferred.code, ...(rounding && { rounding }) }]
  })
}
