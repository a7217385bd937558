import type { JsonValue } from '#core/values'

/** When something was said of a field, and by which message where two say it at one time. */
export type Stamp = readonly [at: number, message: string]

/** What is known of a record, and since when; what was written by hand is stamped under `''` for all fields. */
export interface Kept {
  readonly data: Readonly<Record<string, JsonValue>>
  readonly stamps: Readonly<Record<string, Stamp>>
}

/** The stamps of a record all of which was written at once: what messages said before no longer counts. */
export function writtenAt(at: number): Kept['stamps'] {
  return { '': [at, BEHIND_ALL] }
}

/** Sorts behind every id of a message. */
const BEHIND_ALL = '\uffff'

/**
 * A record with what a message says of it: of every field the latest word counts, whenever it arrives, so that messages in any
 * order, some twice, come to what they come to in theirs.
 */
export function keepLatest(kept: Kept, fields: Readonly<Record<string, JsonValue>>, stamp: Stamp): Kept {
  const data = { ...kept.data }
  const stamps = { ...kept.stamps }
  for (const [name, value] of Object.entries(fields)) {
    const known = stamps[name] ?? stamps['']
    if (known && !isLater(stamp, known)) continue
    data[name] = value
    stamps[name] = stamp
  }
  return { data, stamps }
}

function isLater([at, message]: Stamp, [knownAt, knownMessage]: Stamp): boolean {
  return at === knownAt ? message > knownMessage : at > knownAt
}
