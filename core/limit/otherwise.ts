import type { Blueprint, LimitBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import {
  changedFacts,
  inputsOf,
  nearest,
  NOW,
  rangesOf,
  standing,
  type Asked,
  type Change,
  type Changed,
  type Input,
  type Place,
  type World,
} from '#core/otherwise'
import type { Value } from '#core/values'
import { covers, judge, type GateQuestion, type Judgement, type Message, type Sent } from './judge.ts'
import { instantsFor } from './otherwise-time.ts'
import { findWords } from './words.ts'

/** A message before the gate with the names its limits read, which may be read again with something changed. */
export interface SendCase extends Omit<GateQuestion, 'blueprint' | 'facts' | 'zone'> {
  readonly world: World
}

/** The inputs of the gate beside the names of its conditions: the words, the way, and how many earlier messages count. */
export const SEND_TEXT = '(text)'
export const SEND_CHANNEL = '(channel)'
export const SENT_BEFORE = '(sent)'

/** A change after which the gate judges otherwise. */
export interface SendOtherwise {
  readonly changes: readonly Change<Place>[]
  readonly verdict: Judgement['verdict']
}

/** The gate's judgement of a message, with changes made. */
export function judgeSend(send: SendCase, changes: readonly Changed<Place>[] = []): Judgement {
  const { blueprint, zone } = send.world
  const changed = <T extends Value>(name: string, otherwise: T) =>
    (changes.find(change => change.name.path[0] === name)?.to as T | undefined) ?? otherwise
  const message: Message = {
    ...send.message,
    text: changed(SEND_TEXT, send.message.text),
    channel: changed(SEND_CHANNEL, send.message.channel),
  }
  const facts = factsWith(send, changes)
  const history = withCount(send, changed(SENT_BEFORE, send.history.length))
  return judge({ blueprint, facts, message, history, at: changed(NOW, send.at), zone })
}

/**
 * The smallest changes after which a message that is held back would be sent at once, or one that is sent would not: later,
 * after fewer messages, by another way, without a word, or of another customer.
 */
export function sendOtherwise(send: SendCase): SendOtherwise[] {
  const { verdict } = judgeSend(send)
  const wanted = (decision: string) => (decision === 'allow') !== (verdict === 'allow')
  const decide = (changes: readonly Changed<Place>[]) => judgeSend(send, changes).verdict
  const short = (changes: readonly Changed<Place>[]) => inTheWay(send, changes)
  const found = nearest({ inputs: inputsFor(send), decide, wanted, ...(verdict !== 'allow' && { short }) })
  return found.map(({ changes, decision }) => ({ changes, verdict: decision as Judgement['verdict'] }))
}

/** How much keeps a message from being sent at once; of a `skip` so many parts as make it hold. */
function inTheWay(send: SendCase, changes: readonly Changed<Place>[]): number {
  const { verdict, reasons } = judgeSend(send, changes)
  if (verdict === 'allow') return 0
  const { blueprint } = send.world
  const facts = factsWith(send, changes)
  const weights = reasons.map(reason => {
    if (reason.reason === 'word') return isBlocking(blueprint, reason.lexicon) ? 1 : 0
    if (reason.reason !== 'skip') return reason.reason === 'row' ? 0 : 1
    const code = blueprint.limits[reason.limit]!.skips[reason.index]!.when
    return standing(blueprint, { code, wanted: false }, facts)
  })
  return weights.reduce((sum, weight) => sum + weight, 0)
}

function isBlocking({ limits }: Blueprint, lexicon: string): boolean {
  return Object.values(limits).some(({ words }) =>
    words.some(one => one.lexicon === lexicon && one.act === 'block'),
  )
}

/** The names of the conditions; what only the gate knows is none of them. */
function factsWith({ world }: SendCase, changes: readonly Changed<Place>[]): Facts {
  return changedFacts(
    world,
    changes.filter(({ name }) => !isOwn(name)),
  )
}

const own: ReadonlySet<unknown> = new Set([SEND_TEXT, SEND_CHANNEL, SENT_BEFORE])
const isOwn = ({ path }: Place) => own.has(path[0])

function inputsFor(send: SendCase): Input<Place>[] {
  const { blueprint } = send.world
  const limits = Object.values(blueprint.limits)
  const asked = limits.flatMap(limit => askedBy(limit, send.message))
  const read = inputsOf(send.world, asked)
  return [
    timeInput(send),
    sentInput(send),
    ...textInput(send, limits),
    ...channelInput(send, limits),
    ...read.filter(({ name }) => name.path[0] !== NOW),
  ]
}

function askedBy({ inputs, table, skips, rows }: LimitBlueprint, { purpose }: Message): Asked[] {
  const columns = inputs.map((code, index) => ({ code, ranges: rangesOf(table, index) }))
  const conditions = skips.filter(skip => skip.purpose === purpose).map(({ when: code }) => ({ code }))
  const caps = rows.flatMap(({ perDay, perWeek, perMonth }) => [perDay, perWeek, perMonth])
  return [...columns, ...conditions, ...caps.flatMap(code => (code === null ? [] : [{ code }]))]
}

function timeInput(send: SendCase): Input<Place> {
  const name = { path: [NOW], type: { kind: 'datetime' } } as const
  return { name, from: send.at, tried: instantsFor(send) }
}

/** One message fewer after the other, or one more. */
function sentInput({ history }: SendCase): Input<Place> {
  const away = (steps: number) => {
    const count = history.length + steps
    return count >= 0 && steps <= MAX_MORE ? count : undefined
  }
  return { name: { path: [SENT_BEFORE], type: { kind: 'int' } }, from: history.length, tried: [], away }
}

const MAX_MORE = 1_000

/** The history with so many messages: the newest that caps count are left out, or others like this one join now. */
function withCount(send: SendCase, count: number): readonly Sent[] {
  const { history, at, message } = send
  const { purpose, channel } = message
  const more = count - history.length
  if (more === 0) return history
  const like: Sent = { purpose, channel, from: at, to: at }
  if (more > 0) return [...history, ...Array.from({ length: more }, () => like)]
  const left = new Set(byWeight(send).slice(0, -more))
  return history.filter(sent => !left.has(sent))
}

/** Earlier messages by how many rows of the limits count them, the newest of equals first. */
function byWeight({ world: { blueprint }, history }: SendCase): Sent[] {
  const rows = Object.values(blueprint.limits).flatMap(limit => limit.rows.map((_, row) => ({ limit, row })))
  const weighed = history.map(sent => ({
    sent,
    weight: rows.filter(({ limit, row }) => covers(blueprint, limit, { row, sent })).length,
  }))
  return weighed.sort((a, b) => b.weight - a.weight || b.sent.to - a.sent.to).map(({ sent }) => sent)
}

/** The text without any of the words that forbid it. */
function textInput({ world, message }: SendCase, limits: readonly LimitBlueprint[]): Input<Place>[] {
  const words = limits.flatMap(limit =>
    limit.words.flatMap(({ lexicon, act }) =>
      act === 'block' ? (world.blueprint.lexicons[lexicon] ?? []) : [],
    ),
  )
  const to = withoutWords(message.text, words)
  if (to === message.text) return []
  return [
    {
      ...{ name: { path: [SEND_TEXT], type: { kind: 'text' } }, from: message.text },
      tried: [{ to, rank: 1, side: 0 }],
    },
  ]
}

/** What is left may hold a word anew, made of its neighbours. */
function withoutWords(text: string, words: readonly string[]): string {
  for (let left = text; ;) {
    const [found] = findWords(left, words)
    if (!found) return left
    left = left.slice(0, found.start) + left.slice(found.end)
  }
}

function channelInput({ message }: SendCase, limits: readonly LimitBlueprint[]): Input<Place>[] {
  const named = limits.flatMap(({ table }) =>
    table.inputs.flatMap(({ name }, index) =>
      name === 'channel' ? rangesOf(table, index).map(({ from }) => from) : [],
    ),
  )
  const channels = [...new Set(named)].filter(
    channel => typeof channel === 'string' && channel !== message.channel,
  )
  if (channels.length === 0) return []
  const tried = channels.map(to => ({ to: to as string, rank: 1, side: 0 as const }))
  return [{ name: { path: [SEND_CHANNEL], type: { kind: 'text' } }, from: message.channel, tried }]
}
