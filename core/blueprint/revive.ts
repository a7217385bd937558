import type { Blueprint } from './blueprint.ts'

/** What a blueprint of this format has when it was written before there was such a thing. */
const none = { signals: {}, sources: {}, overlays: {}, migrations: {}, open: [] } satisfies Partial<Blueprint>

/**
 * A stored blueprint as this version reads it: a running ticket keeps the one it began with, however old. Sections that were
 * added to the format since are empty; throws RangeError for a format this version does not know.
 */
export function reviveBlueprint(stored: unknown): Blueprint {
  const { formatVersion } = stored as { formatVersion?: unknown }
  if (formatVersion !== 1) throw new RangeError(`unknown blueprint format ${String(formatVersion)}`)
  return { ...none, ...(stored as Blueprint) }
}
