import { MAX_FAULTS } from './limit.ts'
import { fileOf, parse, readApart, recalled, remember, type ParsedFile } from './parse.ts'
import type { Declaration, Span } from './tree.ts'

/** Where two texts differ: from `from` on, up to `to` in the old one; what follows lies `shift` further in the new one. */
interface Change {
  readonly from: number
  readonly to: number
  readonly shift: number
}

/** The declarations to be read again, and the first behind them that must come out as it was. */
interface Window {
  /** Index of the first declaration that is read again, and where its line starts in both texts. */
  readonly first: number
  readonly start: number
  /** Index of the declaration that proves the reader to be in step again, and the end of its part in the old text. */
  readonly proof: number | undefined
  readonly end: number
}

/**
 * What `parse` gives of a text, by way of what it gave of the text before a change: read again are the declarations around
 * the change and one to each side of it, the others are taken over, those behind it at their new places. Where the reader
 * does not come out in step, the whole text is read.
 */
export function reparse(before: ParsedFile, source: string): ParsedFile {
  if (recalled(source)) return parse(source)
  const change = changeOf(before.source, source)
  const window = windowOf(before, change)
  const file = window && spliced(before, source, { window, change })
  return file ? remember(fileOf(file)) : parse(source)
}

function changeOf(before: string, after: string): Change {
  const most = Math.min(before.length, after.length)
  let from = 0
  while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) from++
  let [to, end] = [before.length, after.length]
  while (to > from && end > from && before.charCodeAt(to - 1) === after.charCodeAt(end - 1)) {
    to--
    end--
  }
  return { from, to, shift: after.length - before.length }
}

function windowOf(before: ParsedFile, { from, to }: Change): Window | undefined {
  const { declarations, source } = before
  if (before.faults.length >= MAX_FAULTS) return undefined
  const isFresh = (index: number) => startsFresh(before, declarations[index]!)
  // Why one more: what stands before a declaration was read with a look at its first words.
  let first = declarations.findLastIndex(({ start }) => start < from) - 1
  while (first >= 0 && !isFresh(first)) first--
  if (first < 0) return undefined
  let proof = declarations.findIndex(({ start }) => lineOf(source, start) > to)
  while (proof >= 0 && proof + 1 < declarations.length && !(isFresh(proof) && isFresh(proof + 1))) proof++
  const start = lineOf(source, declarations[first]!.start)
  if (proof < 0 || proof + 1 >= declarations.length)
    return { first, start, proof: undefined, end: source.length }
  return { first, start, proof, end: lineOf(source, declarations[proof + 1]!.start) }
}

/** Whether a declaration starts its line, and nothing is wrong there: a fault may be one of what stands before. */
function startsFresh({ source, faults }: ParsedFile, { start }: Declaration): boolean {
  const line = lineOf(source, start)
  return (
    /^(?:(?:open|closed)[ \t]+)?$/.test(source.slice(line, start)) &&
    !faults.some(fault => line <= fault.start && fault.start <= start)
  )
}

function lineOf(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1
}

/** The old declarations and faults around those of the part that is read again; undefined when that does not fit between. */
function spliced(
  before: ParsedFile,
  source: string,
  { window, change }: { readonly window: Window; readonly change: Change },
): Omit<ParsedFile, 'tokens'> | undefined {
  const { first, start, proof, end } = window
  const read = readApart(source.slice(start, end + change.shift))
  const behind = proof === undefined ? Infinity : lineOf(before.source, before.declarations[proof]!.start)
  const isPart = (at: Span) => start + at.start < behind + change.shift
  const ends = read.declarations.filter(node => !isPart(node))
  const isInStep =
    proof === undefined ||
    (ends.length === 1 &&
      start + ends[0]!.start === before.declarations[proof]!.start + change.shift &&
      read.faults.every(isPart))
  if (!isInStep || read.faults.some(({ kind }) => kind === 'too-deep')) return undefined
  const around = <T extends Span>(old: readonly T[], anew: readonly T[]): T[] => [
    ...old.filter(each => each.start < start),
    ...moved(anew.filter(isPart), start),
    ...moved(
      old.filter(each => each.start >= behind),
      change.shift,
    ),
  ]
  const faults = around(before.faults, read.faults)
  if (faults.length >= MAX_FAULTS) return undefined
  const declarations = [
    ...before.declarations.slice(0, first),
    ...moved(read.declarations.filter(isPart), start),
    ...(proof === undefined ? [] : moved(before.declarations.slice(proof), change.shift)),
  ]
  return { source, declarations, faults, lost: around(before.lost, read.lost) }
}

/** A piece of a tree, so much further on. */
function moved<T>(value: T, by: number): T {
  if (by === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: unknown) => moved(item, by)) as T
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) }
  if (typeof copy.start === 'number') copy.start += by
  if (typeof copy.end === 'number') copy.end += by
  for (const key in copy) if (typeof copy[key] === 'object') copy[key] = moved(copy[key], by)
  return copy as T
}
