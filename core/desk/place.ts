import { qualified } from '#core/blueprint'
import {
  assign,
  choose,
  routeAnswer,
  whyNot,
  type Assignment,
  type Need,
  type StaffFact,
} from '#core/routing'
import { spanInstant } from '#core/sla'
import type { TableAnswer } from '#core/table'
import { startDraft, type Question } from './command.ts'
import { factsOf, happen, storeOf, ticketOf, type Draft } from './draft.ts'

/** Of so many people who might have taken a place it is kept what would have given it to them. */
const MAX_OTHERWISE = 10

/** Finds who works a node: by its route's table when there is one, else among all who hold the role. */
export function assignNode(draft: Draft, node: string, forcedTeam: string | null): void {
  const { by, run } = ticketOf(draft).nodes[node]!
  if (by === 'customer' || run) return
  const { need, row } = needOf(draft, node, forcedTeam)
  const staff = staffNow(draft)
  if (draft.isTerse)
    return give(draft, node, {
      team: need.team,
      assignee: choose(need, staff)?.id ?? null,
    })
  record(draft, node, { need, staff, assignment: assign(need, staff), row })
}

/** What a waiting place needs of whoever takes it now; the team that it was passed on to stays. */
export function waitingNeed(question: Question, node: string): Need {
  const { state, blueprint } = question
  const passedOn = blueprint.routes[qualified(state!.kind, node)]?.after?.team ?? null
  const { team } = state!.tokens[node]!
  const draft = startDraft({ ...question, facts: { ...question.facts, at: question.at } })
  return needOf(draft, node, team === passedOn ? passedOn : null).need
}

/** What a place needs of whoever takes it, and the row of its route that says so. */
function needOf(
  draft: Draft,
  node: string,
  forcedTeam: string | null,
): { readonly need: Need; readonly row: number | null } {
  const route = draft.blueprint.routes[qualified(draft.state!.kind, node)]
  const answer =
    route && forcedTeam === null ? routeAnswer(draft.blueprint, route, factsOf(draft)) : undefined
  const need: Need = {
    role: ticketOf(draft).nodes[node]!.by,
    team: forcedTeam ?? textOf(answer, 'team'),
    skill: textOf(answer, 'skill'),
    store: storeOf(draft),
    cap: route?.cap ?? null,
    picks: route?.picks ?? [],
    keep: keptAssignee(draft, node),
  }
  return { need, row: answer?.row ?? null }
}

/** Staff with what this very decision has already given them. */
function staffNow({ events, facts }: Draft): readonly StaffFact[] {
  const given = new Map<string, number>()
  for (const { happened } of events)
    if (happened.kind === 'assigned' && happened.assignee !== null)
      given.set(happened.assignee, (given.get(happened.assignee) ?? 0) + 1)
  if (given.size === 0) return facts.staff
  return facts.staff.map(person => {
    const more = given.get(person.id)
    return more === undefined ? person : { ...person, load: person.load + more }
  })
}

/** Starts the wait that ends in another team, when the route has one and nobody was found; it counts from the place's entry. */
export function startRouteTimer(draft: Draft, node: string): void {
  const route = draft.blueprint.routes[qualified(draft.state!.kind, node)]
  const token = draft.state!.tokens[node]
  if (!route?.after || !token || token.assignee !== null || token.team === route.after.team) return
  const moment = { span: route.after.span, facts: factsOf(draft), frame: draft.facts }
  const instant = spanInstant(draft.blueprint, moment, { from: token.since, thousandths: 1000 })
  if (!('at' in instant)) return
  const id = `${node}#${token.visit}/route`
  const dueAt = Math.max(instant.at, draft.at)
  const timer = { id, dueAt, node, kind: 'route', index: 0, clock: null } as const
  happen(draft, { kind: 'timer-set', timer })
}

function record(
  draft: Draft,
  node: string,
  {
    need,
    staff,
    assignment,
    row,
  }: { need: Need; staff: readonly StaffFact[]; assignment: Assignment; row: number | null },
): void {
  const { assignee, candidates } = assignment
  const passed = candidates.filter(({ verdict }) => verdict === 'full' || verdict === 'later')
  const otherwise = passed.slice(0, MAX_OTHERWISE).flatMap(({ staff: id }) => whyNot(need, staff, id) ?? [])
  const trace = { row, team: need.team, skill: need.skill, cap: need.cap, candidates, otherwise }
  give(draft, node, { team: need.team, assignee }, trace)
}

function give(
  draft: Draft,
  node: string,
  { team, assignee }: { team: string | null; assignee: string | null },
  trace?: unknown,
): void {
  happen(draft, { kind: 'assigned', node, team, assignee }, trace)
  if (assignee !== null)
    draft.effects.push({ effect: 'notify-staff', staff: [assignee], reason: 'assigned', node })
}

function textOf(answer: TableAnswer | undefined, output: string): string | null {
  const value = answer?.values[output]
  return typeof value === 'string' ? value : null
}

function keptAssignee(draft: Draft, node: string): string | null {
  const keep = draft.blueprint.routes[qualified(draft.state!.kind, node)]?.keep
  const previous = draft.facts.previous[node]
  if (!keep || !previous) return null
  const moment = { span: keep, facts: factsOf(draft), frame: draft.facts }
  const until = spanInstant(draft.blueprint, moment, { from: previous.at, thousandths: 1000 })
  return 'at' in until && draft.at <= until.at ? previous.staff : null
}
