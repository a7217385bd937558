import type { Blueprint, RouteBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import {
  changedFacts,
  changesWords,
  inputsOf,
  nearest,
  rangesOf,
  type Change,
  type Changed,
  type Place,
  type Words,
  type World,
} from '#core/otherwise'
import { evaluate, lookupRows, type TableAnswer } from '#core/table'

/** What the table of a route says of a ticket: which team, which skill, and by which row. */
export function routeAnswer(blueprint: Blueprint, route: RouteBlueprint, facts: Facts): TableAnswer {
  const inputs = route.table.inputs.map(
    (column, index) => [column.name, evaluate(blueprint, route.inputs[index]!, facts)] as const,
  )
  return lookupRows(blueprint, route.table, Object.fromEntries(inputs))
}

/** A change after which another team or skill is asked for; `row` null when no row would answer. */
export interface RouteOtherwise {
  readonly changes: readonly Change<Place>[]
  readonly row: number | null
  readonly team: string | null
  readonly skill: string | null
}

/** The smallest changes of a ticket after which its route asks for another team or skill. */
export function routeOtherwise(world: World, route: RouteBlueprint): RouteOtherwise[] {
  const answer = (changes: readonly Changed<Place>[]) =>
    routeAnswer(world.blueprint, route, changedFacts(world, changes))
  const decide = (changes: readonly Changed<Place>[]) => {
    const { values } = answer(changes)
    return JSON.stringify([values.team ?? null, values.skill ?? null])
  }
  const asked = route.inputs.map((code, index) => ({ code, ranges: rangesOf(route.table, index) }))
  return nearest({ inputs: inputsOf(world, asked), decide }).map(({ changes, decision }) => {
    const [team, skill] = JSON.parse(decision) as [string | null, string | null]
    return { changes, row: answer(changes).row ?? null, team, skill }
  })
}

/** "若客户的等级 = VIP，就会派给 VIP客服组". */
export function routeOtherwiseWords(world: World, { changes, row, team, skill }: RouteOtherwise): Words {
  const supposed = changesWords(world, changes)
  const zh = [
    ...(team === null ? ['不限服务组'] : [`派给「${team}」`]),
    ...(skill === null ? [] : [`要求技能「${skill}」`]),
  ]
  const en = [
    ...(team === null ? ['any team may take it'] : [`it goes to “${team}”`]),
    ...(skill === null ? [] : [`the skill “${skill}” is asked for`]),
  ]
  if (row === null) return { zh: `${supposed.zh}，就没有一行命中`, en: `${supposed.en}, no row answers` }
  return {
    zh: `${supposed.zh}，就会${zh.join('，')}（第 ${row + 1} 行）`,
    en: `${supposed.en}, ${en.join(' and ')} (row ${row + 1})`,
  }
}
