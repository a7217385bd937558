import { readFileSync, readdirSync } from 'node:fs'
import { complete, diagnose, hover, inlayHints } from '#dsl/service'
import { format } from '#dsl/format'
import type { Figure } from './measure.ts'

const ROUNDS = 40

/** What an editor asks while one file of a pack of 2,500 lines is typed in: the 95th percentile of wall time, in milliseconds. */
export function editor(): Figure[] {
  const base = packTexts()
  const lines = Object.values(base).join('\n').split('\n').length
  const file = 'repair.axle'
  const typed = (round: number) => ({ ...base, [file]: `${base[file]!}// ${round}\n` })
  const offset = base[file]!.indexOf('服务经理') + 1
  const works: readonly (readonly [string, (round: number) => unknown])[] = [
    ['keystroke → diagnostics', round => diagnose(typed(round))],
    ['completion', round => complete(typed(round), file, offset)],
    ['hover', round => hover(typed(round), { file, offset })],
    ['inlay hints', round => inlayHints(typed(round), file)],
    ['format the file', round => format(typed(round)[file]!)],
  ]
  return works.map(([name, work]) => {
    const times = Array.from({ length: ROUNDS + 5 }, (_, round) => {
      const start = performance.now()
      work(round)
      return performance.now() - start
    }).slice(5)
    const p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!
    return { name: `${name}, ${lines} lines, p95`, perSecond: p95, unit: 'ms', ratio: 1 }
  })
}

/** The largest pack, and copies of its tables and prices under other names until there are 2,500 lines. */
function packTexts(): Record<string, string> {
  const folder = 'plugins/manufacturing'
  const texts = Object.fromEntries(
    (readdirSync(folder, { recursive: true }) as string[])
      .filter(name => name.endsWith('.axle'))
      .map(name => [name, readFileSync(`${folder}/${name}`, 'utf8')]),
  )
  const tables = texts['prices.axle']!.split(/^(?=open table|table|setting|price|settle|\/\/)/m).filter(
    part => /^(open )?table/.test(part),
  )
  for (let copy = 0; Object.values(texts).join('\n').split('\n').length < 2_500; copy++)
    texts[`more-${copy}.axle`] = tables
      .map(part => part.replace(/table (\S+)/, (_, name: string) => `table ${name}${copy}`))
      .join('\n')
  return texts
}
