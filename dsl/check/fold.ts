import type { Code } from '#core/blueprint'
import { printType, type Type } from '#core/values'
import type { Expression } from '#dsl/syntax'
import { infer, inferAs, type Inferred, type Place } from './infer.ts'
import { numeric } from './operator.ts'
import { silent } from './scope.ts'

type Fold = Code & { readonly op: 'fold' }
type Row = Type & { readonly name: string }

const folds: ReadonlySet<string> = new Set<Fold['fn']>(['sum', 'count', 'min', 'max', 'median'])

export function isFold(name: string): name is Fold['fn'] {
  return folds.has(name)
}

/**
 * `sum(退款.金额 where not 已关闭)`, `count(用料)`, `max([1, 2])`: one figure of a list. Of rows a field is named behind the
 * list, and `where` reads the fields of a row by their names. Undefined when it was reported.
 */
export function inferFold(place: Place, fn: Fold['fn'], arg: Expression): Inferred | undefined {
  const filter = arg.kind === 'binary' && arg.operator === 'where' ? arg : undefined
  const said = filter?.left ?? arg
  const rows = rowsOf(place, said)
  if (!rows) return undefined
  const names = rows.row ? new Map([...place.names, ...place.scope.members(rows.row)]) : place.names
  const inRow = { scope: place.scope, names }
  const where = filter && inferAs(inRow, filter.right, { kind: 'bool' })
  if (filter && !where) return undefined
  const value = rows.field && infer(inRow, { kind: 'name', name: rows.field.text, ...rows.field })
  if (rows.field && !value) return undefined
  const of = value?.code.type ?? rows.of
  const type = resultOf(fn, of)
  if (!type) {
    place.scope.report(said, 'AX3002', { operator: fn, left: fn, right: printType(of) })
    return undefined
  }
  const code: Code = {
    ...{ op: 'fold', type, fn, over: rows.code },
    ...(where && { where: where.code }),
    ...(value && { value: value.code }),
  }
  return { code, exact: value?.exact ?? true }
}

interface Rows {
  readonly code: Code
  readonly of: Type
  /** What a row is, when it has fields. */
  readonly row: Row | undefined
  /** The field that is folded. */
  readonly field: { readonly text: string; readonly start: number; readonly end: number } | undefined
}

function rowsOf(place: Place, said: Expression): Rows | undefined {
  const field = said.kind === 'member' ? said : undefined
  const quiet = { ...place, scope: silent(place.scope) }
  const owner = field && infer(quiet, field.object)
  if (field && owner?.code.type.kind === 'list')
    return { ...listOf(owner.code, owner.code.type.of), field: field.name }
  const list = infer(place, said)
  if (!list) return undefined
  const { type } = list.code
  if (type.kind === 'list' || type.kind === 'set') return { ...listOf(list.code, type.of), field: undefined }
  place.scope.report(said, 'AX3001', { expected: 'list(…)', actual: printType(type) })
  return undefined
}

function listOf(code: Code, of: Type): Omit<Rows, 'field'> {
  return { code, of, row: of.kind === 'ref' || of.kind === 'ticket' ? of : undefined }
}

const extremes: ReadonlySet<string> = new Set(['date', 'time', 'datetime', 'duration', 'text', 'null'])

/** Of an empty list that says no type, the sum is the whole number 0. */
function resultOf(fn: Fold['fn'], of: Type): Type | undefined {
  if (fn === 'count') return { kind: 'int' }
  const isNumber = numeric.has(of.kind) || of.kind === 'money'
  if (fn === 'sum')
    return of.kind === 'null' ? { kind: 'int' } : isNumber || of.kind === 'duration' ? of : undefined
  if (fn === 'median')
    return of.kind === 'int' || of.kind === 'null' ? { kind: 'decimal' } : isNumber ? of : undefined
  return isNumber || extremes.has(of.kind) ? of : undefined
}
