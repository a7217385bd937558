import { isSheet, parse } from '#dsl/syntax'
import { aligned } from './align.ts'
import { chosen, placeOf, type Choices, type Conflict } from './conflict.ts'
import { sheetParts, type SheetParts } from './sheet-unit.ts'
import { bodyOf, bytesOf, saysOf, unitsOf, type Unit } from './unit.ts'

type Texts = Readonly<Record<string, string>>

export interface Merged {
  readonly texts: Texts
  readonly conflicts: readonly Conflict[]
}

/**
 * Merges a desk’s own text and a new release over the release they both come from: per declaration, and inside it per
 * field, row, node and clause. Pieces that one side alone touched keep that side’s bytes. At a conflict stands what was chosen
 * for its place, else mine; it is told either way.
 */
export function mergeTexts(
  { base, mine, theirs }: { base: Texts; mine: Texts; theirs: Texts },
  choices: Choices = new Map(),
): Merged {
  const conflicts: Conflict[] = []
  const files = [...new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])].sort()
  const texts = files.flatMap((file): [string, string][] => {
    const sides = { base: base[file], mine: mine[file], theirs: theirs[file] }
    const text = mergeFile({ file, path: [], conflicts, choices }, sides)
    return text === undefined ? [] : [[file, text]]
  })
  return { texts: Object.fromEntries(texts), conflicts }
}

interface Sides<T> {
  readonly base: T | undefined
  readonly mine: T | undefined
  readonly theirs: T | undefined
}

function kindOf({ base, mine, theirs }: Sides<string>): Conflict['kind'] {
  if (mine === undefined) return 'mine-removed'
  if (theirs === undefined) return 'theirs-removed'
  return base === undefined ? 'both-added' : 'both-changed'
}

function mergeFile(place: Place, sides: Sides<string>): string | undefined {
  const { base, mine, theirs } = sides
  if (mine === base) return theirs
  if (theirs === base || theirs === mine) return mine
  if (mine === undefined || theirs === undefined) return wholeFile(place, sides, kindOf(sides))
  if (isSheet(place.file)) return mergeSheet(place, { base, mine, theirs })
  const cutBase = unitsOf(base ?? '')
  const [cutMine, cutTheirs] = [unitsOf(mine), unitsOf(theirs)]
  const parts = toldApart({ base: cutBase.units, mine: cutMine.units, theirs: cutTheirs.units })
  const rest = cutMine.rest === cutBase.rest ? cutTheirs.rest : cutMine.rest
  const put = (at: Place) => mergeUnits(at, parts).map(bytesOf).join('') + rest
  const conflicts: Conflict[] = []
  // Why without choices: whether both texts are one file is not for what somebody writes into it.
  const text = put({ ...place, conflicts, choices: new Map() })
  if (faultsOf(text) > faultsBrought({ base, mine, theirs }) || !isSteady(parts))
    return wholeFile(place, sides, 'both-changed')
  place.conflicts.push(...conflicts)
  const isDecided = conflicts.some(one => place.choices.has(placeOf(one)))
  return isDecided ? put({ ...place, conflicts: [] }) : text
}

/** Row by row where the rows can be told apart, else as a whole. */
function mergeSheet(
  place: Place,
  sides: { base: string | undefined; mine: string; theirs: string },
): string | undefined {
  const cut = sides.base === undefined ? undefined : sheetParts([sides.base, sides.mine, sides.theirs])
  if (!cut) return wholeFile(place, sides, kindOf(sides))
  const [base, mine, theirs] = cut as readonly [SheetParts, SheetParts, SheetParts]
  const rest = mine.rest === base.rest ? theirs.rest : mine.rest
  const units = mergeUnits(place, { base: base.units, mine: mine.units, theirs: theirs.units })
  return units.map(bytesOf).join('') + rest
}

/** Pieces that do not fit together are two texts of one file, not one. */
function wholeFile(place: Place, sides: Sides<string>, kind: Conflict['kind']): string | undefined {
  place.conflicts.push({ file: place.file, path: [], kind, ...sides })
  const { mine, theirs } = sides
  const written = (text: string) => text
  return chosen<string | undefined>(place.choices.get(placeOf(place)), { mine, theirs, written })
}

const faultsOf = (text: string) => parse(text).faults.length

/** How many faults a text of both sides may have: those each side brought, each of them once. */
function faultsBrought({ base, mine, theirs }: Sides<string>): number {
  const [old, one, other] = [base, mine, theirs].map(text => faultsOf(text ?? ''))
  return Math.max(one!, other!, one! + other! - old!)
}

