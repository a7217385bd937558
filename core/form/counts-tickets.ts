import type { Blueprint, Code } from '#core/blueprint'

/** Whether fields of an entity are worked out from the tickets about a record: only then they need to be known. */
export function countsTickets(blueprint: Blueprint, entity: string): boolean {
  let counts = known.get(blueprint)
  if (!counts) known.set(blueprint, (counts = new Map()))
  let found = counts.get(entity)
  if (found === undefined) {
    const fields = Object.values(blueprint.entities[entity]?.fields ?? {})
    found = fields.some(({ computed }) => computed !== undefined && hasFold(computed))
    counts.set(entity, found)
  }
  return found
}

const known = new WeakMap<Blueprint, Map<string, boolean>>()

function hasFold(code: Code): boolean {
  if (code.op === 'fold') return true
  if (code.op === 'member') return hasFold(code.of)
  if (code.op === 'apply' || code.op === 'table') return code.args.some(hasFold)
  return code.op === 'list' && code.items.some(hasFold)
}
