import type { Blueprint } from '#core/blueprint'
import type {
  AlertNode,
  BoardNode,
  ClassifyNode,
  MetricNode,
  Name,
  SignalNode,
  SourceNode,
} from '#dsl/syntax'
import { readActs, readEvent } from './acts.ts'
import { readExpression } from './expression.ts'
import { readRole } from './flow.ts'
import { readGrid } from './grid.ts'
import { readName } from './code.ts'

/** 「降雨预报：每 6 小时向 weather.forecast 问一次系数；系数只认 100% 到 110%；暴雨时开一张「应急预案」。」 */
export function readSignal(blueprint: Blueprint, node: SignalNode): string {
  const { name, label, from, outputs, every, bounds, reactions } = node
  const asked = outputs.map(output => output.name.text).join('、')
  const rhythm = every ? `每 ${readExpression(blueprint, every)}` : ''
  const parts = [
    from ? `${rhythm}向 ${from.source.text} 问一次${asked}` : `别的系统报来${asked}`,
    ...bounds.map(({ output, range }) => `${output.text}只认 ${readExpression(blueprint, range)}`),
    ...reactions.map(({ event, acts }) => `${event.text}时${readActs(blueprint, acts)}`),
  ]
  return `${label?.value ?? name.text}：${parts.join('；')}。`
}

/** 「批量问题：报修完工按设备的型号、故障计数，30 天内不低于 3 时提醒品控“…”，24 小时内只提醒一次。」 */
export function readAlert(
  blueprint: Blueprint,
  { name, label, on, by, when, once, acts }: AlertNode,
): string {
  const cut = by.length === 0 ? '' : `按${by.map(part => readExpression(blueprint, part)).join('、')}`
  const counted = when
    ? `${cut}计数，${readExpression(blueprint, when.per)}内${readExpression(blueprint, when.condition).replace(/^count/, '')}时`
    : `${cut === '' ? '' : `${cut}分别看，`}每次`
  const again = once ? `，${readExpression(blueprint, once)}内只提醒一次` : ''
  return `${label?.value ?? name.text}：${readEvent(on)}${counted}${readActs(blueprint, acts)}${again}。`
}

/** 「首响：报修的受理的用时中位数，按地区、项目分开看。」 */
export function readMetric(blueprint: Blueprint, { name, label, value, by }: MetricNode): string {
  const cut = by.length === 0 ? '' : `，按${namesSaid(by)}分开看`
  return `${label?.value ?? name.text}：${readExpression(blueprint, value)}${cut}。`
}

/** 「运营：给店长、服务经理看；首响画成热力图，按地区分；到课率画成折线，按提醒时刻分。」 */
export function readBoard(blueprint: Blueprint, { name, label, roles, shows }: BoardNode): string {
  const seen = roles.map(role => readRole(blueprint, role.text)).join('、')
  const said = shows.map(({ metric, as, by }) => {
    const cut = by.length === 0 ? '' : `，按${namesSaid(by)}分`
    return `${metric.text}画成${pictureWords[as.text] ?? as.text}${cut}`
  })
  return `${label?.value ?? name.text}：给${seen}看；${said.join('；')}。`
}

const pictureWords: Readonly<Record<string, string>> = {
  ...{
    number: '数字',
    line: '折线',
    bar: '柱形',
    heat: '热力图',
    table: '表格',
    funnel: '漏斗',
    rank: '排行',
    map: '地图',
  },
}

function namesSaid(names: readonly Name[]): string {
  return names.map(({ text }) => ({ arm: '分组', ...{ region: '地区' } })[text] ?? readName(text)).join('、')
}

/** 「来意：来文里有的词是“投诉”：类型 质量，优先级 紧急；拿不准的交给客服。」 */
export function readClassify(blueprint: Blueprint, { name, label, grid, unsure }: ClassifyNode): string {
  const rows = readGrid(blueprint, grid)
  const rest = unsure ? [`拿不准的交给${readRole(blueprint, unsure.text)}`] : []
  return `${label?.value ?? name.text}：${[...rows, ...rest].join('；')}。`
}

/** 「商城：由对方系统推送（密钥 SHOP）；“order.paid”记为订单下单，号取 order_no。」 */
export function readSource(blueprint: Blueprint, { name, label, secret, mappings }: SourceNode): string {
  const said = mappings.map(({ says, event, record }) => {
    const taken =
      record.kind === 'record'
        ? record.entries.map(entry => `${entry.name.text}取 ${readExpression(blueprint, entry.value)}`)
        : []
    return [`“${says}”记为${readEvent(event)}`, ...taken].join('，')
  })
  const proved = secret ? `（密钥 ${secret.text}）` : ''
  return `${label?.value ?? name.text}：由对方系统推送${proved}；${said.join('；')}。`
}
