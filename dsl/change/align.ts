import type { Unit } from './unit.ts'

/**
 * The pieces of a side under the keys of the base: what stands where a piece of the same sort went is that piece under another
 * name, such as a row whose conditions changed. Only pieces without parts are taken for each other, and only where as many
 * came as went.
 */
export function aligned(base: readonly Unit[], side: readonly Unit[]): readonly Unit[] {
  const old = new Map(base.map((unit, index) => [unit.key, index]))
  const now = new Map(side.map((unit, index) => [unit.key, index]))
  const keys = new Map<number, string>()
  for (let at = 0; at < base.length; at++) {
    if (now.has(base[at]!.key)) continue
    const end = base.findIndex(({ key }, index) => index > at && now.has(key))
    const gone = base.slice(at, end < 0 ? base.length : end)
    const from = at === 0 ? 0 : now.get(base[at - 1]!.key)! + 1
    const to = end < 0 ? side.length : now.get(base[end]!.key)!
    const came = side.slice(from, Math.max(from, to))
    const isSwap = came.length === gone.length && came.every(({ key }) => !old.has(key))
    if (isSwap)
      came.forEach((unit, index) => {
        if (isAlike(unit, gone[index]!)) keys.set(from + index, gone[index]!.key)
      })
    at += gone.length - 1
  }
  return keys.size === 0 ? side : side.map((unit, index) => ({ ...unit, key: keys.get(index) ?? unit.key }))
}

/** Of one sort: rows, or clauses that begin with the same word, or fields; told apart by more than their order. */
function isAlike(one: Unit, other: Unit): boolean {
  const isLeaf = !one.items && !other.items
  const isOrdered = / #\d+$/.test(one.key) || / #\d+$/.test(other.key)
  return isLeaf && !isOrdered && sortOf(one) === sortOf(other)
}

function sortOf({ key, head }: Unit): string {
  const [word = '', ...rest] = key.split(' ')
  if (rest.length > 0) return word
  return /^[^\s:：]+\s*[:：]/.test(head) ? ':' : 'name'
}
