import type { Blueprint } from '#core/blueprint'
import { filledForm } from '#core/desk'
import { formFacts } from '#core/form'
import { evaluateTraced, type TableUse } from '#core/table'
import type { PlacedCase } from '#dsl/check'
import { tablesAsked } from './examine.ts'
import type { ScenarioResult } from './scenario.ts'

/** How much of a declaration a pack’s tests went through, and what they never came to. */
export interface Coverage {
  readonly what: 'nodes' | 'transitions' | 'ends' | 'rows' | 'routes' | 'steps'
  readonly name: string
  readonly hit: number
  readonly total: number
  /** Names, or rows from 1. */
  readonly missing: readonly string[]
}

/**
 * What of tickets, routes and tables the tests came to: by the stories’ histories, by the rows that cases and prices asked
 * for, and by the computed fields of the tickets as the stories left them.
 */
export function coverageOf(
  blueprint: Blueprint,
  { cases, stories }: { cases: readonly PlacedCase[]; stories: readonly ScenarioResult[] },
): Coverage[] {
  const asked = [
    ...cases.flatMap(test => tablesAsked(blueprint, test)),
    ...stories.flatMap(story => tablesOf(blueprint, story)),
  ]
  return [
    ...Object.keys(blueprint.tickets).flatMap(name => coverTicket(blueprint, name, stories)),
    ...Object.keys(blueprint.routes).map(name => coverRoute(blueprint, name, stories)),
    ...Object.keys(blueprint.sops).map(name => coverSop(blueprint, name, stories)),
    ...Object.entries(blueprint.tables).map(([name, { rows }]) => {
      const hit = new Set(asked.filter(use => use.table === name).map(use => use.row))
      return covered(
        'rows',
        name,
        rows.map((_, index) => [String(index + 1), hit.has(index)] as const),
      )
    }),
  ].filter(({ total }) => total > 0)
}

function covered(
  what: Coverage['what'],
  name: string,
  parts: readonly (readonly [part: string, isHit: boolean])[],
): Coverage {
  const missing = parts.flatMap(([part, isHit]) => (isHit ? [] : [part]))
  return { what, name, hit: parts.length - missing.length, total: parts.length, missing }
}

function coverTicket(blueprint: Blueprint, name: string, stories: readonly ScenarioResult[]): Coverage[] {
  const ticket = blueprint.tickets[name]!
  const seen = new Set(
    stories.flatMap(({ history }) =>
      history.flatMap(({ kind, event: { happened } }) => {
        if (kind !== name) return []
        if (happened.kind === 'node-entered') return [happened.node]
        if (happened.kind === 'node-left') return [`${happened.node}.${happened.event ?? 'after'}`]
        return happened.kind === 'closed' ? [happened.outcome] : []
      }),
    ),
  )
  const transitions = Object.entries(ticket.nodes).flatMap(([node, { reactions }]) =>
    reactions.flatMap(({ trigger, events }) =>
      trigger === 'after' ? [`${node}.after`] : events.map(event => `${node}.${event}`),
    ),
  )
  const judged = (names: readonly string[]) =>
    [...new Set(names)].map(part => [part, seen.has(part)] as const)
  return [
    covered('nodes', name, judged(Object.keys(ticket.nodes))),
    covered('transitions', name, judged(transitions)),
    covered('ends', name, judged(Object.keys(ticket.ends))),
  ]
}

function coverRoute(blueprint: Blueprint, name: string, stories: readonly ScenarioResult[]): Coverage {
  const rows = new Set(
    stories.flatMap(({ history }) =>
      history.flatMap(({ kind, event }) =>
        event.happened.kind === 'assigned' && `${kind}.${event.happened.node}` === name && 'trace' in event
          ? [(event.trace as { row?: number } | undefined)?.row]
          : [],
      ),
    ),
  )
  return covered(
    'routes',
    name,
    blueprint.routes[name]!.table.rows.map((_, index) => [String(index + 1), rows.has(index)] as const),
  )
}

/** The steps of an SOP that a story came to, whatever the gate then said. */
function coverSop(blueprint: Blueprint, name: string, stories: readonly ScenarioResult[]): Coverage {
  const seen = new Set(
    stories.flatMap(({ history }) =>
      history.flatMap(({ kind, event: { happened } }) =>
        kind === name && 'step' in happened && happened.step !== undefined ? [happened.step] : [],
      ),
    ),
  )
  const steps = blueprint.sops[name]!.steps.flatMap(step => ('name' in step ? [step.name] : []))
  return covered(
    'steps',
    name,
    steps.map(step => [step, seen.has(step)] as const),
  )
}

/** The rows that computed fields and prices of a story’s tickets asked for. */
function tablesOf(blueprint: Blueprint, { history, tickets, facts }: ScenarioResult): TableUse[] {
  const priced = history.flatMap(({ event: { happened } }) =>
    happened.kind === 'priced' ? happened.lines.flatMap(line => line.steps.flatMap(step => step.tables)) : [],
  )
  const computed = tickets.flatMap(state => {
    const filled = filledForm(blueprint, state)
    const names = formFacts(blueprint, filled, facts)
    return Object.values(blueprint.forms[filled.form]!.fields).flatMap(field =>
      field.computed ? evaluateTraced(blueprint, field.computed, names).tables : [],
    )
  })
  return [...priced, ...computed]
}
