import { positionAt, type Diagnostic } from '#dsl/diagnostics'
import { bodyOf, saysOf, unitsOf, type Unit } from './unit.ts'

type Texts = Readonly<Record<string, string>>

interface Placed {
  readonly unit: Unit
  readonly file: string
  /** Of the declaration’s first word, in UTF-16 units. */
  readonly start: number
}

/**
 * What a desk’s text says otherwise than its release where that says `closed`: a finding at the desk’s declaration, or at the
 * beginning of the release’s file where it is gone. Each names the line of the pack that closes it.
 */
export function closedFindings(release: Texts, texts: Texts): Diagnostic[] {
  const own = new Map(declarationsIn(texts).map(placed => [placed.unit.key, placed]))
  return declarationsIn(release).flatMap((closed): Diagnostic[] => {
    if (!/^closed\b/.test(closed.unit.head)) return []
    const mine = own.get(closed.unit.key)
    const isSame =
      mine !== undefined &&
      saysOf(mine.unit) === saysOf(closed.unit) &&
      sheetsOf(closed.unit).every(sheet => release[sheet] === texts[sheet])
    return isSame ? [] : [findingAt(mine, closed, release[closed.file]!)]
  })
}

function findingAt(mine: Placed | undefined, closed: Placed, source: string): Diagnostic {
  const line = positionAt(source, closed.start).line
  const params = { name: closed.unit.key.split(' ').slice(1).join(' '), at: `${closed.file}:${line}` }
  const { file, start } = mine ?? { file: closed.file, start: 0 }
  const length = mine ? (bodyOf(mine.unit).split('\n')[0] ?? '').trimEnd().length : 0
  return { code: 'AX8020', file, start, end: start + length, params }
}

function declarationsIn(texts: Texts): Placed[] {
  return Object.entries(texts).flatMap(([file, source]) => {
    if (!file.endsWith('.axle')) return []
    let at = 0
    return unitsOf(source).units.map(unit => {
      const start = at + unit.lead.length
      at = start + bodyOf(unit).length + unit.separator.length
      return { unit, file, start }
    })
  })
}

/** The sheets whose rows a declaration reads. */
function sheetsOf(unit: Unit): string[] {
  return [...bodyOf(unit).matchAll(/\brows\s+from\s+["“”＂]([^"“”＂\n]+)["“”＂]/g)].map(found => found[1]!)
}
