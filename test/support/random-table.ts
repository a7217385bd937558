import type { Blueprint, CellTest, ColumnBlueprint, HitPolicy, TableBlueprint } from '#core/blueprint'
import { findRegion, type JsonValue, type Type } from '#core/values'

/** Numbers below a bound, the same ones for the same seed. */
export type Dice = (below: number) => number

export function dice(seed: number): Dice {
  let state = seed >>> 0
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** First and last step of each axis. */
export type Region = readonly (readonly [number, number])[]

/** A kind of column: so many steps that leave nothing out between them, and what stands in a cell for some of them. */
interface AxisKind {
  readonly type: Type
  readonly steps: number
  readonly valueOf: (step: number) => JsonValue
  readonly cell: (first: number, last: number) => CellTest
}

const grades = ['一', '二', '三', '四', '五', '六', '七', '八', '九']
const provinces =
  '北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 台湾 香港 澳门'.split(
    ' ',
  )
const day = (step: number) => new Date(Date.UTC(2026, 0, 1 + step)).toISOString().slice(0, 10)
const two = (value: number) => String(value).padStart(2, '0')

const axisKinds: readonly AxisKind[] = [
  ordered({ kind: 'int' }, 1000, step => step),
  ordered({ kind: 'money' }, 1000, step => (step / 100).toFixed(2)),
  ordered({ kind: 'percent' }, 1000, step => (step / 10_000).toFixed(4)),
  ordered({ kind: 'date' }, 1000, day),
  ordered({ kind: 'time' }, 1440, step => `${two(Math.floor(step / 60))}:${two(step % 60)}`),
  ordered({ kind: 'enum', name: '级' }, grades.length, step => grades[step]!),
  listed({ kind: 'enum', name: '样' }, grades),
  listed({ kind: 'bool' }, [false, true]),
  listed(
    { kind: 'region' },
    provinces.map(name => findRegion(name)!),
  ),
]

export const enums: Pick<Blueprint, 'enums'> = {
  enums: {
    级: { label: '级', ordered: true, values: Object.fromEntries(grades.map(name => [name, name])) },
    样: { label: '样', ordered: false, values: Object.fromEntries(grades.map(name => [name, name])) },
  },
}

/** A table whose rows cut the whole space of some columns into pieces: complete, and no two of them meet. */
export interface Partition {
  readonly kinds: readonly AxisKind[]
  readonly regions: readonly Region[]
}

export function partition(roll: Dice, { rows, columns }: { rows: number; columns: number }): Partition {
  const kinds = Array.from(
    { length: columns },
    (_, at) => axisKinds[at === 0 ? roll(5) : roll(axisKinds.length)]!,
  )
  const regions: Region[] = [kinds.map(({ steps }) => [0, steps - 1] as const)]
  for (let tries = 0; regions.length < rows && tries < rows * 20; tries++) {
    const index = roll(regions.length)
    const column = roll(columns)
    const [first, last] = regions[index]![column]!
    if (first === last) continue
    const cut = first + 1 + roll(last - first)
    regions.push(regions[index]!.with(column, [cut, last]))
    regions[index] = regions[index]!.with(column, [first, cut - 1])
  }
  return { kinds, regions }
}

export function randomRegion(roll: Dice, { kinds }: Partition): Region {
  return kinds.map(({ steps }) => {
    const first = roll(steps)
    return [first, first + roll(steps - first)] as const
  })
}

/** An input that lies in a region. */
export function randomInput(roll: Dice, { kinds }: Partition, region: Region): Record<string, JsonValue> {
  return Object.fromEntries(
    region.map(([first, last], at) => [`列${at}`, kinds[at]!.valueOf(first + roll(last - first + 1))]),
  )
}

/** The partition's rows as a table; each answers with its own number and a grade. */
export function tableOf({ kinds, regions }: Partition, policy: HitPolicy): TableBlueprint {
  return {
    ...{ label: '表', policy, partial: false, computed: [] },
    inputs: kinds.map(({ type }, at): ColumnBlueprint => ({ name: `列${at}`, type })),
    outputs: [
      { name: '行', type: { kind: 'int' } },
      { name: '级', type: { kind: 'enum', name: '级' } },
    ],
    rows: regions.map((region, index) => ({
      when: region.map(([first, last], at) => {
        const { steps, cell } = kinds[at]!
        return first === 0 && last === steps - 1 ? null : cell(first, last)
      }),
      then: [index, grades[index % grades.length]!],
    })),
  }
}

function ordered(type: Type, steps: number, valueOf: (step: number) => JsonValue): AxisKind {
  const cell = (first: number, last: number): CellTest => {
    const from = first === 0 ? {} : { from: valueOf(first) }
    if (last === steps - 1) return { not: false, any: [from] }
    const to = last % 2 === 0 ? { to: valueOf(last) } : { to: valueOf(last + 1), toOpen: true }
    return { not: false, any: [{ ...from, ...to }] }
  }
  return { type, steps, valueOf, cell }
}

/** Values without an order: a cell lists them, or with `not` all others. */
function listed(type: Type, values: readonly JsonValue[]): AxisKind {
  const named = (some: readonly JsonValue[]) => some.map(value => ({ from: value, to: value }))
  const cell = (first: number, last: number): CellTest => {
    const not = last - first + 1 > values.length / 2
    const inside = values.slice(first, last + 1)
    return { not, any: named(not ? values.filter(value => !inside.includes(value)) : inside) }
  }
  return { type, steps: values.length, valueOf: step => values[step]!, cell }
}
