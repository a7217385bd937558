import type { Reason } from '#core/limit'
import type { Report, SendReport, StockReport } from './report.ts'
import { lengthText, percentText, type Speaker } from './speaker.ts'
import type { Assumption } from './traffic.ts'

/** A report as people read it: headings at the margin, their lines below, indented. */
export function sayReport(report: Report, speaker: Speaker): string[] {
  const { lang } = speaker
  const { days, seed, from, to, pack, packVersion: version } = report
  const parts: readonly (readonly [zh: string, en: string, lines: readonly string[]])[] = [
    ['工单', 'Tickets', ticketLines(report, speaker)],
    ['时限', 'Clocks', clockLines(report, speaker)],
    ['人手', 'Staff', staffLines(report, speaker)],
    ['节点', 'Nodes', nodeLines(report, speaker)],
    ['群发风控', 'Send gate', report.sends.map(send => sendLine(send, speaker))],
    ['金额', 'Money', moneyLines(report, speaker)],
    ['备件', 'Stock', report.stock.map(each => stockLine(each, speaker))],
    ['未能完成', 'Refused', report.stuck.map(({ where, times }) => `${where} × ${times}`)],
    ['未给出，按默认', 'Not given, assumed', assumedLines(report, speaker)],
  ]
  const head =
    lang === 'zh'
      ? `${pack} 第 ${version} 版：模拟 ${from} 至 ${to}（${days} 天），种子 ${seed}`
      : `${pack} version ${version}: simulated ${from} to ${to} (${days} days), seed ${seed}`
  return [
    head,
    ...parts.flatMap(([zh, en, lines]) =>
      lines.length === 0 ? [] : [lang === 'zh' ? zh : en, ...lines.map(line => `  ${line}`)],
    ),
  ]
}

function ticketLines({ tickets }: Report, speaker: Speaker): string[] {
  return tickets.flatMap(({ ticket, opened, ended, open, ends, took }) => [
    speaker.lang === 'zh'
      ? `${speaker.name(ticket)}：进来 ${opened}，办结 ${ended}，在途 ${open}；办结用时中位 ${lengthText(speaker, took.p50)}，95% 不超过 ${lengthText(speaker, took.p95)}`
      : `${speaker.name(ticket)}: opened ${opened}, ended ${ended}, open ${open}; median ${lengthText(speaker, took.p50)}, 95% within ${lengthText(speaker, took.p95)}`,
    ...Object.entries(ends).map(([end, times]) => `  ${speaker.name(`${ticket}.${end}`)} ${times}`),
  ])
}

function clockLines({ clocks }: Report, speaker: Speaker): string[] {
  return clocks.map(({ ticket, node, clock, inTime, late, share, took }) => {
    const name = `${speaker.name(`${ticket}.${node}`)}「${speaker.name(clock)}」`
    return speaker.lang === 'zh'
      ? `${name} 按时 ${percentText(share)}（${inTime} 按时，${late} 超时）；停留中位 ${lengthText(speaker, took.p50)}，90% ${lengthText(speaker, took.p90)}，95% ${lengthText(speaker, took.p95)}`
      : `${name} in time ${percentText(share)} (${inTime} in time, ${late} late); held p50 ${lengthText(speaker, took.p50)}, p90 ${lengthText(speaker, took.p90)}, p95 ${lengthText(speaker, took.p95)}`
  })
}

function staffLines({ roles, people, bottleneck }: Report, speaker: Speaker): string[] {
  const zh = speaker.lang === 'zh'
  const [busiest] = people
  return [
    ...roles.map(({ role, people: count, load, done, workedHours, shiftHours, waitedHours }) =>
      zh
        ? `${speaker.name(role)} ${count} 人：负荷 ${percentText(load)}（${workedHours}/${shiftHours} 小时），办 ${done} 件，工单共等 ${waitedHours} 小时`
        : `${speaker.name(role)} × ${count}: load ${percentText(load)} (${workedHours} of ${shiftHours} h), did ${done}, tickets waited ${waitedHours} h in all`,
    ),
    ...(busiest
      ? [
          zh
            ? `最忙：${busiest.staff}，负荷 ${percentText(busiest.load)}`
            : `Busiest: ${busiest.staff}, load ${percentText(busiest.load)}`,
        ]
      : []),
    ...(bottleneck
      ? [
          zh
            ? `堵点：${speaker.name(bottleneck.role)}（${speaker.name(bottleneck.node)}），负荷 ${percentText(bottleneck.load)}，全部等待的 ${percentText(bottleneck.share)} 在这里`
            : `Bottleneck: ${speaker.name(bottleneck.role)} (${speaker.name(bottleneck.node)}), load ${percentText(bottleneck.load)}, ${percentText(bottleneck.share)} of all waiting is here`,
        ]
      : []),
  ]
}

function nodeLines({ nodes }: Report, speaker: Speaker): string[] {
  return nodes.map(({ ticket, node, entered, standing, longestQueue, forSomebody, forHands }) => {
    const name = speaker.name(`${ticket}.${node}`)
    const [somebody, hands] = [forSomebody, forHands].map(({ p95 }) => lengthText(speaker, p95))
    const waits = forSomebody.count + forHands.count > 0
    if (speaker.lang === 'zh')
      return `${name}：进 ${entered}，还在 ${standing}${waits ? `；最长排队 ${longestQueue}，95% 有人接不超过 ${somebody}、再动手不超过 ${hands}` : ''}`
    return `${name}: entered ${entered}, standing ${standing}${waits ? `; longest queue ${longestQueue}, 95% given within ${somebody}, begun within another ${hands}` : ''}`
  })
}

