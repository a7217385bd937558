import { complete, diagnose, hover, inlayHints } from '#dsl/service'
import { format } from '#dsl/format'
import { createChecker } from '#dsl'
import { grown, linesOf, type Texts } from './grown.ts'
import type { Figure } from './measure.ts'

const SIZES = [600, 2_500, 10_000]
const ROUNDS = 40
const FILE = 'repair.axle'

/**
 * What an editor asks while one file of a pack is typed in, at three sizes of pack: the 95th percentile of wall time, in
 * milliseconds. The keystrokes are a comment, words of a condition and the name of a field that others read.
 */
export function editor(): Figure[] {
  return SIZES.flatMap(lines => ofSize(grown(texts => linesOf(texts) >= lines)))
}

function ofSize(texts: Texts): Figure[] {
  const source = texts[FILE]!
  const offset = source.indexOf('服务经理') + 1
  const works: readonly (readonly [string, (typed: Texts) => unknown])[] = [
    ['keystroke → diagnostics', typed => diagnose(typed)],
    ['completion', typed => complete(typed, FILE, offset)],
    ['hover', typed => hover(typed, { file: FILE, offset })],
    ['inlay hints', typed => inlayHints(typed, FILE)],
    ['format the file', typed => format(typed[FILE]!)],
    ['the pack checked anew', typed => createChecker()(typed)],
  ]
  return works.map(([name, work]) => {
    const times = Array.from({ length: ROUNDS + 5 }, (_, round) => {
      const typed = { ...texts, [FILE]: typedIn(source, round) }
      const start = performance.now()
      work(typed)
      return performance.now() - start
    }).slice(5)
    const p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!
    return { name: `${name}, ${linesOf(texts)} lines, p95`, perSecond: p95, unit: 'ms', ratio: 1 }
  })
}

/** The file after a keystroke: each round another one, at the end, in a condition or in a field's name. */
function typedIn(source: string, round: number): string {
  const added = 'x'.repeat(1 + (round % 7))
  if (round % 3 === 0) return `${source}// ${round}\n`
  const place = round % 3 === 1 ? / when (?=\S)/ : /^ {2}(?=\S+ +: text)/m
  return source.replace(place, found => found + added)
}
