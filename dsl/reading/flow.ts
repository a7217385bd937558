import type {
  ActBlueprint,
  Blueprint,
  ClockBlueprint,
  NodeBlueprint,
  ParallelBlueprint,
  ReactionBlueprint,
  TargetBlueprint,
  TicketBlueprint,
} from '#core/blueprint'
import { readCode, readPercent } from './code.ts'
import { readSpan } from './span.ts'

/** A node as one sentence: 「受理由客服负责；营业时间 2 小时内响应，过半提醒处理人，超时升级主管并标紧急；同意则到处理。」 */
export function readNode(blueprint: Blueprint, ticket: TicketBlueprint, name: string): string {
  const node = ticket.nodes[name]!
  const parts = [
    whoDoes(blueprint, node),
    ...(node.asks.length > 0 ? [`离开前要填${node.asks.join('、')}`] : []),
    ...node.clocks.map(clock => readClock(blueprint, ticket, clock)),
    ...node.reactions.map((reaction, index) =>
      readReaction(blueprint, ticket, { reaction, isRest: followsGuard(node.reactions, index) }),
    ),
  ]
  return `${parts.join('；')}。`
}

/** The clock every node has: how long a ticket may stay there. */
export function readDwell(blueprint: Blueprint, ticket: TicketBlueprint, clock: ClockBlueprint): string {
  return [`最多停留 ${readSpan(blueprint, clock.span)}`, ...readMarks(blueprint, ticket, clock)].join('，')
}

/** A clock: how long, and what happens on the way and at its end. */
export function readClock(blueprint: Blueprint, ticket: TicketBlueprint, clock: ClockBlueprint): string {
  const marks = readMarks(blueprint, ticket, clock)
  return [`${readSpan(blueprint, clock.span)}内${clock.name}`, ...marks].join('，')
}

function readMarks(blueprint: Blueprint, ticket: TicketBlueprint, clock: ClockBlueprint): string[] {
  return clock.marks.map(({ share, when, acts, target }) => {
    const part = Number(share)
    const moment = part === 1 ? '超时' : part === 0.5 ? '过半' : `到 ${readPercent(share)} 时`
    const guard = when ? `，若${readCode(blueprint, when)}，` : ''
    const done = [
      ...acts.map(act => readAct(blueprint, act)),
      ...(target ? [readTarget(ticket, target)] : []),
    ]
    return `${moment}${guard}${done.join('并')}`
  })
}

/** A parallel region: what runs side by side, and when it is over. */
export function readParallel(blueprint: Blueprint, ticket: TicketBlueprint, name: string): string {
  const { branches, join, target } = ticket.parallels[name]! satisfies ParallelBlueprint
  const ways = Object.values(branches).map(({ start, when }) => {
    const first = ticket.nodes[start]?.label ?? start
    return when ? `${readCode(blueprint, when)}时${first}` : first
  })
  const over = join === 'all' ? '都完成后' : join === 'any' ? '任一完成后' : `完成 ${join} 个后`
  return `${name}同时进行：${ways.join('；')}。${over}${readTarget(ticket, target)}。`
}

function whoDoes(blueprint: Blueprint, { label, by, run, public: told }: NodeBlueprint): string {
  const seen = told ? `，客户看到“${told.text}”${told.notify ? '并收到通知' : ''}` : ''
  if (run) {
    const given = run.args.map(arg => readCode(blueprint, arg)).join('、')
    const name = blueprint.actions[run.action]?.label ?? run.action
    return `${label}由系统执行「${name}」${given === '' ? '' : `（交给它的是 ${given}）`}${seen}`
  }
  return `${label}由${readRole(blueprint, by)}负责${seen}`
}

/** Who is meant by a name of a role, a builtin or a person's part. */
export function readRole(blueprint: Blueprint, name: string): string {
  return blueprint.roles[name]?.label ?? builtinRoles[name] ?? name
}

const builtinRoles: Readonly<Record<string, string>> = {
  customer: '客户',
  admin: '管理员',
  assignee: '处理人',
  upstream: '上一环节',
  downstream: '下一环节',
  system: '系统',
}

/** Whether it takes what an earlier, guarded reaction to the same event left. */
function followsGuard(reactions: readonly ReactionBlueprint[], index: number): boolean {
  const { when, events } = reactions[index]!
  const earlier = reactions.slice(0, index)
  return !when && earlier.some(other => other.when && other.events.some(event => events.includes(event)))
}

function readReaction(
  blueprint: Blueprint,
  ticket: TicketBlueprint,
  { reaction, isRest }: { reaction: ReactionBlueprint; isRest: boolean },
): string {
  const { trigger, events, after, when, acts, target, max, beyond } = reaction
  const named = events.map(event => (event === 'fault' ? '系统出错' : event)).join('或')
  const cause = trigger === 'after' && after ? `${readSpan(blueprint, after)}没有动静` : named
  const guard = when ? `，若${readCode(blueprint, when)}，` : isRest ? '的其他情况' : ''
  const done = [...acts.map(act => readAct(blueprint, act)), ...(target ? [readTarget(ticket, target)] : [])]
  const bound = max === undefined || !beyond ? '' : `，最多 ${max} 次，之后${readTarget(ticket, beyond)}`
  return `${cause}${guard}则${done.join('，')}${bound}`
}

function readAct(blueprint: Blueprint, act: ActBlueprint): string {
  if (act.act === 'mark') return `标${act.priority}`
  if (act.act === 'ask') return `填写${act.fields.join('、')}`
  const receivers = act.to.map(name => readRole(blueprint, name)).join('、')
  return act.act === 'escalate' ? `升级${receivers}` : `提醒${receivers}`
}

function readTarget(ticket: TicketBlueprint, target: TargetBlueprint): string {
  if (target.go === 'done') return '这一路完成'
  const name = ticket.nodes[target.to]?.label ?? target.to
  const kind = target.go === 'abort' ? target.kind : target.go
  const where = kind === 'end' ? `以「${target.to.split('.').at(-1)}」结束` : `到${name}`
  return target.go === 'abort' ? `中止其余，${where}` : where
}