export function sendLine(
  { from, step, sent, deferred, dropped, held, reasons }: SendReport,
  speaker: Speaker,
): string {
  const name = speaker.name(`${from}.${step}`)
  const why = reasons.map(({ reason, times }) => `${reasonText(reason, speaker)} × ${times}`).join('；')
  if (speaker.lang === 'zh')
    return `${name}：放行 ${sent}，等待顺延 ${deferred}，拦截不发 ${dropped}，暂停 ${held}${why ? `（${why}）` : ''}`
  return `${name}: allowed ${sent}, still put off ${deferred}, dropped ${dropped}, held ${held}${why ? ` (${why})` : ''}`
}

function reasonText(reason: Reason, { lang, name }: Speaker): string {
  const zh = lang === 'zh'
  switch (reason.reason) {
    case 'row':
      return zh
        ? `「${name(reason.limit)}」第 ${reason.row + 1} 行`
        : `row ${reason.row + 1} of “${name(reason.limit)}”`
    case 'quiet':
      return zh ? `禁发时段 ${reason.from}–${reason.to}` : `quiet hours ${reason.from}–${reason.to}`
    case 'cap': {
      const per = { day: ['每天', 'a day'], week: ['每周', 'a week'], month: ['每月', 'a month'] }[reason.per]
      return zh ? `发送上限${per[0]} ${reason.cap} 条` : `the cap of ${reason.cap} ${per[1]}`
    }
    case 'skip':
      return zh
        ? `自动屏蔽（「${name(reason.limit)}」第 ${reason.index + 1} 条）`
        : `skip ${reason.index + 1} of “${name(reason.limit)}”`
    case 'word':
      return zh ? `敏感词「${reason.word}」` : `the word “${reason.word}”`
    case 'too-late':
      return zh ? '要等太久' : 'too late to send'
  }
}

function moneyLines({ prices, settlements, money, currency }: Report, speaker: Speaker): string[] {
  const zh = speaker.lang === 'zh'
  const { revenue, pay, parts, own, margin } = money
  const sums = Number(revenue) + Number(pay) + Number(parts) > 0
  return [
    ...prices.map(({ price, tickets, total }) =>
      zh
        ? `${speaker.name(price)}：${tickets} 单，合计 ${total}`
        : `${speaker.name(price)}: ${tickets} tickets, ${total} in all`,
    ),
    ...settlements.map(({ settlement, party, amount }) =>
      zh
        ? `${speaker.name(settlement)}：${speaker.name(party)} ${amount}`
        : `${speaker.name(settlement)}: ${speaker.name(party)} ${amount}`,
    ),
    ...(sums
      ? [
          zh
            ? `应收 ${revenue} ${currency}，自留 ${own}，人工 ${pay}，备件 ${parts}${margin === null ? '' : `，毛利 ${margin}`}`
            : `revenue ${revenue} ${currency}, own share ${own}, pay ${pay}, parts ${parts}${margin === null ? '' : `, margin ${margin}`}`,
        ]
      : []),
  ]
}

export function shelfName({ region, name, item }: Pick<StockReport, 'region' | 'name' | 'item'>): string {
  return [region, name === item ? item : `${name}（${item}）`].filter(Boolean).join(' ')
}

function stockLine(stock: StockReport, speaker: Speaker): string {
  const { start, delivered, used, left, short, stillShort, firstShort, waited } = stock
  const name = shelfName(stock)
  if (speaker.lang === 'zh')
    return `${name}：期初 ${start}，到货 ${delivered}，用 ${used}，剩 ${left}${short > 0 ? `；缺件 ${short} 单（${firstShort} 起），等到的 95% 等 ${lengthText(speaker, waited.p95)}，仍缺 ${stillShort} 单` : ''}`
  return `${name}: ${start} at first, ${delivered} delivered, ${used} used, ${left} left${short > 0 ? `; missing for ${short} tickets (from ${firstShort}), 95% of those served waited ${lengthText(speaker, waited.p95)}, ${stillShort} still wait` : ''}`
}

function assumedLines({ assumed }: Report, speaker: Speaker): string[] {
  const about: Record<Assumption['about'], readonly [zh: string, en: string]> = {
    streams: ['每天 40 件', '40 a day'],
    events: ['每天 40 次', '40 a day'],
    staff: ['3 人', '3 people'],
    minutes: [
      '每件 15 分钟；客户 4 小时内答复一半，两成不答',
      '15 minutes each; half of the customers answer within 4 h, a fifth never',
    ],
  }
  const groups = Map.groupBy(assumed, each => each.about)
  return [...groups].map(([key, all]) => {
    const [zh, en] = about[key]
    return `${all.map(({ name }) => speaker.name(name)).join(speaker.lang === 'zh' ? '、' : ', ')}${speaker.lang === 'zh' ? `：${zh}` : `: ${en}`}`
  })
}
