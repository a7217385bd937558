/** Counts admissions per key in fixed windows of `windowMs`; true while at most `limit` were admitted in this one. */
export function createRate(limit: number, windowMs: number): (key: string, at: number) => boolean {
  const counts = new Map<string, { window: number; count: number }>()
  return (key, at) => {
    const window = Math.floor(at / windowMs)
    const known = counts.get(key)
    const entry = known?.window === window ? known : { window, count: 0 }
    counts.set(key, entry)
    if (entry.count >= limit) return false
    entry.count += 1
    return true
  }
}
