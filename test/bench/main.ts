// `npm run bench [row…]`: each work beside its limit, measured in one run; prints a table and writes results.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { action } from './action.ts'
import { analysis } from './analysis.ts'
import { editor } from './editor.ts'
import { language } from './language.ts'
import type { Figure } from './measure.ts'
import { money } from './money.ts'
import { otherwise } from './otherwise.ts'
import { rule } from './rule.ts'
import { simulation } from './simulation.ts'
import { table } from './table.ts'

const wanted = process.argv.slice(2)
// Rows that are not asked for keep their last figures.
const path = new URL('results.json', import.meta.url)
const results: Record<string, readonly Figure[]> = existsSync(path)
  ? JSON.parse(readFileSync(path, 'utf8'))
  : {}
const row = async (name: string, work: () => readonly Figure[] | Promise<readonly Figure[]>) => {
  if (wanted.length > 0 && !wanted.includes(name.split(' ')[0]!)) return
  const figures = await work()
  results[name] = figures
  for (const figure of figures) {
    const speed =
      figure.perSecond >= 1000
        ? Math.round(figure.perSecond).toLocaleString('en')
        : figure.perSecond.toFixed(1)
    console.log(
      `${name.padEnd(12)} ${figure.name.padEnd(44)} ${speed.padStart(14)}${figure.unit ?? '/s'} ${figure.ratio.toFixed(2).padStart(9)} ×`,
    )
  }
}

await row('rule', rule)
for (const rows of [100, 1_000, 10_000, 100_000]) await row(`table ${rows}`, () => table(rows))
await row('analysis', analysis)
for (const lines of [3, 12, 100]) await row(`money ${lines}`, () => money(lines))
await row('otherwise', otherwise)
await row('editor', editor)
await row('language', language)
await row('simulation', simulation)
await row('action', action)
if (wanted.length === 0 || wanted.includes('fleet')) {
  const { fleet } = await import('./fleet.ts')
  await row('fleet', fleet)
}
if (wanted.length === 0 || wanted.includes('transition') || wanted.includes('end-to-end')) {
  const { service } = await import('./service.ts')
  const { transition, endToEnd, database } = await service()
  await row(`transition`, () => transition)
  await row(`end-to-end`, () => endToEnd)
  console.log(`database: ${database}`)
}
writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`)
