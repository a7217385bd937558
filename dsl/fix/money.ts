import { addDecimal, parseDecimal, printDecimal, type Decimal } from '#core/values'
import type { ShareNode } from '#dsl/syntax'
import {
  changeTo,
  clauseIn,
  declared,
  insert,
  oneOf,
  replace,
  takeOut,
  type Case,
  type Draft,
  type Drafter,
} from './draft.ts'

/** Ways out for prices, splits, overlays, rates and actions. */
export const moneyFixes: Readonly<Record<string, Drafter>> = {
  AX4030: at => {
    const start = at.source.lastIndexOf('cap', at.diagnostic.start)
    return [takeOut(at, ['去掉这个 cap', 'Remove this cap'], { start, end: at.diagnostic.end })]
  },
  AX6101: at =>
    clauseIn(at, ['加上合计', 'Add the total'], {
      ...{ from: at.diagnostic.start, text: 'total 应收: money = sum(lines)', place: 'last' },
    }),
  AX6102: firstBase,
  AX6103: wholeShares,
  AX6104: function* (at) {
    yield takeOut(at, ['删掉第二个 rest', 'Remove the second rest'], at.diagnostic)
    const rests = siblingsOf(at).filter(({ share }) => share === 'rest')
    const edits = rests.map(node => ({
      file: at.diagnostic.file,
      ...wordOf(at, node, 'rest'),
      text: 'equal',
    }))
    yield { title: ['余下的平分', 'Share what is left equally'], edits }
  },
  AX6105: restAtEnd,
  AX6106: function* (at) {
    const { around, diagnostic } = at
    const other = declared(at, 'overlay').find(({ name }) => name.text === diagnostic.params['first'])
    if (around?.kind !== 'overlay' || !around.window || !other?.window) return
    const own = (span: { start: number; end: number }) => at.source.slice(span.start, span.end)
    const { from, to } = around.window
    yield replace(
      at,
      [`从「${other.name.text}」结束时开始`, `Begin when “${other.name.text}” ends`],
      from,
      own(other.window.to),
    )
    yield replace(
      at,
      [`到「${other.name.text}」开始时结束`, `End when “${other.name.text}” begins`],
      to,
      own(other.window.from),
    )
  },
  AX6107: at => {
    const { around } = at
    if (around?.kind !== 'overlay' || !around.window) return []
    const { from, to } = around.window
    const [first, second] = [from, to].map(({ start, end }) => at.source.slice(start, end))
    return [changeTo(at, { start: from.start, end: to.end }, `${second}..<${first}`)]
  },
  AX6110: function* (at) {
    yield takeOut(at, ['删掉第二个 base', 'Remove the second base'], at.diagnostic)
    yield replace(
      at,
      ['改为加上去', 'Add it instead'],
      { ...at.diagnostic, end: at.diagnostic.start + 4 },
      'plus',
    )
  },
  AX6111: at => {
    const cap = /^\s*\S+\s+cap\s+[^\s{]+/.exec(at.source.slice(at.diagnostic.end))?.[0]
    const from = cap === undefined ? undefined : at.diagnostic.end + cap.search(/\s+cap/)
    if (cap === undefined || from === undefined) return []
    return [
      replace(at, ['去掉封顶', 'Remove the cap'], { start: from, end: at.diagnostic.end + cap.length }, ''),
    ]
  },
  AX6109: function* (at) {
    const { around } = at
    if (around?.kind !== 'rates') return
    const text = ({ start, end }: { start: number; end: number }) => at.source.slice(start, end)
    const sorted = around.rates.toSorted((a, b) => (a.date < b.date ? -1 : 1)).map(text)
    const edits = around.rates.map(({ start, end }, index) => ({
      ...{ file: at.diagnostic.file, start, end, text: sorted[index]! },
    }))
    yield { title: ['按日期排好', 'Put them in the order of their dates'], edits }
  },
  AX7001: at =>
    clauseIn(at, ['加上 key ticket.id', 'Add key ticket.id'], {
      ...{ from: at.diagnostic.start, text: 'key ticket.id', place: 'first' },
    }),
  AX7002: at => {
    const host = at.diagnostic.params['name']!.replace(/^\w+:\/\//, '')
      .replace(/[:/].*$/, '')
      .replace(/^\*\./, '')
    return [changeTo(at, at.diagnostic, `net "${host}"`)]
  },
  AX7003: at => oneOf(...at.diagnostic.params['known']!.split('、'))(at),
  AX7004: oneOf('30s'),
  AX8002: at =>
    ['in 0..100', 'in ¥0..¥10,000', 'in 2026-01-01..2026-12-31'].map(bounds =>
      insert(at, [`加上 ${bounds}`, `Add ${bounds}`], variableEnd(at), ` ${bounds}`),
    ),
}

/** Behind the type of the variable that a finding names. */
function variableEnd(at: Case): number {
  const { around, diagnostic } = at
  const variables = around?.kind === 'property' ? around.variables : []
  return variables.find(({ start }) => start === diagnostic.start)?.end ?? diagnostic.end
}

/** An amount of the form as what a line begins with. */
function* firstBase(at: Case): Generator<Draft> {
  const { around } = at
  if (around?.kind !== 'price') return
  const form = declared(at, 'form').find(({ name }) => name.text === around.form.text)
  for (const { name, type, value } of form?.fields ?? [])
    if (type.name.text === 'money' && !value)
      yield* clauseIn(at, [`以「${name.text}」为准`, `Begin with “${name.text}”`], {
        ...{ from: at.diagnostic.start, text: `base ${name.text}`, place: 'first' },
      })
}

/** The shares of the block that a finding is about, inside another share or at the top. */
function siblingsOf({ around, diagnostic }: Case): readonly ShareNode[] {
  if (around?.kind !== 'settle') return []
  const blocks = [around.shares, ...around.shares.flatMap(innerBlocks)]
  const isAt = ({ start, party }: ShareNode) => start === diagnostic.start || party.start === diagnostic.start
  const inside = blocks.find(shares => shares.some(isAt))
  const owner = [around.shares, ...blocks].flat().find(isAt)
  return owner && owner.shares.length > 0 ? owner.shares : (inside ?? around.shares)
}

function innerBlocks({ shares }: ShareNode): (readonly ShareNode[])[] {
  return shares.length === 0 ? [] : [shares, ...shares.flatMap(innerBlocks)]
}

/** The last share takes what is left: as much as is missing, or the rest. */
function* wholeShares(at: Case): Generator<Draft> {
  const shares = siblingsOf(at)
  const last = shares.findLast(({ share }) => typeof share === 'object')
  if (!last || typeof last.share !== 'object') return
  const of = decimalOf(at.diagnostic.params['of']!)
  const others = shares
    .filter(share => share !== last)
    .map(({ share }) =>
      typeof share === 'object' ? decimalOf(at.source.slice(share.start, share.end)) : undefined,
    )
  let left: Decimal | undefined = of
  for (const other of others)
    if (left && other) left = addDecimal(left, { units: -other.units, scale: other.scale })
  if (left && left.units >= 0n) yield changeTo(at, last.share, `${printDecimal(left).replace(/\.0+$/, '')}%`)
  yield changeTo(at, last.share, 'rest')
}

function decimalOf(percent: string): Decimal | undefined {
  return parseDecimal(percent.replace(/[%％]$/, ''))
}

/** Who takes what caps and conditions leave: the last without one, or a party of its own. */
function* restAtEnd(at: Case): Generator<Draft> {
  const shares = siblingsOf(at)
  const free = shares.findLast(({ cap, when, share }) => !cap && !when && typeof share === 'object')
  if (free && typeof free.share === 'object')
    yield replace(
      at,
      [`差额归「${free.party.text}」`, `“${free.party.text}” takes the rest`],
      free.share,
      'rest',
    )
  const named = new Set(shares.map(({ party }) => party.text))
  const last = shares.at(-1)
  for (const party of declared(at, 'party').flatMap(({ names }) => names.map(({ name }) => name.text)))
    if (last && !named.has(party))
      yield insert(at, [`差额归「${party}」`, `“${party}” takes the rest`], last.end, `, ${party} rest`)
}

/** Where a word stands in a share. */
function wordOf({ source }: Case, { start, end }: ShareNode, word: string) {
  const at = start + source.slice(start, end).indexOf(word)
  return { start: at, end: at + word.length }
}
