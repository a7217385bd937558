import type { SendBound } from './bound.ts'
import type { Window } from './window.ts'

const wordsOf: Readonly<Record<Window, readonly [zh: string, en: string]>> = {
  day: ['每天', 'a day'],
  week: ['每周', 'a week'],
  month: ['每月', 'a month'],
}

/** What a person reads about the bounds of one kind of message: how many may come to one customer. */
export function explainBounds(bounds: readonly SendBound[]): { readonly zh: string; readonly en: string } {
  const [first] = bounds
  const zh = counted(bounds, ({ passed }) => passed, 0)
  const en = counted(bounds, ({ passed }) => passed, 1)
  return {
    zh: `${first?.purpose} ${first?.channel}：同一位客户${zh}`,
    en: `${first?.purpose} ${first?.channel}: ${en} to one customer`,
  }
}

/** The same of what one SOP asks for, before any limit; undefined when it sends nothing of the kind. */
export function explainAsked(
  bounds: readonly SendBound[],
  sop: string,
): { readonly zh: string; readonly en: string } | undefined {
  const [first] = bounds
  const most = (bound: SendBound) => bound.sops.find(each => each.sop === sop)?.most ?? null
  if (!first?.sops.some(each => each.sop === sop)) return undefined
  return {
    zh: `要发 ${first.purpose} ${first.channel}：同一位客户${counted(bounds, most, 0)}`,
    en: `asks for ${first.purpose} ${first.channel}: ${counted(bounds, most, 1)} to one customer`,
  }
}

function counted(
  bounds: readonly SendBound[],
  countOf: (bound: SendBound) => number | null,
  language: 0 | 1,
): string {
  if (bounds.every(bound => countOf(bound) === null)) return language === 0 ? '不限' : 'any number'
  const parts = bounds.flatMap(bound => {
    const count = countOf(bound)
    const word = wordsOf[bound.per][language]
    if (count === null) return []
    return language === 0 ? `${word}最多 ${count} 条` : `at most ${count} ${word}`
  })
  return parts.join(language === 0 ? '，' : ', ')
}

/** Bounds by kind of message, in their order. */
export function byKind(bounds: readonly SendBound[]): SendBound[][] {
  const groups = new Map<string, SendBound[]>()
  for (const bound of bounds) {
    const key = `${bound.purpose} ${bound.channel}`
    groups.set(key, [...(groups.get(key) ?? []), bound])
  }
  return [...groups.values()]
}
