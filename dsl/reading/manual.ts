import type {
  Blueprint,
  HoursBlueprint,
  RouteBlueprint,
  SettingBlueprint,
  TicketBlueprint,
} from '#core/blueprint'
import { readValue } from './code.ts'
import { readDwell, readNode, readParallel } from './flow.ts'
import { readAccess, readForm } from './form.ts'
import { readPrice, readSettlement } from './money.ts'
import { readLimit, readSop } from './reach.ts'
import { readSpan } from './span.ts'
import { readRows, readWhen } from './table.ts'

/**
 * The whole pack as a Chinese manual in Markdown (业务说明书): who does what by when, what is sent, what it costs; with its
 * version and a line to sign. Read from the blueprint alone, so it says what will run.
 */
export function manualOf(blueprint: Blueprint): string {
  const { name, label, version } = blueprint.pack
  const sections = [
    section('工作时间', Object.values(blueprint.hours).map(readHours)),
    section(
      '可调配置',
      Object.values(blueprint.settings).map(setting => readSetting(blueprint, setting)),
    ),
    ...Object.entries(blueprint.tickets).map(entry => ticketSection(blueprint, entry)),
    ...Object.entries(blueprint.forms).map(([form, declared]) =>
      section(`表单：${declared.label}`, [
        ...readForm(blueprint, declared),
        ...readAccess(blueprint, blueprint.access[form] ?? {}),
      ]),
    ),
    ...Object.values(blueprint.tables).map(table =>
      section(`表：${table.label}`, readRows(blueprint, table)),
    ),
    ...Object.values(blueprint.prices).map(price =>
      section(`计价：${price.label}`, readPrice(blueprint, price)),
    ),
    section(
      '结算',
      Object.values(blueprint.settlements).map(one => readSettlement(blueprint, one)),
    ),
    ...Object.values(blueprint.sops).map(sop => section(`触达：${sop.label}`, readSop(blueprint, sop))),
    ...Object.values(blueprint.limits).map(limit => section(limit.label, readLimit(blueprint, limit))),
  ]
  return [
    `# ${label}业务说明书`,
    `行业包 ${name}，第 ${version} 版。`,
    ...sections.filter(text => text !== ''),
    '确认人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿',
    '',
  ].join('\n\n')
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`## ${title}`, lines.map(line => `- ${line}`).join('\n')].join('\n\n')
}

function ticketSection(blueprint: Blueprint, [name, ticket]: [string, TicketBlueprint]): string {
  const first = ticket.nodes[ticket.start]?.label ?? ticket.start
  const { clocks } = ticket
  const routes = Object.entries(blueprint.routes).flatMap(([at, route]) =>
    at.startsWith(`${name}.`) ? readRoute(blueprint, at.slice(name.length + 1), route) : [],
  )
  return section(`工单：${ticket.label}`, [
    `从${ticket.entries.map(entry => entryWords[entry] ?? entry).join('、')}进入，先到${first}。`,
    ...(clocks.length > 0
      ? [`每个节点：${clocks.map(clock => readDwell(blueprint, ticket, clock)).join('；')}。`]
      : []),
    ...Object.keys(ticket.nodes).map(node => readNode(blueprint, ticket, node)),
    ...Object.keys(ticket.parallels).map(region => readParallel(blueprint, ticket, region)),
    ...routes,
  ])
}

const entryWords: Readonly<Record<string, string>> = {
  chat: '客户消息',
  profile: '客户名片',
  group: '客户群',
  workbench: '工作台',
  qr: '扫码',
  signal: '外部信号',
  event: '事件',
}

/** Who gets what waits at a node. */
function readRoute(blueprint: Blueprint, node: string, route: RouteBlueprint): string[] {
  const { table, picks, cap, after, keep } = route
  const rows = table.rows.map(row => {
    const given = row.then.flatMap(value =>
      typeof value === 'string' ? [blueprint.teams[value] ?? value] : [],
    )
    return `${readWhen(blueprint, table, row)}派给${given.join('、')}`
  })
  const rest = [
    picks.length > 0 ? [`组内依次看${picks.map(pick => pickWords[pick] ?? pick).join('、')}`] : [],
    cap === null ? [] : [`每人最多 ${cap} 张`],
    after ? [`${readSpan(blueprint, after.span)}没人接则转${blueprint.teams[after.team] ?? after.team}`] : [],
    keep ? [`${readSpan(blueprint, keep)}内同一客户还给同一人`] : [],
  ].flat()
  return [`${node}的派单：${[...rows, ...rest].join('；')}。`]
}

const pickWords: Readonly<Record<string, string>> = { least_loaded: '谁手上最少', longest_idle: '谁空闲最久' }

function readHours({ label, week, holidays }: HoursBlueprint): string {
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

function readSetting(
  blueprint: Blueprint,
  { label, type, default: usual, min, max, help }: SettingBlueprint,
): string {
  const bound =
    min === undefined || max === undefined
      ? ''
      : `，可在 ${readValue(blueprint, type, min)} 到 ${readValue(blueprint, type, max)} 之间调整`
  return `${label}：默认 ${readValue(blueprint, type, usual)}${bound}${help ? `（${help}）` : ''}。`
}
