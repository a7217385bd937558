import type { Blueprint, Code, LimitRow, Purpose } from '#core/blueprint'
import { holds, replaceNames, rowFits, solve, type Formula, type World } from '#core/condition'
import { aboutCustomers, expandCustomer } from './about.ts'
import type { Window } from './window.ts'

/** What a message is to the gate, whatever its words. */
export interface MessageKind {
  readonly purpose: Purpose
  readonly channel: string
}

/** A row of a limit as one kind of message meets it. */
export interface GateRow {
  readonly limit: string
  /** From 0. */
  readonly index: number
  readonly row: LimitRow
  /** The customers it binds. */
  readonly fits: Formula
}

const known = new WeakMap<Blueprint, Map<string, readonly GateRow[]>>()

/** Every row that may bind a kind of message; those of other purposes and channels are left out. */
export function gateRows(blueprint: Blueprint, kind: MessageKind): readonly GateRow[] {
  let rows = known.get(blueprint)
  if (!rows) known.set(blueprint, (rows = new Map()))
  const key = `${kind.purpose} ${kind.channel}`
  let found = rows.get(key)
  if (!found) rows.set(key, (found = rowsThatBind(blueprint, kind)))
  return found
}

function rowsThatBind(blueprint: Blueprint, kind: MessageKind): GateRow[] {
  const constants = messageNames(kind)
  return Object.entries(blueprint.limits).flatMap(([limit, { table, inputs, rows }]) => {
    const codes = inputs.map(input => expandCustomer(blueprint, replaceNames(input, constants)))
    const all = rows.map((row, index) => ({
      ...{ limit, index, row },
      fits: rowFits({ blueprint, table, inputs: codes }, index),
    }))
    return all.filter(({ fits }) => canHold(blueprint, fits))
  })
}

/** That no `skip` of a limit keeps such a message back; `only` looks at one of them. */
export function notSkipped(blueprint: Blueprint, { purpose }: MessageKind, only?: Skip): Formula {
  const skips = Object.entries(blueprint.limits).flatMap(([limit, { skips }]) =>
    skips.map((skip, index) => ({ limit, index, skip })),
  )
  const applying = skips.filter(
    ({ limit, index, skip }) =>
      skip.purpose === purpose && (!only || (only.limit === limit && only.index === index)),
  )
  return { not: { any: applying.map(({ skip }) => holds(expandCustomer(blueprint, skip.when))) } }
}

/** A `skip` clause of a limit, from 0. */
export interface Skip {
  readonly limit: string
  readonly index: number
}

/** Whether a formula about a customer may hold, as far as can be told. */
export function canHold(blueprint: Blueprint, formula: Formula): boolean {
  return solve(blueprint, formula, aboutCustomers(blueprint)).can !== 'never'
}

/** A world in which a formula about a customer holds for certain. */
export function worldOf(blueprint: Blueprint, formula: Formula): World | undefined {
  const solution = solve(blueprint, formula, aboutCustomers(blueprint))
  return solution.can === 'hold' ? solution.world : undefined
}

/** The most that a row lets through in a window, whatever a tenant sets; null when it says nothing about that. */
export function capOf(blueprint: Blueprint, row: LimitRow, per: Window): number | null {
  const code = { day: row.perDay, week: row.perWeek, month: row.perMonth }[per]
  if (code?.op === 'const') return typeof code.value === 'number' ? code.value : null
  if (code?.op !== 'name') return null
  const max = Object.hasOwn(blueprint.settings, code.name) ? blueprint.settings[code.name]!.max : undefined
  return typeof max === 'number' ? max : null
}

/**
 * The most messages of a kind that the caps let through to one customer in a window: the least cap that some row of those
 * binding has, for the customer who fares best. Null when some customer is bound by no cap.
 *
 * A row counts by purpose and channel alone, so the bound holds for customers whose level changes meanwhile, too.
 */
export function capOfAll(blueprint: Blueprint, rows: readonly GateRow[], per: Window): number | null {
  const capped = rows.flatMap(gateRow => {
    const cap = gateRow.row.beyond === 'send' ? null : capOf(blueprint, gateRow.row, per)
    return cap === null ? [] : [{ gateRow, cap }]
  })
  const escapes = (cap: number) =>
    canHold(blueprint, {
      not: { any: capped.filter(each => each.cap <= cap).map(each => each.gateRow.fits) },
    })
  return [...new Set(capped.map(({ cap }) => cap))].sort((a, b) => a - b).find(cap => !escapes(cap)) ?? null
}

function messageNames({ purpose, channel }: MessageKind): Record<string, Code> {
  return {
    purpose: { op: 'const', type: { kind: 'enum', name: 'purpose' }, value: purpose },
    channel: { op: 'const', type: { kind: 'enum', name: 'channel' }, value: channel },
  }
}
