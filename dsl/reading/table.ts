import type { Blueprint, CellRange, CellTest, HitPolicy, RowBlueprint, TableBlueprint } from '#core/blueprint'
import { isOrderedEnum } from '#core/table'
import type { JsonValue, Type } from '#core/values'
import { readCode, readName, readValue } from './code.ts'
import { readRounding } from './rounding.ts'

/** A table's rows, a sentence each: 「大区是华东，且金额低于 ¥500：费率 0.5%，封顶 ¥2。」 What several rows make comes first. */
export function readRows(blueprint: Blueprint, table: TableBlueprint): string[] {
  const rows = table.rows.map(
    row => `${readWhen(blueprint, table, row)}：${readThen(blueprint, table, row)}。`,
  )
  const together = readPolicy(blueprint, table)
  const computed = table.computed.map(({ name, value, rounding }) => {
    const rounded = rounding ? `，${readRounding(blueprint, rounding)}` : ''
    return `${name}：${readCode(blueprint, value)}${rounded}。`
  })
  return [...(together === undefined ? [] : [`${together}。`]), ...rows, ...computed]
}

/** What becomes of it when several rows fit; nothing to say where none ever do. */
function readPolicy(blueprint: Blueprint, { policy, outputs }: TableBlueprint): string | undefined {
  const ranked = outputs.filter(({ type }) => isOrderedEnum(blueprint, type)).map(({ name }) => name)
  const readings: Readonly<Record<HitPolicy, string | undefined>> = {
    unique: undefined,
    any: undefined,
    first: '自上而下，第一条符合的算数',
    priority: `几条都符合时，${ranked.join('、')}最高的算数`,
    'rule order': '符合的每一条都算，照下面的次序',
    'output order': `符合的每一条都算，${ranked.join('、')}高的在前`,
    collect: '符合的每一条都算',
    'collect sum': '符合的各条加在一起',
    'collect min': '符合的各条里取最小的',
    'collect max': '符合的各条里取最大的',
    'collect count': '数一数有几条符合',
  }
  return readings[policy]
}

/** When a row answers. */
export function readWhen(blueprint: Blueprint, { inputs }: TableBlueprint, { when }: RowBlueprint): string {
  if (when === 'else') return '其他情况'
  const tests = when.flatMap((test, index) => {
    const column = inputs[index]!
    if (!test) return []
    const name = readName(column.name)
    if (column.type.kind === 'bool') return [isTrue(test) ? name : `不是${name}`]
    return [`${name}${readTest(blueprint, column.type, test)}`]
  })
  return tests.length === 0 ? '任何情况' : tests.join('，且')
}

function readThen(blueprint: Blueprint, { outputs }: TableBlueprint, { then }: RowBlueprint): string {
  const said = outputs.flatMap(({ name, type }, index) => {
    const value = then[index] ?? null
    return value === null ? [] : [`${readName(name)} ${readValue(blueprint, type, value)}`]
  })
  return said.length === 0 ? '不限' : said.join('，')
}

function readTest(blueprint: Blueprint, type: Type, { not, any }: CellTest): string {
  const parts = any.map(range => readRange(blueprint, type, range))
  const isValues = any.every(isSingle)
  if (isValues) return `${not ? '不是' : '是'}${parts.join('或')}`
  return not ? `不在（${parts.join('或')}）` : parts.join('或')
}

const isTrue = ({ not, any }: CellTest) => any.every(({ from }) => from === true) !== not

const isSingle = ({ from, to, fromOpen, toOpen }: CellRange) =>
  from !== undefined && !fromOpen && !toOpen && JSON.stringify(from) === JSON.stringify(to)

function readRange(blueprint: Blueprint, type: Type, range: CellRange): string {
  const { from, to, fromOpen, toOpen } = range
  const read = (end: JsonValue) => readValue(blueprint, type, end)
  if (isSingle(range)) return read(from!)
  const low = from === undefined ? '' : `${fromOpen ? '超过' : '不低于'} ${read(from)}`
  const high = to === undefined ? '' : `${toOpen ? '低于' : '不超过'} ${read(to)}`
  return [low, high].filter(part => part !== '').join('且')
}
