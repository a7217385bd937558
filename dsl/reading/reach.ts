import type {
  Blueprint,
  LimitBlueprint,
  LimitRow,
  Purpose,
  SopBlueprint,
  SopStepBlueprint,
  SopTriggerBlueprint,
  TextBlueprint,
} from '#core/blueprint'
import { byKind, sendBounds, type SendBound, type Window } from '#core/limit'
import { readCode } from './code.ts'
import { readRole } from './flow.ts'
import { readSpan } from './span.ts'
import { readWhen } from './table.ts'

/** A journey: who enters, each step in its order, what ends it. */
export function readSop(blueprint: Blueprint, sop: SopBlueprint): string[] {
  const { triggers, steps, ends } = readSopParts(blueprint, sop)
  return [...triggers, ...numbered(steps), ...ends]
}

/** A journey's sentences: who enters, the steps without their numbers, what ends it. */
export function readSopParts(
  blueprint: Blueprint,
  { triggers, steps, reactions, stops, goal }: SopBlueprint,
): Readonly<Record<'triggers' | 'steps' | 'ends', readonly string[]>> {
  const ends = [
    ...reactions.map(({ event, to }) => `${eventName(event)}：${endWords[to]}。`),
    ...stops.map(stop => `${readCode(blueprint, stop)}：停止。`),
    ...(goal ? [`目标：${readSpan(blueprint, goal.within)}内${eventName(goal.event)}。`] : []),
  ]
  return {
    triggers: triggers.map(trigger => readTrigger(blueprint, trigger)),
    steps: steps.map(step => readStep(blueprint, step)),
    ends,
  }
}

/** `第 1 步：…。` */
export function numbered(steps: readonly string[]): string[] {
  return steps.map((step, index) => `第 ${index + 1} 步：${step}。`)
}

/** The limits of sends: caps and quiet hours, what is skipped, what words do, what pauses. */
export function readLimit(blueprint: Blueprint, limit: LimitBlueprint): string[] {
  const rows = limit.rows.map((row, index) => {
    const when = readWhen(blueprint, limit.table, limit.table.rows[index]!)
    return `${purposeIn(when)}：${readCaps(blueprint, row)}。`
  })
  const skips = limit.skips.map(
    ({ purpose, when }) => `${readCode(blueprint, when)}时，不发${purposeWords[purpose]}。`,
  )
  const words = limit.words.map(
    ({ lexicon, act }) => `含有「${lexicon}」里的词：${act === 'block' ? '不许发送' : '提醒注意'}。`,
  )
  const pauses = limit.pauses.map(({ when, notify }) => {
    const told =
      notify.length === 0 ? '' : `，并告诉${notify.map(name => readRole(blueprint, name)).join('、')}`
    return `${readCode(blueprint, when)}时，暂停这项活动${told}。`
  })
  return [...rows, ...skips, ...words, ...pauses]
}

/** The most messages that may come to one customer, whatever happens: proved from SOPs and limits together. */
export function readBounds(blueprint: Blueprint): string[] {
  const isReaching = Object.keys({ ...blueprint.sops, ...blueprint.limits }).length > 0
  if (!isReaching) return []
  return byKind(sendBounds(blueprint)).map(bounds => {
    const [{ purpose, channel }] = bounds as [SendBound, ...SendBound[]]
    const counts = bounds.flatMap(({ per, passed }) =>
      passed === null ? [] : `${windowWords[per]}最多 ${passed} 条`,
    )
    const said = counts.length === 0 ? '不限' : counts.join('，')
    return `${purposeWords[purpose]}（${channelWords[channel] ?? channel}）：同一位客户${said}。`
  })
}

const windowWords: Readonly<Record<Window, string>> = { day: '每天', week: '每周', month: '每月' }

