import type {
  Blueprint,
  PriceBlueprint,
  PriceLineBlueprint,
  PriceStepBlueprint,
  SettlementBlueprint,
  ShareBlueprint,
} from '#core/blueprint'
import { readCode, readPercent, readValue } from './code.ts'
import { readRounding } from './rounding.ts'
import { readSpan } from './span.ts'

/** A price, a sentence per line: 「人工费：以项目的三线价为准，乘 …，四舍五入到 ¥0.01。」 */
export function readPrice(blueprint: Blueprint, { lines, total }: PriceBlueprint): string[] {
  return [...lines.map(line => readLine(blueprint, line)), `${total}：以上各项相加。`]
}

function readLine(blueprint: Blueprint, { label, per, when, steps, rounding }: PriceLineBlueprint): string {
  const scope = `${when ? `${readCode(blueprint, when)}时，` : ''}${per === null ? '' : `${per}的每一行，`}`
  const done = readSteps(blueprint, steps)
  return `${label}：${scope}${[done, ...(rounding ? [readRounding(blueprint, rounding)] : [])].join('，')}。`
}

/** What is done to an amount, step by step. */
export function readSteps(blueprint: Blueprint, steps: readonly PriceStepBlueprint[]): string {
  const said = steps.map(({ kind, value, when }) => {
    const condition = when ? `${readCode(blueprint, when)}时` : ''
    return `${condition}${stepWords[kind]}${readCode(blueprint, value)}`
  })
  return said.join('，')
}

const stepWords = { base: '以此为准：', times: '乘', plus: '加', cap: '最多' } as const

/** Who gets what of which amount, and when. */
export function readSettlement(blueprint: Blueprint, settlement: SettlementBlueprint): string {
  const { label, on, hold, base, rounding, shares } = settlement
  const [ticket = '', ...outcome] = on.split('.')
  const kind = blueprint.tickets[ticket]?.label
  const moment =
    kind === undefined ? `${ticket}${outcome.at(-1)}时结算` : `${kind}以「${outcome.at(-1)}」结束时结算`
  const later = hold ? `，${readSpan(blueprint, hold)}后可以支付` : ''
  const parts = shares.map(share => readShare(blueprint, share)).join('，')
  return `${label}：${moment}${later}；把${readCode(blueprint, base)}${readRounding(blueprint, rounding)}分给：${parts}。`
}

function readShare(blueprint: Blueprint, { party, share, cap, when, shares }: ShareBlueprint): string {
  const name = blueprint.parties[party] ?? party
  const part = share === 'rest' ? '余下部分' : share === 'equal' ? '均分' : readPercent(share)
  const bound = cap === undefined ? '' : `（最多 ${readValue(blueprint, { kind: 'money' }, cap)}）`
  const guard = when ? `（${readCode(blueprint, when)}时）` : ''
  const inner = shares.length === 0 ? '' : `，其中${shares.map(one => readShare(blueprint, one)).join('、')}`
  return `${name} ${part}${bound}${guard}${inner}`
}
