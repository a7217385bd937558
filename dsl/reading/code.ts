import type { Blueprint, Code } from '#core/blueprint'
import {
  decimalOf,
  isCurrency,
  parseDecimal,
  printMoney,
  printPercent,
  regionName,
  type JsonValue,
  type Type,
} from '#core/values'
import { readDuration } from './span.ts'

/** An expression as people would say it in Chinese: `实退 <= ¥300` is 「实退不超过 ¥300」. */
export function readCode(blueprint: Blueprint, code: Code): string {
  const read = (part: Code) => readCode(blueprint, part)
  switch (code.op) {
    case 'const':
      return readValue(blueprint, code.type, code.value)
    case 'name':
      return isDone(code) ? `已${code.name}` : readName(code.name)
    case 'member':
      if (code.of.op === 'const' && code.of.value === null) return readName(code.name)
      if (code.of.op === 'table') return readTable(blueprint, code.of, code.name)
      return `${read(code.of)}${isDone(code) ? '已' : code.type.kind === 'bool' ? '' : '的'}${readName(code.name)}`
    case 'list':
      return code.items.map(read).join('、')
    case 'table':
      return readTable(blueprint, code, '结果')
    case 'fold':
      return readFold(code, read)
    case 'apply':
      return readApply(code, read)
  }
}

/** Whether a yes-or-no name wants its 已: 「已加急」, and 已退款 as it is. */
function isDone({ type, name }: Code & { readonly name: string }): boolean {
  return type.kind === 'bool' && !name.includes('(') && !name.startsWith('已')
}

const foldWords = { sum: '合计', count: '个数', min: '最小值', max: '最大值', median: '中位数' } as const

/** `sum(退款.金额 where not 已关闭)`: 「退款中并非已关闭的金额合计」. */
function readFold({ fn, over, where, value }: Code & { op: 'fold' }, read: (code: Code) => string): string {
  const rows = where ? `${read(over)}中${read(where)}的` : `${read(over)}的`
  return `${rows}${value ? read(value) : ''}${foldWords[fn]}`
}

/** A value in the words of the pack. */
export function readValue(blueprint: Blueprint, type: Type, value: JsonValue): string {
  if (value === null) return '空'
  if (Array.isArray(value)) {
    const inner = 'of' in type ? type.of : type
    return value.length === 0
      ? '没有'
      : value.map(item => readValue(blueprint, inner, item as JsonValue)).join('、')
  }
  const text = String(value)
  switch (type.kind) {
    case 'money': {
      const amount = parseDecimal(text)
      const { currency } = blueprint.pack
      return amount && isCurrency(currency) ? printMoney(amount, currency).replace(/\.0+$/, '') : text
    }
    case 'percent':
      return readPercent(text)
    case 'duration':
      return readDuration(text)
    case 'bool':
      return value === true ? '是' : '否'
    case 'enum':
      return blueprint.enums[type.name]?.values[text] ?? text
    case 'region':
      return regionName(text)
    case 'text':
      return `“${text}”`
    default:
      return text
  }
}

/** Decimal text of a share ("0.125") as `12.5%`. */
export function readPercent(share: string): string {
  return printPercent(parseDecimal(share) ?? decimalOf(0))
}

const builtin: Readonly<Record<string, string>> = {
  customer: '客户',
  today: '今天',
  sender: '发送人',
  staff: '处理人',
  store: '门店',
  purpose: '用途',
  channel: '渠道',
  complaints: '投诉数',
  name: '称呼',
  region: '地区',
  pool: '池',
  mode: '模式',
  send: '发出的消息',
  opened: '被点开过',
  unanswered: '连续没有回复的条数',
  sends: '发送数',
  category: '模板类别',
}

/** A name as people say it: `customer.等级` is 「客户的等级」. */
export function readName(name: string): string {
  const [, history, of] = /^(open|last)\((.+)\)$/.exec(name) ?? []
  if (history === 'open') return `有未结束的${of}`
  if (history === 'last') return `最近一次${partsOf(of!).join('')}`
  return partsOf(name).join('的')
}

const partsOf = (path: string) => path.split('.').map(part => builtin[part] ?? part)

function readTable(blueprint: Blueprint, { name, args }: Code & { op: 'table' }, output: string): string {
  const given = args.map(arg => readGiven(arg, readCode(blueprint, arg))).join('、')
  return `按「${blueprint.tables[name]?.label ?? name}」查 ${given} 得到的${readName(output)}`
}

/** A field that is asked for or handed on, not whether it holds: 「到课」, where a condition says 「已到课」. */
function readGiven(code: Code, said: string): string {
  return code.op === 'name' ? readName(code.name) : said
}

const comparisons: Readonly<Record<string, string>> = {
  '=': '是',
  '!=': '不是',
  '<': '低于',
  '<=': '不超过',
  '>': '超过',
  '>=': '不低于',
}
const instants: ReadonlySet<string> = new Set(['date', 'time', 'datetime'])
const later: Readonly<Record<string, string>> = { '<': '早于', '<=': '不晚于', '>': '晚于', '>=': '不早于' }
const sums: Readonly<Record<string, string>> = { '+': '加', '-': '减', '*': '乘', '/': '除以' }
/** Parts of a date or a time. */
const parts: Readonly<Record<string, string>> = {
  ...{ year: '年份', month: '月份', day: '日', weekday: '星期几', hour: '时', minute: '分' },
}

