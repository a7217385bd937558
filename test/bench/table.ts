import type { Blueprint, TableBlueprint } from '#core/blueprint'
import { finderOf, lookupRows } from '#core/table'
import { bytesHeld } from './memory.ts'
import { measure, type Figure } from './measure.ts'

/** A first-hit table of four columns (two names, two ranges) with so many rows: a Map by hand beside the finder. */
export function table(rows: number): Figure[] {
  const cities = Math.ceil(rows / 4)
  const text = { kind: 'text' } as const
  const int = { kind: 'int' } as const
  const same = (value: string) => ({ not: false, any: [{ from: value, to: value }] })
  const declared: TableBlueprint = {
    ...{ label: 't', policy: 'first', partial: true, computed: [] },
    inputs: [
      { name: 'city', type: text },
      { name: 'kind', type: text },
      { name: 'count', type: int },
      { name: 'days', type: int },
    ],
    outputs: [{ name: 'fee', type: { kind: 'money' } }],
    rows: Array.from({ length: rows }, (_, i) => ({
      when: [
        same(`c${i % cities}`),
        same(`k${Math.floor(i / cities) % 2}`),
        i < rows / 2
          ? { not: false, any: [{ to: 50 }] }
          : { not: false, any: [{ from: 50, fromOpen: true }] },
        null,
      ],
      then: [`${i}.00`],
    })),
  }
  const blueprint = { enums: {}, tables: { t: declared } } as unknown as Blueprint
  let loadMs = 0
  const { made: find, bytes } = bytesHeld(() => {
    const start = process.cpuUsage()
    const { first } = finderOf(blueprint, declared)
    loadMs = process.cpuUsage(start).user / 1000
    return first
  })
  const size = (bytes / 1024 / 1024).toFixed(1)
  console.log(`a table of ${rows} rows is loaded in ${loadMs.toFixed(1)} ms of CPU into ${size} MB`)
  const byKey = new Map<string, { low: number; high: number }>()
  declared.rows.forEach((_, i) => {
    const key = `c${i % cities}/k${Math.floor(i / cities) % 2}`
    const entry = byKey.get(key) ?? { low: -1, high: -1 }
    if (i < rows / 2) entry.low = entry.low < 0 ? i : entry.low
    else entry.high = entry.high < 0 ? i : entry.high
    byKey.set(key, entry)
  })
  const plain = declared.rows.map((_, i) => ({
    city: `c${i % cities}`,
    kind: `k${Math.floor(i / cities) % 2}`,
    fits: i < rows / 2 ? (count: number) => count <= 50 : (count: number) => count > 50,
  }))
  const inputs = Array.from({ length: 1024 }, (_, i): [string, string, number, number] => [
    ...([`c${(i * 7919) % cities}`, `k${i % 2}`] as const),
    ...([(i * 31) % 100, i % 9] as const),
  ])
  const byHand = ([city, kind, count]: (typeof inputs)[number]) => {
    const entry = byKey.get(`${city}/${kind}`)
    const row = entry && (count <= 50 ? entry.low : entry.high)
    return row === undefined || row < 0 ? undefined : row
  }
  const byScan = ([city, kind, count]: (typeof inputs)[number]) => {
    const row = plain.findIndex(each => each.city === city && each.kind === kind && each.fits(count))
    return row < 0 ? undefined : row
  }
  for (const input of inputs.slice(0, 16))
    if (byScan(input) !== byHand(input)) throw new Error('the candidates disagree')
  for (const input of inputs) if (find(input) !== byHand(input)) throw new Error('the candidates disagree')
  const sum = (answer: (input: (typeof inputs)[number]) => number | undefined) => (times: number) => {
    let total = 0
    for (let i = 0; i < times; i++) total += answer(inputs[i & 1023]!) ?? 0
    return total
  }
  const facts = new Map(
    inputs.map(input => [
      input,
      Object.fromEntries(declared.inputs.map(({ name }, index) => [name, input[index]!])),
    ]),
  )
  const explained = (input: (typeof inputs)[number]) => {
    const { row = 0, reason } = lookupRows(blueprint, declared, facts.get(input)!)
    return reason(row).hit && reason(row === 0 ? 1 : row - 1).failed !== undefined ? row : 0
  }
  return measure([
    { name: `by hand, ${rows} rows`, run: sum(byHand) },
    { name: `axle, ${rows} rows`, run: sum(find) },
    { name: `rows looked through one by one, ${rows} rows`, run: sum(byScan) },
    { name: `axle with the reasons of two rows, ${rows} rows`, run: sum(explained) },
  ])
}
