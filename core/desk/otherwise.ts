import type { Blueprint, Code, NodeBlueprint, TargetBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { formFacts } from '#core/form'
import {
  changedFacts,
  changesWords,
  inputsOf,
  nameWords,
  nearest,
  standing,
  type Change,
  type Changed,
  type Place,
  type Words,
  type World,
} from '#core/otherwise'
import { filledForm, type DeskFacts } from './draft.ts'
import type { TicketState } from './state.ts'
import { chosenReaction } from './transition.ts'

/** What decisions about a ticket read at an instant; only fields of its form that `mayRead` lets through are named. */
export function ticketWorld(
  blueprint: Blueprint,
  state: TicketState,
  { facts, at, mayRead }: { facts: DeskFacts; at: number; mayRead: (field: string) => boolean },
): World {
  const filled = filledForm(blueprint, state)
  const { fields } = blueprint.forms[filled.form]!
  return {
    ...{ blueprint, form: filled.form, zone: facts.zone },
    fresh: () => formFacts(blueprint, filled, { ...facts, at }),
    mayName: ([name]) => typeof name !== 'string' || !Object.hasOwn(fields, name) || mayRead(name),
  }
}

/** A change after which a transition would lead elsewhere; `target` undefined where it stays, null where none is possible. */
export interface TransitionOtherwise {
  readonly changes: readonly Change<Place>[]
  readonly target: TargetBlueprint | undefined | null
}

/** Where a transition leads as things stand; null when no reaction of the event has a condition that holds. */
export function whereTo(world: World, node: NodeBlueprint, event: string): TransitionOtherwise['target'] {
  return targetOf(node, chosenReaction(world.blueprint, node, { event, facts: world.fresh() }))
}

/** The smallest changes of a ticket after which a transition would lead elsewhere, be possible at last, or no longer. */
export function transitionOtherwise(world: World, node: NodeBlueprint, event: string): TransitionOtherwise[] {
  const decide = (changes: readonly Changed<Place>[]) =>
    String(chosenReaction(world.blueprint, node, { event, facts: changedFacts(world, changes) }))
  const guards = node.reactions.filter(({ events }) => events.includes(event)).map(({ when }) => when)
  const now = chosenReaction(world.blueprint, node, { event, facts: world.fresh() })
  const taken = now < 0 ? undefined : node.reactions[now]!
  const short = (changes: readonly Changed<Place>[]) =>
    inTheWay(world.blueprint, { guards, taken: taken?.when }, changedFacts(world, changes))
  const found = nearest({ inputs: inputsOf(world, guards.flatMap(asked)), decide, short })
  return found.map(({ changes, decision }) => ({ changes, target: targetOf(node, Number(decision)) }))
}

/** How much stands in the way of another way: one that has a condition holds at last, or the one taken does no longer. */
function inTheWay(
  blueprint: Blueprint,
  { guards, taken }: { guards: readonly (Code | undefined)[]; taken: Code | undefined },
  facts: Facts,
): number {
  const others = guards.flatMap(code =>
    code && code !== taken ? [standing(blueprint, { code, wanted: true }, facts)] : [],
  )
  const own = taken ? [standing(blueprint, { code: taken, wanted: false }, facts)] : []
  return Math.min(...others, ...own)
}

function asked(code: Code | undefined) {
  return code ? [{ code }] : []
}

function targetOf({ reactions }: NodeBlueprint, index: number): TransitionOtherwise['target'] {
  return index < 0 ? null : reactions[index]!.target
}

/** "若应退 ≤ ¥5,000.00，「同意」就会到「打款」". */
export function transitionOtherwiseWords(
  world: World,
  { kind, event }: { kind: string; event: string },
  { changes, target }: TransitionOtherwise,
): Words {
  const supposed = changesWords(world, changes)
  const name = nameWords(world.blueprint, `${kind}.${event}`, event)
  if (target === null)
    return { zh: `${supposed.zh}，就不能「${name.zh}」`, en: `${supposed.en}, “${name.en}” is not possible` }
  const place = target && placeWords(world.blueprint, kind, target)
  if (!place)
    return { zh: `${supposed.zh}，「${name.zh}」就可以进行`, en: `${supposed.en}, “${name.en}” is possible` }
  return {
    zh: `${supposed.zh}，「${name.zh}」就会到「${place.zh}」`,
    en: `${supposed.en}, “${name.en}” leads to “${place.en}”`,
  }
}

/** What people call the place a target leads to; undefined for a branch that is done. */
function placeWords(blueprint: Blueprint, kind: string, target: TargetBlueprint): Words | undefined {
  if (target.go === 'done') return undefined
  const own = blueprint.tickets[kind]!.nodes[target.to]?.label ?? target.to.split('.').at(-1)!
  return nameWords(blueprint, `${kind}.${target.to}`, own)
}

/** A sentence for a branch of a region that a condition starts or leaves out. */
export function branchOtherwiseWords(
  world: World,
  { branch, active }: { branch: string; active: boolean },
  changes: readonly Change<Place>[],
): Words {
  const supposed = changesWords(world, changes)
  return active
    ? {
        zh: `${supposed.zh}，就没有「${branch}」分支`,
        en: `${supposed.en}, the branch “${branch}” is left out`,
      }
    : { zh: `${supposed.zh}，就会有「${branch}」分支`, en: `${supposed.en}, the branch “${branch}” starts` }
}
