import type { Blueprint, SegmentBlueprint } from '#core/blueprint'
import type { ArmNode, CampaignNode, Message, StageNode, TemplateNode } from '#dsl/syntax'
import { readActs, readEvent } from './acts.ts'
import { readCode } from './code.ts'
import { readExpression } from './expression.ts'
import { channelWords, purposeWords } from './reach.ts'

/** 「十一月会员日：2026-11-11 10:00 发给「生命周期的活跃粉」…；甲 50% …，乙 50% …；…」 */
export function readCampaign(blueprint: Blueprint, node: CampaignNode): string {
  const { name, label, audience, at, arms, winner, stops, goal } = node
  const read = (expression: Parameters<typeof readExpression>[1]) => readExpression(blueprint, expression)
  const whom = audience
    ? [
        `发给${audience.segment.text === 'customer' ? '所有客户' : `「${audience.segment.text.split('.').join('的')}」`}`,
        ...(audience.when ? [`条件：${read(audience.when)}`] : []),
        ...(audience.once ? [`${read(audience.once)}内每人只发一次`] : []),
      ].join('，')
    : ''
  const parts = [
    `${at ? `${at.date} ${at.time} ` : ''}${whom}`,
    ...(arms.length > 1 ? [`分 ${arms.length} 组`] : []),
    ...arms.map(arm => readArm(blueprint, arm)),
    ...(winner
      ? [
          `${read(winner.after)}后${winner.when ? `，${read(winner.when)}时，` : ''}按${winner.by.text}最高的一组发给其余的人`,
        ]
      : []),
    ...stops.map(({ when, per }) => `${per === undefined ? '' : `每发 ${per} 条里`}${read(when)}就停`),
    ...(goal ? [`目标：${read(goal.within)}内${readEvent(goal.event)}`] : []),
  ]
  return `${label?.value ?? name.text}：${parts.join('；')}。`
}

function readArm(blueprint: Blueprint, { name, share, channels, purpose, message }: ArmNode): string {
  const by = channels.map(({ text }) => channelWords[text] ?? text).join('、')
  const kind = purposeWords[(purpose?.text ?? 'promo') as keyof typeof purposeWords] ?? ''
  return `${name.text}组 ${readExpression(blueprint, share)}，通过${by}发${kind}${readMessage(blueprint, message)}`
}

/** Words written in place, or a template with what goes into it. */
function readMessage(blueprint: Blueprint, message: Message): string {
  if (!('template' in message)) return `“${message.value}”`
  const given = message.args.map(arg => readExpression(blueprint, arg)).join('、')
  return `模板「${message.template.text}」${given === '' ? '' : `（${given}）`}`
}

/** 「生命周期：自上而下，第一条成立的算：新朋友：首单日…；其余的人是活跃粉；进入沉睡户时提醒导购“…”。」 */
export function readStages(blueprint: Blueprint, { name, label, stages, reactions }: StageNode): string {
  const cases = stages.map(stage =>
    stage.when
      ? `${stage.name.text}：${readExpression(blueprint, stage.when)}`
      : `其余的人是${stage.name.text}`,
  )
  const done = reactions.map(({ stage, acts }) => `进入${stage.text}时${readActs(blueprint, acts)}`)
  return `${label?.value ?? name.text}：自上而下，第一条成立的算——${[...cases, ...done].join('；')}。`
}

/** 「沉睡客户：客户的最近下单早于 3 个月前的客户。」 */
export function readSegment(blueprint: Blueprint, { label, condition }: SegmentBlueprint): string {
  return `${label}：${readCode(blueprint, condition)}的客户。`
}

/** 「会员日券（名、券）：企业微信“…”；短信“…”。」 */
export function readTemplate({ name, label, parameters, category, texts }: TemplateNode): string {
  const filled = parameters.length === 0 ? '' : `（填入${parameters.map(each => each.name.text).join('、')}）`
  const said = texts.map(
    ({ channel, text }) => `${channelWords[channel.text] ?? channel.text}“${text.value}”`,
  )
  const kind = category ? [`属于${category.text}类`] : []
  return `${label?.value ?? name.text}${filled}：${[...kind, ...said].join('；')}。`
}
