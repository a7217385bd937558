import type { Blueprint, OverlayBlueprint } from '#core/blueprint'
import { localDate, localTime, regionName } from '#core/values'
import type { PoolNode, QuoteNode, RatesNode, RebateNode } from '#dsl/syntax'
import { readExpression } from './expression.ts'
import { readGrid } from './grid.ts'
import { readSteps } from './money.ts'

/** 「应急定价：2026-11-10 08:00 到 2026-11-13 08:00，在华东，「上门报价」的备件费加急时乘120%，最多¥500；到点自动恢复。」 */
export function readOverlay(blueprint: Blueprint, overlay: OverlayBlueprint): string {
  const { label, price, line, from, to, regions, steps } = overlay
  const { zone } = blueprint.pack
  const where = regions.length === 0 ? '' : `，在${regions.map(regionName).join('、')}`
  const priced = blueprint.prices[price]
  const lineLabel = priced?.lines.find(each => each.name === line)?.label ?? line
  const when = `${instant(from, zone)} 到 ${instant(to, zone)}${where}`
  return `${label}：${when}，「${priced?.label ?? price}」的${lineLabel}：${readSteps(blueprint, steps)}；到点自动恢复。`
}

function instant(at: number, zone: string): string {
  return `${localDate(at, zone)} ${localTime(at, zone)}`
}

/** 「进货返利：按门店的季度进货分档，进货低于 ¥100,000：返点 0%；…；每一段各按各的比例算。」 */
export function readRebate(blueprint: Blueprint, node: RebateNode): string {
  const { name, label, on, mode, grid } = node
  const way = mode === 'marginal' ? '每一段各按各的比例算' : '全部金额都按所在那一档算'
  const [entity = '', field = ''] = on.text.split('.')
  return `${label?.value ?? name.text}：按${entity}的${field}分档，${readGrid(blueprint, grid).join('；')}；${way}。`
}

/** 「USD 汇率：2026-01-01 起 1 USD 折 7.12 CNY。」 */
export function readRates({ pack }: Blueprint, { name, rates }: RatesNode): string {
  const said = rates.map(({ date, rate }) => {
    const worth = rate.kind === 'literal' ? rate.image : ''
    return `${date} 起 1 ${name.text} 折 ${worth} ${pack.currency}`
  })
  return `${name.text} 汇率：${said.join('；')}。`
}

/** 「安装报价：给客户这些选择：标准（按「上门报价」）、延保（按「延保报价」）；14 天内有效。」 */
export function readQuote(blueprint: Blueprint, { name, label, options, valid }: QuoteNode): string {
  const said = options.map(
    ({ name: option, price }) =>
      `${option.text}（按「${blueprint.prices[price.text]?.label ?? price.text}」）`,
  )
  const until = valid ? `；${readExpression(blueprint, valid)}内有效` : ''
  return `${label?.value ?? name.text}：给客户这些选择：${said.join('、')}${until}。`
}

/** 「线索池：每人每 1 天最多认领 5 条，认领后 7 天内只归认领的人，14 天没有进展就退回池里。」 */
export function readLeadPool(
  blueprint: Blueprint,
  { name, label, claim, protect, returns }: PoolNode,
): string {
  const parts = [
    ...(claim ? [`每人每 ${readExpression(blueprint, claim.per)}最多认领 ${claim.count} 条`] : []),
    ...(protect ? [`认领后 ${readExpression(blueprint, protect)}内只归认领的人`] : []),
    ...(returns ? [`${readExpression(blueprint, returns)}没有进展就退回池里`] : []),
  ]
  return `${label?.value ?? name.text}：${parts.length > 0 ? parts.join('，') : '没有限制'}。`
}
