import fc from 'fast-check'
import type { CellRange, CellTest, ColumnBlueprint, HitPolicy, TableBlueprint } from '#core/blueprint'
import { findRegion, type JsonValue, type Type } from '#core/values'

/** A kind of column with few values: those cells name, and all that inputs need be so that every case occurs. */
interface Kind {
  readonly type: Type
  readonly named: readonly JsonValue[]
  readonly domain: readonly JsonValue[]
  readonly isOrdered: boolean
}

const places = (...names: string[]) => names.map(name => findRegion(name)!)
const days = Array.from({ length: 7 }, (_, day) => `2026-03-0${day + 1}`)

const kinds: readonly Kind[] = [
  { type: { kind: 'int' }, named: [0, 1, 2, 3, 4], domain: [-1, 0, 1, 2, 3, 4, 5], isOrdered: true },
  {
    type: { kind: 'money' },
    named: ['0.00', '0.01', '0.02', '0.1'],
    domain: ['-0.01', '0', '0.01', '0.02', '0.03', '0.09', '0.10', '0.11'],
    isOrdered: true,
  },
  { type: { kind: 'date' }, named: days.slice(1, 6), domain: days, isOrdered: true },
  {
    type: { kind: 'time' },
    named: ['00:00', '00:01', '12:00', '23:59'],
    domain: ['00:00', '00:01', '00:02', '11:59', '12:00', '12:01', '23:58', '23:59'],
    isOrdered: true,
  },
  {
    type: { kind: 'enum', name: '级' },
    ...alike(['一', '二', '三', '四', '五', '六', '七', '八', '九']),
    isOrdered: true,
  },
  {
    type: { kind: 'enum', name: '样' },
    ...alike(['一', '二', '三', '四', '五', '六', '七', '八', '九']),
    isOrdered: false,
  },
  { type: { kind: 'bool' }, ...alike([false, true]), isOrdered: false },
  { type: { kind: 'text' }, named: ['甲', '乙'], domain: ['甲', '乙', '丙'], isOrdered: false },
  { type: { kind: 'duration' }, named: ['1h', '60m', '2w'], domain: ['1h', '14d', '1d'], isOrdered: false },
  {
    type: { kind: 'region' },
    named: places('华东', '上海', '杭州', '北京', '浦东新区'),
    domain: places('浦东新区', '黄浦区', '上城区', '宁波', '南京', '东城区', '广州'),
    isOrdered: false,
  },
]

function alike(values: readonly JsonValue[]): Pick<Kind, 'named' | 'domain'> {
  return { named: values, domain: values }
}

/** Tables of one to three columns and up to six rows under any hit policy, sound or not. */
export const smallTable: fc.Arbitrary<TableBlueprint> = fc
  .array(fc.tuple(fc.constantFrom(...kinds), fc.boolean()), { minLength: 1, maxLength: 3 })
  .chain(columns =>
    fc.record({
      inputs: fc.constant(columns.map(([{ type }, optional], at) => inputOf(`列${at}`, type, optional))),
      policy: fc.constantFrom<HitPolicy>('unique', 'first', 'any', 'priority', 'output order', 'collect'),
      partial: fc.boolean(),
      rows: fc.array(
        fc.record({
          when: fc.oneof(
            { weight: 12, arbitrary: fc.tuple(...columns.map(([kind, optional]) => cellOf(kind, optional))) },
            { weight: 1, arbitrary: fc.constant('else' as const) },
          ),
          then: fc.tuple(fc.constantFrom('一', '二', null)),
        }),
        { maxLength: 6 },
      ),
    }),
  )
  .map(({ rows, ...table }) => ({
    ...table,
    ...{ label: '表', computed: [], outputs: [{ name: '级', type: { kind: 'enum', name: '级' } as const }] },
    rows: rows.filter(
      ({ when }, index) => when !== 'else' || rows.findIndex(row => row.when === 'else') === index,
    ),
  }))

/** Every input that matters: an absent one too where the column may be absent. */
export function pointsOf({ inputs }: TableBlueprint): Record<string, JsonValue>[] {
  return inputs.reduce<Record<string, JsonValue>[]>(
    (points, { name, type, optional }) => {
      const kind = kinds.find(each => JSON.stringify(each.type) === JSON.stringify(type))!
      const values = optional ? [null, ...kind.domain] : kind.domain
      return points.flatMap(point => values.map(value => ({ ...point, [name]: value })))
    },
    [{}],
  )
}

function inputOf(name: string, type: Type, optional: boolean): ColumnBlueprint {
  return optional ? { name, type, optional } : { name, type }
}

function cellOf(kind: Kind, optional: boolean): fc.Arbitrary<CellTest | null> {
  const single = fc.constantFrom(...kind.named).map((value): CellRange => ({ from: value, to: value }))
  const range = fc
    .record(
      {
        from: fc.constantFrom(...kind.named),
        to: fc.constantFrom(...kind.named),
        fromOpen: fc.boolean(),
        toOpen: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    .map(({ from, to, fromOpen, toOpen }): CellRange => ({
      ...(from !== undefined && { from, ...(fromOpen && { fromOpen }) }),
      ...(to !== undefined && { to, ...(toOpen && { toOpen }) }),
    }))
  const absent = fc.constant<CellRange>({ from: null, to: null })
  const items = [single, ...(kind.isOrdered ? [range] : []), ...(optional ? [absent] : [])]
  const test = fc.record({
    not: fc.boolean(),
    any: fc.array(fc.oneof(...items), { minLength: 1, maxLength: 2 }),
  })
  return fc.oneof(fc.constant(null), test)
}
