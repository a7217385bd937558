const known = new Map<string, Map<string, string>>()
/** Kinds whose names are kept; all are dropped when there are more, which is cheaper than choosing. */
const MAX_KINDS = 5000

/** `报修.受理`: a name of a ticket as others call it. Always the same string, so that it is looked up without being read. */
export function qualified(kind: string, name: string): string {
  let names = known.get(kind)
  if (!names) {
    if (known.size >= MAX_KINDS) known.clear()
    known.set(kind, (names = new Map()))
  }
  let whole = names.get(name)
  if (whole === undefined) names.set(name, (whole = `${kind}.${name}`))
  return whole
}
