/** Whether two values say the same, maps, sets and their order included: plain data as checks hand it around. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof Map) return b instanceof Map && a.size === b.size && isSame([...a], [...b])
  if (a instanceof Set) return b instanceof Set && a.size === b.size && isSame([...a], [...b])
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  const keys = Object.keys(a)
  const others = Object.keys(b)
  return (
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && isSame(at(a, key), at(b, key)))
  )
}

/**
 * Whether two pieces of a tree say the same, the second lying `shift` behind the first: all is equal but `start` and `end`,
 * which differ by that.
 */
export function isMoved(a: unknown, b: unknown, shift: number): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  if (Array.isArray(a))
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, index) => isMoved(item, b[index], shift))
    )
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => {
      const [from, to] = [at(a, key), at(b, key)]
      const isPlace = (key === 'start' || key === 'end') && typeof from === 'number'
      return isPlace ? Object.is(from + shift, to) : Object.hasOwn(b, key) && isMoved(from, to, shift)
    })
  )
}

function at(owner: object, key: string): unknown {
  return (owner as Record<string, unknown>)[key]
}
