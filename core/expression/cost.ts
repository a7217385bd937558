import type { Blueprint, Code } from '#core/blueprint'

/** Rows that a list is reckoned with when nothing says how many it may hold. */
export const ASSUMED_ROWS = 1_000
/** How deep fields that read computed fields are followed. */
const MAX_DEPTH = 20

/**
 * The most steps working an expression out may take: one for each constant, name, operator and call, the search tree of a
 * table, and a list's rows times what is asked of each. Computed fields that it reads by `field` are reckoned in.
 */
export function costOf(
  blueprint: Blueprint,
  code: Code,
  field: (name: string) => Code | undefined = () => undefined,
  depth = 0,
): number {
  const cost = (part: Code) => costOf(blueprint, part, field, depth)
  const sum = (parts: readonly Code[]) => parts.reduce((total, part) => total + cost(part), 0)
  switch (code.op) {
    case 'const':
      return 1
    case 'name': {
      const computed = depth < MAX_DEPTH ? field(code.name) : undefined
      return 1 + (computed ? costOf(blueprint, computed, field, depth + 1) : 0)
    }
    case 'member':
      return 1 + cost(code.of)
    case 'list':
      return 1 + sum(code.items)
    case 'fold':
      return (
        cost(code.over) +
        ASSUMED_ROWS * (1 + sum([code.where, code.value].filter(part => part !== undefined)))
      )
    case 'table': {
      const { rows = [], inputs = [] } = blueprint.tables[code.name] ?? {}
      return 1 + sum(code.args) + inputs.length * Math.ceil(Math.log2(rows.length + 2))
    }
    case 'apply':
      return 1 + sum(code.args)
  }
}