interface Place {
  readonly file: string
  readonly path: readonly string[]
  readonly conflicts: Conflict[]
  readonly choices: Choices
}

/** The pieces of both sides in one order: theirs, with what is only mine behind what it stands behind in mine. */
function mergeUnits(place: Place, cut: Parts): Unit[] {
  const sides = {
    ...{ base: cut.base, mine: aligned(cut.base, cut.mine), theirs: aligned(cut.base, cut.theirs) },
  }
  const byKey = (units: readonly Unit[]) => new Map(units.map(unit => [unit.key, unit]))
  const [base, mine, theirs] = [byKey(sides.base), byKey(sides.mine), byKey(sides.theirs)]
  const merged = inOneOrder(sides, base).flatMap(key => {
    const unit = mergeUnit(
      { ...place, path: [...place.path, key] },
      { base: base.get(key), mine: mine.get(key), theirs: theirs.get(key) },
    )
    return unit ? [unit] : []
  })
  return separated(merged, [sides.mine, sides.theirs])
}

/** Whose order leads: mine where mine alone moved pieces, theirs otherwise. */
function inOneOrder({ base: old, mine, theirs }: Parts, base: ReadonlyMap<string, Unit>): string[] {
  const kept = new Set(theirs.map(({ key }) => key))
  const among = (units: readonly Unit[], keys: { readonly has: (key: string) => boolean }) =>
    units.flatMap(({ key }) => (keys.has(key) ? key : [])).join('\n')
  const theyMoved = among(theirs, base) !== among(old, kept)
  const [leading, other] = theyMoved ? [theirs, mine] : [mine, theirs]
  const keys = leading.map(({ key }) => key)
  const known = new Set(keys)
  other.forEach(({ key }, index) => {
    if (known.has(key)) return
    const before = other.slice(0, index).findLast(unit => known.has(unit.key))
    keys.splice(before ? keys.indexOf(before.key) + 1 : 0, 0, key)
    known.add(key)
  })
  return keys
}

function mergeUnit(place: Place, sides: Sides<Unit>): Unit | undefined {
  const { base, mine, theirs } = sides
  if (mine && theirs) return mergeBoth(place, { base, mine, theirs })
  const present = mine ?? theirs
  if (!present || !base) return present
  if (saysOf(present) === saysOf(base)) return undefined
  return conflict(place, sides, mine ? 'theirs-removed' : 'mine-removed')
}

function mergeBoth(
  place: Place,
  { base, mine, theirs }: { base: Unit | undefined; mine: Unit; theirs: Unit },
): Unit | undefined {
  const bytes = (unit: Unit | undefined) => unit && unit.lead + bodyOf(unit)
  if (bytes(mine) === bytes(base)) return theirs
  if (bytes(theirs) === bytes(base) || saysOf(mine) === saysOf(theirs)) return mine
  if (base && saysOf(mine) === saysOf(base)) return theirs
  if (base && saysOf(theirs) === saysOf(base)) return mine
  const sameColumns = headerOf(mine) === headerOf(theirs)
  const parts = { base: base?.items ?? [], mine: mine.items ?? [], theirs: theirs.items ?? [] }
  if (!mine.items || !theirs.items || !sameColumns || !isSteady(parts))
    return conflict(place, { base, mine, theirs }, base ? 'both-changed' : 'both-added')
  const head = mergeHead(place, { base, mine, theirs })
  const items = mergeUnits(place, parts)
  const tail = mine.tail === base?.tail ? theirs.tail : mine.tail
  return { ...mine, head, items, tail }
}

type Parts = { readonly [S in keyof Sides<Unit>]: readonly Unit[] }

/**
 * Grids that share a key (two tests of one table) by their columns too, where on every side no two of them have the same; else as
 * they are.
 */
function toldApart(parts: Parts): Parts {
  const sides = [parts.base, parts.mine, parts.theirs]
  const keys = new Set(sides.flat().flatMap(({ key }) => (numbered.test(key) ? nameOf(key) : [])))
  const apart = new Set([...keys].filter(name => sides.every(units => haveOwnColumns(units, name))))
  if (apart.size === 0) return parts
  const named = (unit: Unit): Unit => {
    const name = nameOf(unit.key)
    return apart.has(name) ? { ...unit, key: `${name} ${headerOf(unit)}` } : unit
  }
  return {
    base: parts.base.map(named),
    mine: parts.mine.map(named),
    theirs: parts.theirs.map(named),
  }
}

const numbered = / #\d+$/
const nameOf = (key: string) => key.replace(numbered, '')

