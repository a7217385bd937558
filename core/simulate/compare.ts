import { compareDecimal, parseDecimal } from '#core/values'
import type { Report } from './report.ts'

/** A figure that two runs under the same traffic do not share; null where one of them has no such thing. */
export interface Difference {
  readonly what:
    | 'opened'
    | 'ended'
    | 'end'
    | 'in-time'
    | 'took'
    | 'load'
    | 'waited'
    | 'queue'
    | 'sent'
    | 'deferred'
    | 'dropped'
    | 'held'
    | 'price'
    | 'share'
    | 'money'
    | 'short'
  readonly name: string
  readonly before: number | string | null
  readonly after: number | string | null
}

/** Where the second report differs from the first, in the order of a report. */
export function compareReports(before: Report, after: Report): Difference[] {
  const [was, is] = [figuresOf(before), figuresOf(after)]
  return [...new Map([...was, ...is])].flatMap(([key, { what, name }]) => {
    const [old, now] = [was.get(key)?.value ?? null, is.get(key)?.value ?? null]
    return isSame(old, now) ? [] : [{ what, name, before: old, after: now }]
  })
}

interface Figure extends Pick<Difference, 'what' | 'name'> {
  readonly value: number | string
}

function figuresOf(report: Report): Map<string, Figure> {
  const figures = new Map<string, Figure>()
  const add = (what: Figure['what'], name: string, value: number | string) =>
    figures.set(`${what} ${name}`, { what, name, value })
  for (const { ticket, opened, ended, ends, took } of report.tickets) {
    add('opened', ticket, opened)
    add('ended', ticket, ended)
    for (const [end, times] of Object.entries(ends)) add('end', `${ticket}.${end}`, times)
    add('took', ticket, took.p90)
  }
  for (const { ticket, node, clock, share } of report.clocks)
    add('in-time', `${ticket}.${node}.${clock}`, share)
  for (const { role, load, waitedHours } of report.roles) {
    add('load', role, load)
    add('waited', role, waitedHours)
  }
  for (const { ticket, node, longestQueue } of report.nodes) add('queue', `${ticket}.${node}`, longestQueue)
  for (const send of report.sends)
    for (const verdict of ['sent', 'deferred', 'dropped', 'held'] as const)
      add(verdict, `${send.from}.${send.step}.${send.channel}`, send[verdict])
  for (const { price, total } of report.prices) add('price', price, total)
  for (const { settlement, party, amount } of report.settlements)
    add('share', `${settlement}.${party}`, amount)
  for (const each of ['revenue', 'pay', 'parts', 'margin'] as const) {
    const amount = report.money[each]
    if (amount !== null) add('money', each, amount)
  }
  for (const { region, name, short } of report.stock) add('short', `${region ?? ''} ${name}`.trim(), short)
  return figures
}

function isSame(a: number | string | null, b: number | string | null): boolean {
  const [first, second] = [a, b].map(each => (typeof each === 'string' ? parseDecimal(each) : undefined))
  return first && second ? compareDecimal(first, second) === 0 : a === b
}