/** A text with its places: `{客户的称呼}`; what a template was given as words stands as words. */
export function readText(blueprint: Blueprint, text: TextBlueprint): string {
  return text
    .map(part => {
      if (typeof part === 'string') return part
      const isWords = part.op === 'const' && part.type.kind === 'text'
      return isWords ? String(part.value) : `{${readCode(blueprint, part)}}`
    })
    .join('')
}

export const purposeWords: Readonly<Record<Purpose, string>> = {
  promo: '推广',
  service: '服务通知',
  urgent: '紧急通知',
}
const endWords = { stop: '停止', goal: '达成目标' } as const
export const channelWords: Readonly<Record<string, string>> = {
  wecom: '企业微信',
  sms: '短信',
  email: '邮件',
}

function purposeIn(said: string): string {
  return said
    .replace(/用途是(promo|service|urgent)/, (_, purpose: Purpose) => purposeWords[purpose])
    .replace(/渠道是(\w+)/, (_, channel: string) => channelWords[channel] ?? channel)
    .replace(/^(推广|服务通知|紧急通知)，且(企业微信|短信|邮件)/, '$2$1')
}

function readCaps(blueprint: Blueprint, { perDay, perWeek, perMonth, quiet, beyond }: LimitRow): string {
  const caps = [
    perDay ? [`每天最多 ${readCode(blueprint, perDay)} 条`] : [],
    perWeek ? [`每周最多 ${readCode(blueprint, perWeek)} 条`] : [],
    perMonth ? [`每月最多 ${readCode(blueprint, perMonth)} 条`] : [],
    quiet ? [`${quiet.from} 到 ${quiet.to} 不打扰`] : [],
  ].flat()
  if (caps.length === 0) return '不限'
  const past = { defer: '顺延', drop: '不发', send: '照发' }[beyond]
  return `${caps.join('，')}，超出的${past}`
}

function readTrigger(blueprint: Blueprint, trigger: SopTriggerBlueprint): string {
  const { on, subject, moment, when, once } = trigger
  const segment = blueprint.segments[subject]
  const who =
    on === 'event'
      ? `${eventName(subject)}时进入`
      : on === 'moment'
        ? `${subject}的${moment ? readCode(blueprint, moment) : ''}进入`
        : isStage(subject)
          ? `${subject.split('.')[0]}里的「${subject.split('.').at(-1)}」进入`
          : segment
            ? `「${segment.label}」（${readCode(blueprint, segment.condition)}）进入`
            : '所有客户进入'
  const guard = when ? `，条件：${readCode(blueprint, when)}` : ''
  const again = once ? `，${readSpan(blueprint, once)}内只进入一次` : ''
  return `${who}${guard}${again}。`
}

/** `生命周期.活跃粉`: what it takes is told once, with the stages around it. */
const isStage = (segment: string) => segment.includes('.')

function readStep(blueprint: Blueprint, step: SopStepBlueprint): string {
  if (step.step === 'until') return `等到${readCode(blueprint, step.moment)}`
  if (step.step === 'wait') {
    const { span, until } = step
    const early = until
      ? `，期间${eventName(until.event)}则${until.to ? endWords[until.to] : '提前继续'}`
      : ''
    return `等 ${readSpan(blueprint, span)}${early}`
  }
  const guard = step.when ? `若${readCode(blueprint, step.when)}，` : ''
  const text = readText(blueprint, step.text)
  if (step.step === 'send') {
    const by = step.channels.map(channel => channelWords[channel] ?? channel).join('、')
    return `${guard}通过${by}发${purposeWords[step.purpose]}“${text}”`
  }
  const late =
    step.escalate.length === 0
      ? ''
      : `，逾期升级${step.escalate.map(name => readRole(blueprint, name)).join('、')}`
  return `${guard}请${readRole(blueprint, step.role)}在${readSpan(blueprint, step.due)}内“${text}”${late}`
}

function eventName(event: string): string {
  return event
    .replace(/^customer\./, '客户')
    .split('.')
    .join('')
}
