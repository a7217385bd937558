import { randomUUID } from 'node:crypto'
import { isRefusal, type Command } from '#core/desk'
import type { FieldValues } from '#core/form'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { once, type Once } from '../store/once.ts'
import { newCustomer } from './find-customers.ts'
import { Problem } from './problem.ts'
import { refused, runCommand, type Who } from './run-command.ts'

export interface Opening {
  readonly ticket: string
  readonly entry: string
  readonly customer: string | null
  /** The name of somebody the desk does not know yet, who is kept with the ticket or not at all. */
  readonly newCustomer?: string | undefined
  readonly subject: string | null
  readonly fields: FieldValues
}

/** Where a ticket stands after a command. */
export interface TicketStep {
  readonly id: string
  readonly seq: number
  readonly nodes: readonly string[]
  readonly outcome: string | null
}

/** Who does it, once per key. */
export interface Act {
  readonly tenant: string
  readonly who: Who
  readonly idempotency?: Once | undefined
}

/** Opens a ticket by hand. Throws Problem. */
export function openTicket(
  deps: Deps,
  act: Act,
  { newCustomer: name, ...opening }: Opening,
): Promise<TicketStep> {
  const id = randomUUID()
  if (name !== undefined && (opening.customer !== null || name.trim() === ''))
    throw new Problem('new-customer', 422)
  return perform(deps, act, {
    id,
    command: async tx => {
      const customer = name === undefined ? opening.customer : await newCustomer(deps, tx, name.trim())
      return { command: 'open', id, draft: false, ...opening, customer }
    },
  })
}

/** Takes a transition at one of the ticket's nodes. Throws Problem. */
export function takeTransition(
  deps: Deps,
  act: Act,
  { id, node, event, fields }: { id: string; node: string; event: string; fields: FieldValues },
): Promise<TicketStep> {
  return perform(deps, act, { id, command: { command: 'transition', node, event, fields } })
}

/** Says which record the ticket is about. Throws Problem. */
export function chooseSubject(
  deps: Deps,
  act: Act,
  { id, subject }: { id: string; subject: string },
): Promise<TicketStep> {
  return perform(deps, act, { id, command: { command: 'about', subject } })
}

/** Hands a node to somebody, or looks again for who is free (`to` null). Throws Problem. */
export function assignTicket(
  deps: Deps,
  act: Act,
  { id, node, to, reason }: { id: string; node: string; to: string | null; reason?: string | undefined },
): Promise<TicketStep> {
  return perform(deps, act, {
    id,
    command: { command: 'assign', node, to, reason: reason?.trim() || undefined },
  })
}

function perform(
  deps: Deps,
  act: Act,
  { id, command: asked }: { id: string; command: Command | ((tx: Tx) => Promise<Command>) },
): Promise<TicketStep> {
  const { tenant, who } = act
  return deps.store.inTenant(tenant, tx =>
    once(tx, { tenant, at: deps.now(), request: act.idempotency }, async () => {
      const command = typeof asked === 'function' ? await asked(tx) : asked
      const answer = await runCommand(deps, tx, { tenant, ticket: id, who, command })
      if (isRefusal(answer)) throw refused(answer)
      const { seq, tokens, outcome } = answer.state
      return { id, seq, nodes: Object.keys(tokens), outcome }
    }),
  )
}
