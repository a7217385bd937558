import type { Blueprint, SopBlueprint } from '#core/blueprint'
import type {
  LimitNode,
  RouteNode,
  ScoreNode,
  SettleNode,
  SopNode,
  SopStep,
  SopTrigger,
  StationNode,
  TicketNode,
} from '#dsl/syntax'
import { readActs, readCall, readRecord } from './acts.ts'
import { readExpression } from './expression.ts'
import { numbered, purposeWords, readSopParts } from './reach.ts'

/** Clauses that leave nothing in the blueprint, in the words of the text: child tickets, clocks that stand still, later acts. */
export function readTicketBeyond(blueprint: Blueprint, ticket: TicketNode): string[] {
  const inside = ticket.parallels.flatMap(({ branches }) => branches.flatMap(({ nodes }) => nodes))
  return [...ticket.nodes, ...inside].flatMap(station => readStation(blueprint, station))
}

function readStation(
  blueprint: Blueprint,
  { name, label, spawns, pauses, reactions, clocks }: StationNode,
): string[] {
  const spawned = spawns.map(({ ticket, record, per, join }) => {
    const each = per ? `${per.text}的每一行` : ''
    const until = join ? `，${join === 'all' ? '都结束' : '有一张结束'}才能离开` : ''
    return `${each}开一张「${blueprint.tickets[ticket.text]?.label ?? ticket.text}」${readRecord(blueprint, record)}${until}`
  })
  const paused = pauses.map(
    ({ clock, when }) => `${readExpression(blueprint, when)}时，「${clock.text}」停止计时`,
  )
  const acts = [...reactions, ...clocks.flatMap(clock => clock.reactions)].flatMap(({ events, acts }) => {
    const later = acts.filter(({ kind, text }) => laterActs.has(kind) || text)
    const cause = events.map(({ text }) => text).join('或')
    return later.length === 0 ? [] : [`${cause === '' ? '' : `${cause}时`}${readActs(blueprint, later)}`]
  })
  const said = [...spawned, ...paused, ...acts]
  return said.length === 0 ? [] : [`${label?.value ?? name.text}：${said.join('；')}。`]
}

const laterActs: ReadonlySet<string> = new Set(['create', 'spawn', 'task', 'run', 'reserve'])

/** Who may take a place at all, and what counts for how much among them. */
export function readChoice(blueprint: Blueprint, { name, filters, scores }: RouteNode): string[] {
  const parts = [
    ...filters.map(filter => `只派给满足这一条的人：${readExpression(blueprint, filter)}`),
    ...(scores.length === 0
      ? []
      : [`打分高的先派：${scores.map(score => readScore(blueprint, score)).join('，')}`]),
  ]
  const place = name.text.split('.').slice(1).join('的')
  return parts.length === 0 ? [] : [`${place}的派单：${parts.join('；')}。`]
}

function readScore(blueprint: Blueprint, { weight, by }: ScoreNode): string {
  const callee = by.kind === 'call' && by.callee.kind === 'name' ? by.callee.name : ''
  const args = by.kind === 'call' ? by.args.map(({ value }) => readExpression(blueprint, value)) : []
  const [first = '', second = ''] = args
  const said: Readonly<Record<string, string>> = {
    near: `${first}离${second}近`,
    in_hand: `手上有${second}`,
    idle: `空闲到 ${second}`,
  }
  return `${said[callee] ?? readExpression(blueprint, by)}占 ${weight} 分`
}

/** Slowing down, what one sender may send, and words a template must have. */
export function readLimitBeyond(blueprint: Blueprint, { slows, caps, requires }: LimitNode): string[] {
  const read = (expression: Parameters<typeof readExpression>[1]) => readExpression(blueprint, expression)
  return [
    ...slows.map(
      ({ purpose, share, when }) =>
        `${read(when)}时，${purposeWords[purpose.text as keyof typeof purposeWords] ?? purpose.text}减到 ${read(share)}。`,
    ),
    ...caps.map(({ count, per, whose, beyond }) => {
      const who = whose.text === 'sender' ? '每个发送人' : `每个${whose.text}`
      const past = { queue: '排队等着', defer: '顺延', drop: '不发' }[beyond.text] ?? beyond.text
      return `${who}${read(per)}最多发 ${count} 条，超出的${past}。`
    }),
    ...requires.map(({ text, when }) => {
      const guard = when ? `${read(when)}时，` : ''
      return `${guard}模板里必须写明“${text.value}”。`
    }),
  ]
}

/** What the sums of a settlement are kept apart by. */
export function readSplitBy(blueprint: Blueprint, { name, label, by }: SettleNode): string[] {
  return by ? [`${label?.value ?? name.text}：${readExpression(blueprint, by)}不同的分开结算。`] : []
}

/** A journey with its triggers that come again and its steps that run an action or make something, all in their order. */
export function readSopWritten(blueprint: Blueprint, sop: SopBlueprint, node: SopNode): string[] {
  const { triggers, steps, ends } = readSopParts(blueprint, sop)
  const kept = [...steps]
  const all = node.steps.flatMap(step => readLaterStep(blueprint, step) ?? kept.shift() ?? [])
  return [
    ...triggers,
    ...node.triggers
      .filter(({ subject }) => !sop.triggers.some(known => known.subject === subject.text))
      .map(trigger => readTrigger(blueprint, trigger)),
    ...numbered(all),
    ...ends,
  ]
}

/** A trigger that leaves nothing in the blueprint: one that comes again, or records that each bring somebody. */
function readTrigger(blueprint: Blueprint, { subject, recurs, when, once }: SopTrigger): string {
  const read = (expression: Parameters<typeof readExpression>[1]) => readExpression(blueprint, expression)
  const moment =
    recurs === undefined
      ? '每有一条就'
      : recurs.kind === 'yearly'
        ? `每年${read(recurs.moment)} `
        : `从${read(recurs.range).replace(' 到 ', '到')}，每 ${read(recurs.every)}的 ${read(recurs.at)} `
  const guard = when ? `，条件：${read(when)}` : ''
  const again = once ? `，${read(once)}内只进入一次` : ''
  return `${subject.text === 'customer' ? '每位客户' : subject.text}${moment}进入${guard}${again}。`
}

function readLaterStep(blueprint: Blueprint, step: SopStep): string | undefined {
  if (step.kind !== 'run' && step.kind !== 'create') return undefined
  const guard = step.when ? `若${readExpression(blueprint, step.when)}，` : ''
  if (step.kind === 'run') return `${guard}由系统执行「${readCall(blueprint, step.call)}」`
  const made = blueprint.tickets[step.of.text]?.label ?? step.of.text
  return `${guard}开一张「${made}」${readRecord(blueprint, step.record)}`
}
