import type { Blueprint, CellRange, CellTest, Code, ColumnBlueprint, TableBlueprint } from '#core/blueprint'
import { comparisons } from '#core/expression'
import type { JsonValue, Type } from '#core/values'

/** What may hold of a world: conditions joined. An atom holds when its code answers true; absent is neither true nor false. */
export type Formula =
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly not: Formula }
  | { readonly atom: Code }

export const always: Formula = { all: [] }
export const never: Formula = { any: [] }

/** That a condition answers true, as the engine works it out: `not` of an absent value does not hold. */
export function holds(code: Code): Formula {
  if (code.op === 'const') return code.value === true ? always : never
  if (code.op !== 'apply') return { atom: code }
  const { fn, args } = code
  if (fn === 'and') return { all: args.map(holds) }
  if (fn === 'or') return { any: args.map(holds) }
  if (fn === 'not') return fails(args[0]!)
  if (fn === 'if') return either(code, holds)
  return { atom: code }
}

/** That a condition answers false, which an absent value does not. */
function fails(code: Code): Formula {
  if (code.op === 'const') return code.value === false ? always : never
  if (code.op === 'apply' && code.fn === 'if') return either(code, fails)
  const isTotal = code.op === 'apply' && (total.has(code.fn) || comparisons.has(code.fn))
  if (isTotal) return { not: holds(code) }
  return { atom: { op: 'apply', type: bool, fn: 'not', args: [code] } }
}

function either({ args }: Code & { op: 'apply' }, read: (code: Code) => Formula): Formula {
  const [condition, then, otherwise] = args
  const asked = holds(condition!)
  return { any: [{ all: [asked, read(then!)] }, { all: [{ not: asked }, read(otherwise!)] }] }
}

const bool: Type = { kind: 'bool' }
/** These answer true or false whatever is absent. */
const total: ReadonlySet<string> = new Set(['and', 'or', 'not', 'known'])

/** A table with the code that works each of its inputs out. */
export interface AskedTable {
  readonly blueprint: Pick<Blueprint, 'enums'>
  readonly table: TableBlueprint
  readonly inputs: readonly Code[]
}

/** That a row of a table fits; an else row fits where no other does. */
export function rowFits(asked: AskedTable, row: number): Formula {
  const { table, inputs } = asked
  const { when } = table.rows[row]!
  if (when !== 'else') {
    const cells = when.flatMap((cell, at) => (cell ? [{ cell, at }] : []))
    return {
      all: cells.map(({ cell, at }) =>
        cellFits(asked.blueprint, { column: table.inputs[at]!, cell }, inputs[at]!),
      ),
    }
  }
  const others = table.rows.flatMap((other, index) => (other.when === 'else' ? [] : rowFits(asked, index)))
  return { not: { any: others } }
}

function cellFits(
  blueprint: AskedTable['blueprint'],
  { column, cell }: { column: ColumnBlueprint; cell: CellTest },
  input: Code,
): Formula {
  if (input.op === 'const' && cell.any.every(isValue)) {
    const isNamed = cell.any.some(({ from }) => from === input.value)
    return isNamed === cell.not ? never : always
  }
  const known: Formula = { atom: { op: 'apply', type: bool, fn: 'known', args: [input] } }
  const fits = cell.any.map((range): Formula =>
    range.from === null ? { not: known } : rangeFits(blueprint, column.type, { input, range }),
  )
  return cell.not ? { all: [known, { not: { any: fits } }] } : { any: fits }
}

const isValue = ({ from, to }: CellRange) => from !== undefined && from === to

function rangeFits(
  { enums }: AskedTable['blueprint'],
  type: Type,
  { input, range }: { input: Code; range: CellRange },
): Formula {
  const { from, to, fromOpen, toOpen } = range
  const compared = (fn: string, value: JsonValue, of: Type = type): Formula => {
    const args: Code[] = [input, { op: 'const', type: of, value }]
    return { atom: { op: 'apply', type: bool, fn, args } }
  }
  if (type.kind === 'region') return compared('region=', from!)
  if (from !== undefined && from === to) return compared(type.kind === 'duration' ? 'duration=' : '=', from)
  if (type.kind === 'enum') {
    const names = Object.keys(enums[type.name]!.values)
    const first = from === undefined ? 0 : names.indexOf(String(from)) + (fromOpen ? 1 : 0)
    const end = to === undefined ? names.length : names.indexOf(String(to)) + (toOpen ? 0 : 1)
    return compared('in', names.slice(first, end), { kind: 'list', of: type })
  }
  const above = from === undefined ? [] : [compared(fromOpen ? '>' : '>=', from)]
  const below = to === undefined ? [] : [compared(toOpen ? '<' : '<=', to)]
  return { all: [...above, ...below] }
}

/** The code with names replaced: `purpose` by the purpose of a message that is asked about. */
export function replaceNames(code: Code, by: Readonly<Record<string, Code>>): Code {
  const replace = (part: Code) => replaceNames(part, by)
  switch (code.op) {
    case 'const':
      return code
    case 'name':
      return Object.hasOwn(by, code.name) ? by[code.name]! : code
    case 'member':
      return { ...code, of: replace(code.of) }
    case 'list':
      return { ...code, items: code.items.map(replace) }
    case 'table':
    case 'apply':
      return { ...code, args: code.args.map(replace) }
    // Why not inside: `where` and `value` read the fields of a row, not the names around.
    case 'fold':
      return { ...code, over: replace(code.over) }
  }
}

/** The questions a formula is made of. */
export function atomsOf(formula: Formula): Code[] {
  if ('atom' in formula) return [formula.atom]
  if ('not' in formula) return atomsOf(formula.not)
  return ('all' in formula ? formula.all : formula.any).flatMap(atomsOf)
}

/** The constants that code names. */
export function constantsOf(code: Code): (Code & { op: 'const' })[] {
  switch (code.op) {
    case 'const':
      return [code]
    case 'name':
      return []
    case 'member':
      return constantsOf(code.of)
    case 'list':
      return code.items.flatMap(constantsOf)
    case 'table':
    case 'apply':
      return code.args.flatMap(constantsOf)
    case 'fold':
      return [code.over, code.where, code.value].flatMap(part => (part ? constantsOf(part) : []))
  }
}