function haveOwnColumns(units: readonly Unit[], name: string): boolean {
  const headers = units.filter(({ key }) => nameOf(key) === name).map(headerOf)
  return !headers.includes(undefined) && new Set(headers).size === headers.length
}

/**
 * Whether pieces can be told apart by their keys: where several share one (waits, steps of a price), which is which is their
 * order alone, so none of them may differ.
 */
function isSteady({ base, mine, theirs }: Parts): boolean {
  const shared = (units: readonly Unit[]) =>
    units.flatMap(({ key }) => (numbered.test(key) ? nameOf(key) : []))
  const doubled = new Set([...shared(base), ...shared(mine), ...shared(theirs)])
  const said = (units: readonly Unit[]) =>
    units.flatMap(unit => (doubled.has(nameOf(unit.key)) ? saysOf(unit) : [])).join('\n')
  return said(base) === said(mine) && said(base) === said(theirs)
}

/** The columns of a grid: rows of different ones do not stand together. */
function headerOf({ items }: Unit): string | undefined {
  const header = items?.find(({ key }) => key.startsWith('| '))
  return header && saysOf(header)
}

function mergeHead(
  place: Place,
  { base, mine, theirs }: { base: Unit | undefined; mine: Unit; theirs: Unit },
): string {
  if (mine.head === base?.head) return theirs.head
  const isOne = saysOf({ ...mine, items: [] }) === saysOf({ ...theirs, items: [] })
  if (theirs.head === base?.head || isOne) return mine.head
  const { file, path, conflicts, choices } = place
  const heads = { base: base?.head, mine: mine.head, theirs: theirs.head }
  conflicts.push({ file, path, kind: base ? 'both-changed' : 'both-added', ...heads })
  return chosen(choices.get(placeOf(place)), {
    ...{ mine: mine.head, theirs: theirs.head },
    written: text => text,
  })
}

function conflict(place: Place, sides: Sides<Unit>, kind: Conflict['kind']): Unit | undefined {
  const { file, path, conflicts, choices } = place
  const text = (unit: Unit | undefined) => unit && bodyOf(unit)
  conflicts.push({
    file,
    path,
    kind,
    base: text(sides.base),
    mine: text(sides.mine),
    theirs: text(sides.theirs),
  })
  const { mine, theirs } = sides
  return chosen(choices.get(placeOf(place)), {
    mine,
    theirs,
    written: one => rewritten((mine ?? theirs)!, one),
  })
}

/** The piece with other words in its place; a comma or `;` behind a clause is its neighbours’ business. */
function rewritten(unit: Unit, text: string): Unit | undefined {
  const isRow = unit.says !== undefined
  const head = isRow ? text.trim() : text.trim().replace(/\s*[,，、;；]$/, '')
  return head === '' ? undefined : { ...unit, head, items: undefined, tail: '' }
}

/** Pieces that are listed behind commas keep one between each two, whoever is last now. */
function separated(units: readonly Unit[], sides: readonly (readonly Unit[])[]): Unit[] {
  const written = sides.flat()
  // Why: where some lines end without a comma, a line’s end is a sign of its own.
  const linesSeparate = sides.some(side =>
    side.slice(0, -1).some(({ separator }) => commaOf(separator) === undefined),
  )
  const comma = written.map(({ separator }) => commaOf(separator)).find(found => found !== undefined)
  if (comma === undefined) return units.map((unit, index) => apart(unit, units[index + 1]))
  return units.map((unit, index) => {
    const has = commaOf(unit.separator) !== undefined
    const isLast = index === units.length - 1
    if (isLast && has && !unitsEndWithComma(written))
      return { ...unit, separator: unit.separator.replace(/^([ \t\u3000]*)[,，、]/, '$1') }
    const isApart = isLast || has || (linesSeparate && units[index + 1]!.lead.includes('\n'))
    return isApart ? unit : { ...unit, separator: comma + unit.separator }
  })
}

function unitsEndWithComma(units: readonly Unit[]): boolean {
  return commaOf(units.at(-1)?.separator ?? '') !== undefined
}

/** The comma behind a piece; one in a comment behind it is none. */
function commaOf(separator: string): string | undefined {
  return /^[ \t\u3000]*([,，、])/.exec(separator)?.[1]
}

/** Two pieces on one line need a sign between them. */
function apart(unit: Unit, next: Unit | undefined): Unit {
  const isApart = !next || /^[ \t\u3000]*[;；]/.test(unit.separator) || next.lead.includes('\n')
  return isApart ? unit : { ...unit, separator: `;${unit.separator}` }
}
