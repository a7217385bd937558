import type { Facts } from '#core/expression'

/** Makes the names of a row: its own fields, and around them what the row stands in. */
export type RowNames = (around: Facts, fields: Facts) => Facts

/** Row names of just those names that some codes read, so that making them costs next to nothing for each row. */
export function rowNamesOf(names: ReadonlySet<string>, isOwn: (name: string) => boolean): RowNames {
  const Row = function (this: Layers, around: Facts, fields: Facts) {
    this[AROUND] = around
    this[OWN] = fields
  } as unknown as new (around: Facts, fields: Facts) => Facts
  Row.prototype = Object.create(null) as object
  for (const name of names) {
    const layer = isOwn(name) ? OWN : AROUND
    Object.defineProperty(Row.prototype, name, {
      get(this: Layers) {
        return this[layer][name]
      },
    })
  }
  return (around, fields) => new Row(around, fields)
}

/** No names of the language. */
const AROUND = Symbol('around')
const OWN = Symbol('own')

interface Layers {
  [AROUND]: Facts
  [OWN]: Facts
}
