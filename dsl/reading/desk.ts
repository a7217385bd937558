import type { Blueprint, HoursBlueprint, SettingBlueprint, TicketBlueprint } from '#core/blueprint'
import { readCode, readValue } from './code.ts'
import { readDwell, readNode, readParallel } from './flow.ts'
import { readSpan } from './span.ts'
import { readWhen } from './table.ts'

/** A kind of matter: where it comes from, every node, every parallel region. */
export function readTicket(blueprint: Blueprint, name: string): string[] {
  const ticket = blueprint.tickets[name]!
  const first = ticket.nodes[ticket.start]?.label ?? ticket.start
  const { clocks } = ticket
  return [
    `${ticket.entries.length === 0 ? '' : `从${ticket.entries.map(entry => entryWords[entry] ?? entry).join('、')}进入，`}先到${first}。`,
    ...(clocks.length > 0
      ? [`每个节点：${clocks.map(clock => readDwell(blueprint, ticket, clock)).join('；')}。`]
      : []),
    ...placesInOrder(ticket).map(place =>
      Object.hasOwn(ticket.nodes, place)
        ? readNode(blueprint, ticket, place)
        : readParallel(blueprint, ticket, place),
    ),
  ]
}

/** Nodes and regions as a ticket comes to them, each once; what nothing leads to stands last. */
function placesInOrder({ start, nodes, parallels }: TicketBlueprint): string[] {
  const ordered = new Set([start])
  const all = { ...nodes, ...parallels }
  for (const place of ordered) {
    const node = nodes[place]
    const region = parallels[place]
    const marks = node?.clocks.flatMap(clock => clock.marks) ?? []
    const targets = [...(node?.reactions ?? []), ...marks].map(({ target }) => target)
    const next = [...targets, region?.target].flatMap(target => (target && 'to' in target ? [target.to] : []))
    const first = region ? Object.values(region.branches).map(branch => branch.start) : []
    for (const name of [...first, ...next]) if (Object.hasOwn(all, name)) ordered.add(name)
  }
  return [...ordered, ...Object.keys(all).filter(name => !ordered.has(name))]
}

const entryWords: Readonly<Record<string, string>> = {
  chat: '客户消息',
  profile: '客户名片',
  group: '客户群',
  workbench: '工作台',
  qr: '扫码',
  signal: '外部信号',
  event: '事件',
  web: '网页',
}

/** Who gets what waits at a node, by the route's name `ticket.node`. */
export function readRoute(blueprint: Blueprint, name: string): string[] {
  const { inputs, table, picks, cap, after, keep } = blueprint.routes[name]!
  const node = name.split('.').slice(1).join('.')
  const columns = table.inputs.map((column, index) => {
    const code = inputs[index]!
    return code.op === 'apply' ? { ...column, name: readCode(blueprint, code) } : column
  })
  const rows = table.rows.map(row => {
    const given = row.then.flatMap(value =>
      typeof value === 'string' ? [blueprint.teams[value] ?? value] : [],
    )
    return `${readWhen(blueprint, { ...table, inputs: columns }, row)}派给${given.join('、')}`
  })
  const rest = [
    picks.length > 0 ? [`组内依次看${picks.map(pick => pickWords[pick] ?? pick).join('、')}`] : [],
    cap === null ? [] : [`每人最多 ${cap} 张`],
    after ? [`${readSpan(blueprint, after.span)}没人接则转${blueprint.teams[after.team] ?? after.team}`] : [],
    keep ? [`${readSpan(blueprint, keep)}内同一客户还给同一人`] : [],
  ].flat()
  if (rows.length > LINE_ROWS) {
    const how = table.policy === 'first' ? '自上而下，第一条符合的算数' : '每张工单只有一条符合'
    return [
      `${node}的派单有 ${rows.length} 条，${how}。`,
      ...[...rows, rest.join('；')].map(said => `${said}。`),
    ]
  }
  const said = [...rows, ...rest]
  return said.length === 0 ? [] : [`${node}的派单：${said.join('；')}。`]
}

/** More rows than this do not read well in one sentence. */
const LINE_ROWS = 5

const pickWords: Readonly<Record<string, string>> = { least_loaded: '谁手上最少', longest_idle: '谁空闲最久' }

/** 「营业：周一至周五 09:00 到 18:00；周六至周日 休息。」 */
export function readHours({ label, week, holidays }: HoursBlueprint): string {
  const names = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']
  const days = week.map(intervals => intervals.map(([from, to]) => `${from} 到 ${to}`).join('、'))
  const runs: string[] = []
  for (let day = 0; day < 7;) {
    let last = day
    while (last < 6 && days[last + 1] === days[day]) last++
    const span = last === day ? names[day]! : `${names[day]}至${names[last]}`
    runs.push(`${span} ${days[day] === '' ? '休息' : days[day]}`)
    day = last + 1
  }
  return `${label}：${runs.join('；')}${holidays === null ? '' : '；法定节假日休息，调休上班日照常'}。`
}

/** 「上限：默认 2，可在 1 到 3 之间调整。」 */
export function readSetting(
  blueprint: Blueprint,
  { label, type, default: usual, min, max, help }: SettingBlueprint,
): string {
  const bound =
    min === undefined || max === undefined
      ? ''
      : `，可在 ${readValue(blueprint, type, min)} 到 ${readValue(blueprint, type, max)} 之间调整`
  return `${label}：默认 ${readValue(blueprint, type, usual)}${bound}${help ? `（${help}）` : ''}。`
}
