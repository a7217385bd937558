import type { Entry } from './entry.ts'

/** Prices and settlements: AX61. */
export const money = {
  AX6101: {
    slug: 'price-total',
    severity: 'error',
    ofWhole: true,
    zh: '价格「{name}」没有合计',
    en: 'price “{name}” has no total',
    help: {
      zh: '最后写 total 应收: money = sum(lines)。',
      en: 'End it with total 应收: money = sum(lines).',
    },
  },
  AX6102: {
    slug: 'base-missing',
    severity: 'error',
    ofWhole: true,
    zh: '「{name}」没有 base',
    en: '“{name}” has no base',
    help: { zh: '第一步写 base 金额。', en: 'Begin with base and an amount.' },
  },
  AX6103: {
    slug: 'shares-sum',
    severity: 'error',
    ofWhole: true,
    zh: '「{name}」分出 {sum}，应为 {of}',
    en: '“{name}” shares out {sum} of {of}',
    help: { zh: '改成正好分完，或让一方拿 rest。', en: 'Make them add up, or give one party the rest.' },
  },
  AX6104: {
    slug: 'second-rest',
    severity: 'error',
    zh: '「{name}」里有第二个 rest',
    en: '“{name}” has a second rest',
    help: { zh: '只留一个 rest。', en: 'Keep one rest.' },
  },
  AX6105: {
    slug: 'rest-missing',
    severity: 'error',
    ofWhole: true,
    zh: '「{name}」可能少分，差额没有人拿',
    en: '“{name}” may get less, and nobody takes the difference',
    help: { zh: '在同一组里让一方拿 rest。', en: 'Let one party of the same block take the rest.' },
  },
  AX6106: {
    slug: 'overlay-clash',
    severity: 'error',
    zh: '「{first}」与「{second}」在同一计价行上时间和地区重叠',
    en: '“{first}” and “{second}” meet on one price line in time and place',
    help: { zh: '错开它们的时间或地区。', en: 'Move their windows or regions apart.' },
  },
  AX6107: {
    slug: 'overlay-window',
    severity: 'error',
    ofWhole: true,
    zh: '「{name}」没有起止时间，或起不早于止',
    en: '“{name}” has no window, or one that ends before it begins',
    help: {
      zh: '例如 from 2026-11-10 08:00..<2026-11-13 08:00。',
      en: 'For example from 2026-11-10 08:00..<2026-11-13 08:00.',
    },
  },
  AX6108: {
    slug: 'rebate-bands',
    severity: 'error',
    zh: '返利表是一列金额对一列百分比',
    en: 'a rebate has one column of amounts and one of percents',
    help: {
      zh: '例如 | 进货: money || 返点: percent |。',
      en: 'For example | bought: money || rate: percent |.',
    },
  },
  AX6109: {
    slug: 'rate-order',
    severity: 'error',
    zh: '汇率 {date} 没有晚于上一个日期',
    en: 'the rate of {date} is not later than the one before',
    help: { zh: '按日期先后写，每天最多一个。', en: 'Write them in order of date, one a day.' },
  },
  AX6110: {
    slug: 'second-base',
    severity: 'error',
    zh: '「{name}」又有一个 base：前面算的都不作数了',
    en: '“{name}” has another base: what was worked out before is lost',
    help: { zh: '只留一个 base；要加一笔就写 plus。', en: 'Keep one base; write plus to add to it.' },
  },
  AX6111: {
    slug: 'capped-block',
    severity: 'error',
    zh: '「{name}」封顶之后，可能不够分给它下面的各方',
    en: 'once “{name}” is capped, it may not do for those below it',
    help: {
      zh: '下面各方写 rest 或 equal，或把封顶写到它们各自那里。',
      en: 'Give those below it rest or equal, or cap each of them instead.',
    },
  },
} as const satisfies Record<string, Entry>
