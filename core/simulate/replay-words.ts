import { localDate, localTime } from '#core/values'
import type { Replayed, ReplayDifference } from './replay.ts'
import type { Speaker } from './speaker.ts'

const words: Readonly<Record<ReplayDifference['what'], readonly [zh: string, en: string]>> = {
  place: ['节点', 'place'],
  assigned: ['处理人', 'assignee'],
  clock: ['时限', 'clock'],
  escalated: ['提醒与升级', 'notices and escalations'],
  price: ['报价', 'price'],
  settled: ['分账', 'settlement'],
  told: ['告诉客户', 'told the customer'],
  action: ['扩展动作', 'action'],
  end: ['结果', 'outcome'],
  refused: ['不允许', 'refused'],
}
/** So many are told one by one. */
const MAX_TOLD = 20

/** Where a draft decides otherwise than it was, the first ones in full. */
export function sayReplayed(replayed: Replayed, zone: string, { lang }: Speaker): string[] {
  const zh = lang === 'zh'
  const { tickets, acts, unread, differences, revenue, deferred, blocked } = replayed
  const count = Map.groupBy(differences, ({ what }) => what)
  const lost = Object.entries(unread).map(([kind, times]) => `${kind} × ${times}`)
  return [
    zh ? `历史回放：${tickets} 张工单，${acts} 步` : `Replayed: ${tickets} tickets, ${acts} acts`,
    ...(lost.length > 0
      ? [(zh ? '  看不出是谁做了什么：' : '  not to be told from its events: ') + lost.join(', ')]
      : []),
    ...(differences.length === 0 ? [zh ? '  没有差别' : '  no difference'] : []),
    ...[...count].map(([what, all]) => `  ${words[what][zh ? 0 : 1]} ${all.length}`),
    zh ? `  应收合计 ${revenue.was} → ${revenue.draft}` : `  revenue ${revenue.was} → ${revenue.draft}`,
    ...(deferred + blocked > 0
      ? [
          zh
            ? `  发给客户的消息：顺延 ${deferred} 条，拦下 ${blocked} 条（历史里没有当时的发送记录，不比较）`
            : `  messages to customers: ${deferred} put off, ${blocked} stopped (the history does not say what became of them then)`,
        ]
      : []),
    ...differences.slice(0, MAX_TOLD).map(each => `  ${differenceLine(each, zone, zh)}`),
    ...(differences.length > MAX_TOLD ? [`  … ${differences.length - MAX_TOLD}`] : []),
  ]
}

function differenceLine(
  { ticket, at, what, was, draft }: ReplayDifference,
  zone: string,
  zh: boolean,
): string {
  const said = (text: string | null) => text?.replace(/\b\d{13}\b/g, ms => instant(Number(ms), zone)) ?? '—'
  return `${instant(at, zone)} ${ticket} ${words[what][zh ? 0 : 1]}: ${said(was)} → ${said(draft)}`
}

function instant(at: number, zone: string): string {
  return `${localDate(at, zone)} ${localTime(at, zone)}`
}
