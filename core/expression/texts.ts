import type { Value } from '#core/values'
import type { Builtin } from './builtins.ts'

/** The longest text a function yields, in UTF-16 units: a bound on what an expression may cost. */
export const MAX_TEXT = 100_000

const points = (text: Value) => [...(text as string)]

/** Functions of texts; lengths and places count code points from 1, so that 𠮷 is one. */
export const textBuiltins: Readonly<Record<string, Builtin>> = {
  'text+': (a, b) => bounded((a as string) + (b as string)),
  length: text => points(text).length,
  upper: text => (text as string).toUpperCase(),
  lower: text => (text as string).toLowerCase(),
  trim: text => (text as string).trim(),
  contains: (text, part) => (text as string).includes(part as string),
  starts_with: (text, part) => (text as string).startsWith(part as string),
  ends_with: (text, part) => (text as string).endsWith(part as string),
  /** From a place, counted from the end when it is negative; of a length or to the end. Absent outside of the text. */
  substring: (text, from, length) => {
    const all = points(text)
    const at = (from as number) < 0 ? all.length + (from as number) : (from as number) - 1
    if (at < 0 || at >= all.length) return null
    return all.slice(at, length === undefined ? undefined : at + Math.max(0, length as number)).join('')
  },
  before: (text, mark) => beforeMark(text as string, mark as string),
  after: (text, mark) => {
    const at = (text as string).indexOf(mark as string)
    return at < 0 ? '' : (text as string).slice(at + (mark as string).length)
  },
  /** The place of the first such part, counted in characters from 1; absent when there is none. */
  position: (text, part) => {
    const at = (text as string).indexOf(part as string)
    return at < 0 ? null : points((text as string).slice(0, at)).length + 1
  },
  repeat: (text, times) =>
    (times as number) < 0 || (text as string).length * (times as number) > MAX_TEXT
      ? null
      : (text as string).repeat(times as number),
  replace: (text, part, by) =>
    part === '' ? text! : bounded((text as string).split(part as string).join(by as string)),
  split: (text, mark) => (mark === '' ? points(text) : (text as string).split(mark as string)),
  join: (list, mark) =>
    bounded((list as readonly Value[]).filter(item => item !== null).join(mark as string)),
}

function beforeMark(text: string, mark: string): string {
  const at = text.indexOf(mark)
  return at < 0 ? '' : text.slice(0, at)
}

function bounded(text: string): Value {
  return text.length > MAX_TEXT ? null : text
}
