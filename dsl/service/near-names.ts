import { builtins } from '#core/expression'
import { scalarKinds } from '#core/values'
import { pinyin } from 'pinyin-pro'
import { pathOf } from './symbol.ts'
import type { SymbolIndex } from './symbol-index.ts'

const MAX_SUGGESTIONS = 6

/** Names that may have been meant: those few letters away, and those that sound the same; the nearest first. */
export function nearNames(index: SymbolIndex, written: string): string[] {
  const declared = index.occurrences.map(({ symbol }) => pathOf(symbol).split('.').at(-1)!)
  return nearWords(written, [...declared, ...scalarKinds, ...Object.keys(builtins), ...words])
}

/** The same among given words: also by pinyin (以退款 for 已退款, `yituikuan`) or its initials (`ytk`). */
export function nearWords(written: string, candidates: Iterable<string>): string[] {
  const wanted = written.normalize('NFKC').toLowerCase()
  const sound = soundOf(wanted)
  const limit = Math.max(1, Math.floor(wanted.length / 3))
  const isLatin = /^[a-z]{2,}$/.test(wanted)
  const near = (name: string) => {
    if (soundOf(name) === sound) return 0
    if (isLatin && initialsOf(name) === wanted) return 0.5
    const distance = editDistance(wanted, name.toLowerCase())
    return distance <= limit && distance < Math.max(name.length, 1) ? distance : undefined
  }
  const known = new Set(candidates)
  known.delete(written)
  return [...known]
    .flatMap(name => {
      const distance = near(name)
      return distance === undefined ? [] : [{ name, distance }]
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ name }) => name)
}

const words = [
  ...[
    'first',
    'unique',
    'any',
    'half_up',
    'half_down',
    'half_even',
    'down',
    'up',
    'customer',
    'assignee',
    'upstream',
  ],
  ...['downstream', 'admin', 'promo', 'service', 'urgent', 'chat', 'profile', 'group', 'workbench', 'web'],
  ...['least_loaded', 'longest_idle', 'round_robin', 'weight', 'known', '低', '中', '高', '紧急'],
]

/** How many letters must be put in, left out, replaced, or swapped with their neighbour. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      row[j] = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}

function initialsOf(word: string): string {
  if (!/[\u3400-\u9fff]/.test(word)) return ''
  return pinyin(word, { pattern: 'first', toneType: 'none', separator: '', nonZh: 'consecutive' })
    .replaceAll(/\s/g, '')
    .toLowerCase()
}

function soundOf(word: string): string {
  return pinyin(word, { toneType: 'none', separator: '', nonZh: 'consecutive' })
    .replaceAll(/\s/g, '')
    .toLowerCase()
}
