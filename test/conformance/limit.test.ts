import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { customerFacts, judge, type Reason, type Sent } from '#core/limit'
import type { JsonValue } from '#core/values'
import { checkPack } from '#dsl'
import { instantAt, localOf } from '../support/reference-calendar.ts'
import { numberOf, type Seen } from '../support/reference-expression.ts'
import { referenceGate } from '../support/reference-gate.ts'

// gate.axle holds the limits, gate.txt the cases; its first lines say how one is written.
const read = (name: string) => readFileSync(new URL(`limits/${name}`, import.meta.url), 'utf8')
const text = read('gate.axle')
const { blueprint, diagnostics } = checkPack({ 'gate.axle': text })
const { zone } = blueprint.pack
const moment = (local: string) => instantAt(local, zone)

const cases = read('gate.txt')
  .split('\n')
  .filter(line => line.includes(' => ') && !line.startsWith('#'))
  .map(line => {
    const [said = '', expected = ''] = line.split(' => ')
    const [message = '', facts = '', sent = ''] = said.split('|').map(part => part.trim())
    const [, at = '', purpose = '', channel = '', words = ''] =
      /^(\S+ \S+) (\S+) (\S+) "(.*)"$/.exec(message) ?? []
    return {
      title: line,
      expected: expected.split('; '),
      at: moment(at),
      message: { purpose: purpose as Sent['purpose'], channel, text: words },
      open: new Set([...facts.matchAll(/open\((.+?)\)/g)].map(([, kind]) => kind!)),
      last: Object.fromEntries(
        [...facts.matchAll(/last\((.+?)\)=(\S+ \S+)/g)].map(([, event, local]) => [event!, moment(local!)]),
      ),
      customer: Object.fromEntries(
        [...facts.matchAll(/(?:^| )([^\s()=]+)=(\S+)/g)].map(([, name, value]) => [name!, value!]),
      ),
      history: sent.split(', ').filter(Boolean).map(readSent),
    }
  })

function readSent(written: string): Sent {
  const [, purpose = '', channel = '', from = '', to = from] =
    /^(\S+) (\S+) (\S+ \d\d:\d\d)(?:\.\.(.+))?$/.exec(written) ?? []
  return { purpose: purpose as Sent['purpose'], channel, from: moment(from), to: moment(to) }
}

const jsonOf = (value: string): JsonValue =>
  value === 'true' ? true : /^\d+$/.test(value) ? Number(value) : value
const seenOf = (value: string): Seen =>
  value === 'true' ? true : /^\d+$/.test(value) ? numberOf(value) : { t: 'name', s: value }

function told(reason: Reason): string {
  switch (reason.reason) {
    case 'row':
      return `row ${reason.limit} ${reason.row + 1}`
    case 'quiet':
      return `quiet ${reason.limit} ${reason.row + 1} ${localOf(reason.until, zone)}`
    case 'cap': {
      const { limit, row, per, used, cap, until } = reason
      return `cap ${limit} ${row + 1} ${per} ${used}/${cap} ${localOf(until, zone)}`
    }
    case 'skip':
      return `skip ${reason.limit} ${reason.index + 1}`
    case 'word':
      return `word ${reason.lexicon} ${reason.word} ${reason.act}`
    case 'too-late':
      return 'too-late'
  }
}

const answer = (verdict: string, until: number | null | undefined, reasons: readonly string[]) => [
  typeof until === 'number' ? `${verdict} ${localOf(until, zone)}` : verdict,
  ...reasons,
]

describe('the send gate of the conformance data', () => {
  test(`is ${cases.length} cases, at least 60, of sound limits`, () => {
    expect(diagnostics).toEqual([])
    expect(cases.length).toBeGreaterThanOrEqual(60)
  })

  test.each(cases)('$title by the engine', ({ at, message, open, last, customer, history, expected }) => {
    const fields = Object.fromEntries(Object.entries(customer).map(([name, value]) => [name, jsonOf(value)]))
    const around = { records: { customer: { c: fields } }, settings: {}, at }
    const about = { customer: 'c', subject: null, history: { open, last }, at, zone }
    const facts = customerFacts(blueprint, around, about)
    const found = judge({ blueprint, facts, message, history, at, zone })
    expect(answer(found.verdict, found.until, found.reasons.map(told))).toEqual(expected)
  })

  test.each(cases)('$title by the reference', ({ at, message, open, last, customer, history, expected }) => {
    // What the pack says of a customer nobody described, and of settings nobody chose.
    const unsaid = { 等级: '普通', 退订: 'false' }
    const seen = Object.entries({ ...unsaid, ...customer }).map(
      ([name, value]) => [name, value === 'false' ? false : seenOf(value)] as const,
    )
    const { verdict, until, reasons } = referenceGate(text, zone, {
      ...{ at, ...message, open, last, history },
      customer: { 积分: null, ...Object.fromEntries(seen) },
      settings: { 单日上限: numberOf('1') },
    })
    expect(answer(verdict, until, reasons)).toEqual(expected)
  })
})
