import type { Blueprint } from '#core/blueprint'
import type { JsonValue, Type } from '#core/values'
import { writtenPath, pathOf, type Cell, type Column, type TableTestNode } from '#dsl/syntax'
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
  /** When the price is asked for (epoch ms), where a column `at` says so. */
  readonly at: number | undefined
  /** Null where there is to be no such line, or nothing for the party. */
  readonly expected: Readonly<Record<string, string | null>>
}

/** One row of a settlement's test: the base, what its conditions read, and what each party is to get. */
export interface SplitCase {
  readonly kind: 'split'
  readonly name: string
  readonly start: number
  readonly base: string
  readonly fields: Fields
  readonly subject: Fields
  /** Null where there is to be no such line, or nothing for the party. */
  readonly expected: Readonly<Record<string, string | null>>
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
  const outputs = node.grid.outputs.map(column => pathOf(column.subject)?.[0] ?? '')
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
    if (amounts.some(([, amount]) => amount === undefined)) return []
    const wanted = Object.fromEntries(amounts) as Record<string, string | null>
    const common = { name, start: row.start, expected: wanted }
    if (price) {
      const about = ownersOf(scope, price.form)
      const columns = node.grid.inputs.map((column, index) => ({ column, cell: row.inputs[index] }))
      return [{ ...common, kind: 'price' as const, ...givenOf(scope, { about, node, columns }) }]
    }
    const base = row.inputs[0] && outputOf(scope, row.inputs[0], money)
    const about = occasionOf(scope, settlement!.on)
    const columns = node.grid.inputs.map((column, index) => ({ column, cell: row.inputs[index] })).slice(1)
    const { fields, subject } = givenOf(scope, { about, node, columns })
    return typeof base === 'string' ? [{ ...common, kind: 'split' as const, base, fields, subject }] : []
  })
}

/** Whose names a test's columns are: those of a form, and of the record it is about. */
interface Owners {
  readonly form: string | undefined
  readonly entity: string | undefined
}

function ownersOf(scope: Scope, form: string): Owners {
  return { form, entity: scope.forms.get(form)?.subject?.text }
}

/** A settlement's, which follows a ticket's end or an event of an entity's record. */
function occasionOf(scope: Scope, on: string): Owners {
  const [name = ''] = on.split('.')
  const ticket = scope.tickets.get(name)
  return ticket ? ownersOf(scope, ticket.form.text) : { form: undefined, entity: name }
}

interface Columns {
  readonly about: Owners
  readonly node: TableTestNode
  readonly columns: readonly { readonly column: Column; readonly cell: Cell | undefined }[]
}

/** The values of a row's cells, of the form (`项目`), the record it is about (`设备.城市档`) or a signal; `at` is the moment. */
function givenOf(
  scope: Scope,
  { about: { form, entity }, node, columns }: Columns,
): Pick<PriceCase, 'fields' | 'subject' | 'signals' | 'at'> {
  const fields: Record<string, JsonValue> = {}
  const signals: Record<string, Fields> = {}
  const subject: Record<string, JsonValue> = {}
  let at: number | undefined
  for (const { column, cell } of columns) {
    const path = pathOf(column.subject) ?? []
    const isSubject = path.length === 2 && path[0] === entity
    const signal = path.length === 2 && scope.signals.has(path[0]!) ? path[0]! : undefined
    const owner: (Type & { name: string }) | undefined = isSubject
      ? { kind: 'ref', name: entity! }
      : signal !== undefined
        ? { kind: 'answer', name: signal }
        : form === undefined
          ? undefined
          : { kind: 'form', name: form }
    const name = path.at(-1) ?? ''
    const isMoment = path.length === 1 && name === 'at'
    const type = isMoment ? moment : owner && scope.members(owner).get(name)
    if (!type || (path.length === 2 && !isSubject && signal === undefined)) report(scope, node, column)
    const item = cell?.items[0]
    const value = type && item && jsonOf(scope, item.value, type)
    if (value === undefined) continue
    if (isMoment) at = value as number
    else if (signal !== undefined) signals[signal] = { ...signals[signal], [name]: value }
    else (isSubject ? subject : fields)[name] = value
  }
  return { fields, subject, signals, at }
}

const moment: Type = { kind: 'datetime' }

function report(scope: Scope, node: TableTestNode, column: Column): void {
  scope.report(column, 'AX4006', { name: node.name.text, column: writtenPath(column.subject) })
}
