import type { Blueprint } from '#core/blueprint'
import type { JsonValue, Type } from '#core/values'
import type { Cell, Column, Expression, TableTestNode } from '#dsl/syntax'
import { jsonOf } from './literal.ts'
import { outputOf } from './table.ts'
import type { Scope } from './scope.ts'

type Fields = Readonly<Record<string, JsonValue>>

/** One row of a price's test: the form and the record it is about, and the amounts to find by line or total. */
export interface PriceCase {
  readonly kind: 'price'
  readonly name: string
  readonly start: number
  readonly fields: Fields
  readonly subject: Fields
  /** What signals say, by signal and value. */
  readonly signals: Readonly<Record<string, Fields>>
  readonly expected: Readonly<Record<string, string>>
}

/** One row of a settlement's test: the base, and what each party is to get. */
export interface SplitCase {
  readonly kind: 'split'
  readonly name: string
  readonly start: number
  readonly base: string
  readonly expected: Readonly<Record<string, string>>
}

const money: Type = { kind: 'money' }

/** Checks a test of a price or a settlement; undefined when the name is neither. */
export function checkMoneyTest(
  scope: Scope,
  blueprint: Blueprint,
  node: TableTestNode,
): (PriceCase | SplitCase)[] | undefined {
  const name = node.name.text
  const price = blueprint.prices[name]
  const settlement = blueprint.settlements[name]
  if (!price && !settlement) return undefined
  const outputs = node.grid.outputs.map(column => pathOf(column.subject)[0] ?? '')
  return node.grid.rows.flatMap((row): (PriceCase | SplitCase)[] => {
    const [expected, actual] = [
      node.grid.inputs.length + outputs.length,
      row.inputs.length + row.outputs.length,
    ]
    if (expected !== actual || row.outputs.length !== outputs.length) {
      scope.report(row, 'AX4001', { expected: String(expected), actual: String(actual) })
      return []
    }
    const amounts = row.outputs.map((cell, index) => [outputs[index]!, outputOf(scope, cell, money)] as const)
    if (amounts.some(([, amount]) => typeof amount !== 'string')) return []
    const wanted = Object.fromEntries(amounts) as Record<string, string>
    const common = { name, start: row.start, expected: wanted }
    if (price)
      return [
        { ...common, kind: 'price' as const, ...givenOf(scope, price.form, { node, cells: row.inputs }) },
      ]
    const base = row.inputs[0] && outputOf(scope, row.inputs[0], money)
    return typeof base === 'string' ? [{ ...common, kind: 'split' as const, base }] : []
  })
}

/** The values of a row's cells, of the form (`项目`) or of the record it is about (`设备.城市档`). */
function givenOf(
  scope: Scope,
  form: string,
  { node, cells }: { node: TableTestNode; cells: readonly Cell[] },
): Pick<PriceCase, 'fields' | 'subject' | 'signals'> {
  const fields: Record<string, JsonValue> = {}
  const signals: Record<string, Fields> = {}
  const subject: Record<string, JsonValue> = {}
  const entity = scope.forms.get(form)?.subject?.text
  node.grid.inputs.forEach((column, index) => {
    const path = pathOf(column.subject)
    const isSubject = path.length === 2 && path[0] === entity
    const signal = path.length === 2 && scope.signals.has(path[0]!) ? path[0]! : undefined
    const owner: Type & { name: string } = isSubject
      ? { kind: 'ref', name: entity! }
      : signal === undefined
        ? { kind: 'form', name: form }
        : { kind: 'answer', name: signal }
    const name = path.at(-1) ?? ''
    const type = scope.members(owner).get(name)
    if (!type || (path.length === 2 && !isSubject && signal === undefined)) report(scope, node, column)
    const cell = cells[index]?.items[0]
    const value = type && cell && jsonOf(scope, cell.value, type)
    if (value === undefined) return
    if (signal !== undefined) signals[signal] = { ...signals[signal], [name]: value }
    else (isSubject ? subject : fields)[name] = value
  })
  return { fields, subject, signals }
}

function report(scope: Scope, node: TableTestNode, column: Column): void {
  scope.report(column, 'AX4006', { name: node.name.text, column: pathOf(column.subject).join('.') || '…' })
}

function pathOf(subject: Expression): string[] {
  if (subject.kind === 'name') return [subject.name]
  return subject.kind === 'member' ? [...pathOf(subject.object), subject.name.text] : []
}
