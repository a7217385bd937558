import type { Advice, Proposal } from './advise.ts'
import type { Change } from './change.ts'
import type { Difference } from './compare.ts'
import type { Finding } from './findings.ts'
import { sendLine, shelfName } from './report-words.ts'
import { lengthText, percentText, type Speaker } from './speaker.ts'

/** What was found, what clears it, and what is left, as lines. */
export function sayAdvice({ findings, proposals, left }: Advice, speaker: Speaker): string[] {
  const zh = speaker.lang === 'zh'
  const cleared = proposals.length > 0 && left.length === 0
  return [
    zh ? '发现' : 'Findings',
    ...(findings.length === 0
      ? [zh ? '  没有' : '  none']
      : findings.map(each => `  ${sayFinding(each, speaker)}`)),
    ...(proposals.length > 0 ? [zh ? '建议（逐条试算过）' : 'Proposals, each tried'] : []),
    ...proposals.map(each => `  ${each.number}. ${sayProposal(each, speaker)}`),
    ...(cleared
      ? [zh ? '  全部采纳后，以上都不再出现' : '  With all of them accepted nothing of this is left']
      : []),
    ...(proposals.length > 0 && left.length > 0
      ? [
          zh ? '全部采纳后仍有' : 'Left with all of them accepted',
          ...left.map(each => `  ${sayFinding(each, speaker)}`),
        ]
      : []),
  ]
}

export function sayFinding(found: Finding, speaker: Speaker): string {
  const zh = speaker.lang === 'zh'
  switch (found.finding) {
    case 'short': {
      const { stock } = found
      return zh
        ? `${shelfName(stock)} 缺件：${stock.short} 单等件，${stock.firstShort} 起`
        : `${shelfName(stock)} is short: ${stock.short} tickets waited, from ${stock.firstShort}`
    }
    case 'late': {
      const clocks = found.clocks.map(({ ticket, node, clock, share, took }) => {
        const name = `${speaker.name(`${ticket}.${node}`)}「${speaker.name(clock)}」`
        const held = lengthText(speaker, took.p95)
        return zh
          ? `${name} 按时 ${percentText(share)}，95% 要 ${held}`
          : `${name} in time ${percentText(share)}, 95% take ${held}`
      })
      return zh
        ? `${speaker.name(found.role)} 的时限守不住：${clocks.join('；')}`
        : `clocks of ${speaker.name(found.role)} do not hold: ${clocks.join('; ')}`
    }
    case 'blocked':
      return zh
        ? `多数发不出：${sendLine(found.send, speaker)}`
        : `mostly dropped: ${sendLine(found.send, speaker)}`
    case 'stuck':
      return zh
        ? `办不下去：${found.where} × ${found.times}`
        : `cannot go on: ${found.where} × ${found.times}`
  }
}

export function sayProposal({ clears, changes, runs }: Proposal, speaker: Speaker): string {
  const zh = speaker.lang === 'zh'
  const said = changes.map(change => sayChange(change, speaker)).join('；')
  const isLonger = changes.some(({ change }) => change === 'span')
  const byPeople = isLonger && clears.finding === 'late' && clears.role !== 'customer'
  const why = byPeople ? (zh ? '加人守不住：' : 'no number of people tried holds it: ') : ''
  return zh ? `${why}${said}（试了 ${runs} 次）` : `${why}${said} (${runs} runs)`
}

function sayChange(change: Change, speaker: Speaker): string {
  const zh = speaker.lang === 'zh'
  switch (change.change) {
    case 'stock':
      return zh
        ? `${shelfName(change)} 备货 +${change.percent}%`
        : `stock of ${shelfName(change)} +${change.percent}%`
    case 'staff':
      return zh
        ? `${speaker.name(change.role)} 加 ${change.more} 人`
        : `${change.more} more ${speaker.name(change.role)}`
    case 'span': {
      const name = `${speaker.name(`${change.ticket}.${change.node}`)}「${speaker.name(change.clock)}」`
      return zh
        ? `${name} 从 ${change.from} 放宽到 ${change.to}`
        : `${name} at ${change.to} instead of ${change.from}`
    }
  }
}

const what: Readonly<Record<Difference['what'], readonly [zh: string, en: string]>> = {
  opened: ['进来', 'opened'],
  ended: ['办结', 'ended'],
  end: ['结束为', 'ended as'],
  'in-time': ['按时', 'in time'],
  took: ['90% 办结用时', '90% ended within'],
  load: ['负荷', 'load'],
  waited: ['等待（小时）', 'waiting (h)'],
  queue: ['最长排队', 'longest queue'],
  sent: ['放行', 'allowed'],
  deferred: ['等待顺延', 'put off'],
  dropped: ['拦截不发', 'dropped'],
  held: ['暂停', 'held'],
  price: ['合计', 'total'],
  share: ['分得', 'gets'],
  money: ['金额', 'money'],
  short: ['缺件（单）', 'tickets short'],
}
const monies: Readonly<Record<string, string>> = {
  revenue: '应收',
  pay: '人工',
  parts: '备件',
  margin: '毛利',
}

/** `报修.受理.响应 按时 82.1% → 96.4%` */
export function sayDifference(difference: Difference, speaker: Speaker): string {
  const { what: kind, name } = difference
  const zh = speaker.lang === 'zh'
  const about = kind === 'money' ? (zh ? (monies[name] ?? name) : name) : speaker.name(name)
  const { before, after } = figures(difference, speaker)
  return `${about}${kind === 'money' ? '' : ` ${what[kind][zh ? 0 : 1]}`} ${before} → ${after}`
}

/** Differences one by one; those that read the same on both sides are too small to be told. */
export function sayDifferences(differences: readonly Difference[], speaker: Speaker): string[] {
  return differences
    .filter(each => {
      const { before, after } = figures(each, speaker)
      return before !== after
    })
    .map(each => sayDifference(each, speaker))
}

function figures({ what: kind, before, after }: Difference, speaker: Speaker) {
  const said = (value: number | string | null) => {
    if (value === null) return '—'
    if (typeof value === 'string') return value
    if (kind === 'in-time' || kind === 'load') return percentText(value)
    return kind === 'took' ? lengthText(speaker, value) : String(value)
  }
  return { before: said(before), after: said(after) }
}
