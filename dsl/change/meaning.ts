import type { Blueprint } from '#core/blueprint'

/** Sections whose declarations mean the same in any order; the first ticket with `entry chat` takes messages. */
const ordered: ReadonlySet<string> = new Set(['tickets'])

/**
 * The meaning of a pack as one text: equal for two packs exactly when they do the same. Layout, comments, the order of files
 * and of declarations leave no trace; the order of fields, values, rows and steps does.
 */
export function meaningOf(blueprint: Blueprint): string {
  const sections = Object.entries(blueprint)
    .map(([section, held]) => [section, ordered.has(section) ? held : sorted(held)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(sections)
}

export function sameMeaning(a: Blueprint, b: Blueprint): boolean {
  return meaningOf(a) === meaningOf(b)
}

/** Declarations by their names; anything else as it is. */
function sorted(held: unknown): unknown {
  if (Array.isArray(held)) return held.toSorted()
  if (typeof held !== 'object' || held === null) return held
  return Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1))
}