function readApply({ fn, args }: Code & { op: 'apply' }, read: (part: Code) => string): string {
  const said = args.map(read)
  const [a = '', b = '', c = ''] = said
  if (fn === 'and' || fn === 'or') {
    const within = rangeOf(args)
    if (fn === 'and' && within)
      return `${a.slice(0, a.indexOf('不低于'))}在 ${read(within.from)} 到 ${read(within.to)} 之间`
    return args.map((arg, index) => inBrackets(fn, arg, said[index]!)).join(fn === 'and' ? '，且' : '，或')
  }
  if (fn === 'rank' || fn === 'decimal') return a
  if (fn.startsWith('ranked-')) return extreme(fn, said.slice(1))
  if (fn === 'duration-min' || fn === 'duration-max') return extreme(fn, said)
  if (fn === 'duration-in') return `${a}是${b}之一`
  if (/^(?:date-date|datetime-datetime|time-time)$/.test(fn)) return `从${b}到${a}的时长`
  if (fn === 'region=') return `${a}是${b}`
  if (fn === 'region-in') return `${a}是${b}之一`
  if (fn === 'not') return negated(args[0]!, a)
  if (fn === 'known') return `已填${readGiven(args[0]!, a)}`
  if (fn === 'in') return `${a}是${b}之一`
  if (fn === 'has') return `${a}里有${b}`
  if (fn === 'within') return `${b}内有过${a.replace('最近一次', '')}`
  if (fn === 'if') return `${a}时为${b}，否则为${c}`
  if (fn === 'date') return `${a}的日期`
  if (fn === 'moment') return `${a}的 ${b}`
  if (/^time[+-]$/.test(fn)) return `${a}的 ${b}${fn === 'time+' ? '后' : '前'}`
  if (fn.endsWith('-') && fn.startsWith('date')) return a === '今天' ? `${b}前` : `${a}的 ${b}前`
  if (fn.endsWith('+') && fn.startsWith('date')) return a === '今天' ? `${b}后` : `${a}的 ${b}后`
  if (fn === 'min' || fn === 'max') return extreme(fn, said)
  if (fn === 'negate') return `负的${a}`
  if (Object.hasOwn(calendar, fn)) return calendar[fn]!(a, b)
  const plain = fn.replace(/^(?:duration|text)(?=\W)/, '')
  const compared =
    (args[0] && instants.has(args[0].type.kind) ? later : comparisons)[plain] ?? comparisons[plain]
  if (compared) return `${a}${compared} ${b}`.replace(/(是|不是) /, '$1')
  if (sums[plain]) return args.map((arg, at) => ofSum(plain, [arg, at], said[at]!)).join(sums[plain])
  return parts[fn] ? `${a}的${parts[fn]}` : `${fn}(${said.join('、')})`
}

/** A part of a sum; in brackets where they change what it comes to. */
function ofSum(outer: string, [part, at]: readonly [Code, number], said: string): string {
  if (part.op !== 'apply') return said
  if (part.fn === 'decimal') return ofSum(outer, [part.args[0]!, at], said)
  const isLooser = (outer === '*' || outer === '/') && (part.fn === '+' || part.fn === '-')
  const isTakenFrom = at > 0 && outer === '-' && (part.fn === '+' || part.fn === '-')
  const isDivisor = at > 0 && outer === '/' && Object.hasOwn(sums, part.fn)
  return part.fn === 'if' || isLooser || isTakenFrom || isDivisor ? `（${said}）` : said
}

const calendar: Readonly<Record<string, (a: string, b: string) => string>> = {
  start_of_month: a => `${a}当月第一天`,
  end_of_month: a => `${a}当月最后一天`,
  days_between: (a, b) => `从${a}到${b}的天数`,
  months_between: (a, b) => `从${a}到${b}的整月数`,
  years_between: (a, b) => `从${a}到${b}的整年数`,
  weekday: a => `${a}的星期`,
  day: a => `${a}的日子`,
  month: a => `${a}的月份`,
  year: a => `${a}的年份`,
}

function extreme(fn: string, said: readonly string[]): string {
  return `${said.join('与')}中${fn.endsWith('min') ? '较小' : '较大'}的`
}

function negated(operand: Code, said: string): string {
  if (operand.op === 'apply' && operand.fn === 'known') return said.replace(/^已填/, '未填')
  if (operand.op === 'apply' && operand.fn === 'has') return said.replace('里有', '里没有')
  if (operand.op === 'apply' && operand.fn === 'within') return said.replace('内有过', '内没有')
  if (operand.op === 'name' && said.startsWith('有')) return `没${said}`
  if (said.includes('已') && (operand.op === 'member' || operand.op === 'name'))
    return said.replace(/已([^已]*)$/, '未$1')
  const isSeveral = operand.op === 'apply' && (operand.fn === 'or' || operand.fn === 'and')
  return isSeveral ? `并非（${said}）` : `并非${said}`
}

function inBrackets(outer: string, part: Code, said: string): string {
  const isOther = part.op === 'apply' && (part.fn === 'or' || part.fn === 'and') && part.fn !== outer
  return isOther ? `（${said}）` : said
}

/** `x in a..b` compiles to two comparisons of the same value. */
function rangeOf(args: readonly Code[]): { from: Code; to: Code } | undefined {
  const [low, high] = args
  if (low?.op !== 'apply' || high?.op !== 'apply' || low.fn !== '>=' || high.fn !== '<=') return undefined
  const isSame = JSON.stringify(low.args[0]) === JSON.stringify(high.args[0])
  return isSame ? { from: low.args[1]!, to: high.args[1]! } : undefined
}
