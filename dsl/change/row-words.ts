import type { Blueprint, CellRange, CellTest, RowBlueprint, TableBlueprint } from '#core/blueprint'
import type { Type } from '#core/values'
import { readValue, readWhen } from '#dsl/reading'

/** When a row of a table answers, in both languages: `大区是华东`, `大区 is 华东`. */
export function rowWords(
  blueprint: Blueprint,
  table: TableBlueprint,
  row: RowBlueprint,
): { readonly row: string; readonly rowEn: string } {
  return {
    row: readWhen(blueprint, table, row).replace(/[：，]$/, '') || '其余',
    rowEn: whenInEnglish(blueprint, table, row),
  }
}

function whenInEnglish(blueprint: Blueprint, { inputs }: TableBlueprint, { when }: RowBlueprint): string {
  if (when === 'else') return 'otherwise'
  const tests = when.flatMap((test, index) => {
    const { name, type } = inputs[index]!
    return test ? [`${name} ${testWords(blueprint, type, test)}`] : []
  })
  return tests.join(', ') || 'always'
}

function testWords(blueprint: Blueprint, type: Type, { not, any }: CellTest): string {
  const said = any.map(range => rangeWords(blueprint, type, range)).join(' or ')
  return not ? `not (${said})` : said
}

function rangeWords(blueprint: Blueprint, type: Type, { from, to, fromOpen, toOpen }: CellRange): string {
  const read = (end: NonNullable<typeof from>) =>
    type.kind === 'bool' ? String(end) : readValue(blueprint, type, end)
  const isOne = !fromOpen && !toOpen && JSON.stringify(from) === JSON.stringify(to)
  if (isOne && from !== undefined) return `is ${read(from!)}`
  const low = from === undefined ? [] : [`${fromOpen ? '>' : '>='} ${read(from!)}`]
  const high = to === undefined ? [] : [`${toOpen ? '<' : '<='} ${read(to!)}`]
  return [...low, ...high].join(' and ')
}
