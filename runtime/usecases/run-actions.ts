import { randomUUID } from 'node:crypto'
import type { ActionBlueprint } from '#core/blueprint'
import { FAULT, isRefusal, type Command } from '#core/desk'
import type { FieldValues } from '#core/form'
import type { Deps } from '../deps.ts'
import { actionSource, type PackTexts } from '../packs/index.ts'
import { createNet, type SandboxEnd } from '../sandbox/index.ts'
import { json, type Tx } from '../store/index.ts'
import { loadBlueprint } from '../store/load-desk.ts'
import { findTicket } from '../store/ticket-rows.ts'
import { actionInput, actionResult } from './action-values.ts'
import { isSilent } from './gate-sends.ts'
import { runCommand } from './run-command.ts'

/** A run that a crash left half done is taken up again after so long, with the same key. */
const STUCK_MS = 60_000

interface Claimed {
  readonly id: string
  readonly ticket: string
  readonly node: string
  readonly visit: number
  readonly name: string
  readonly action: ActionBlueprint
  readonly source: string | undefined
  readonly input: FieldValues
  readonly key: string
  readonly attempts: number
  /** Of the pack: what the amounts are in. */
  readonly currency: string
  readonly secrets: Readonly<Record<string, string>>
}

/** Runs every queued action of a desk: claimed, run outside any transaction, its outcome taken to the ticket. */
export async function runActions(deps: Deps, tenant: string): Promise<number> {
  for (let ran = 0; ;) {
    const claimed = await deps.store.inTenant(tenant, tx => claimNext(deps, tx))
    if (claimed === 'none') return ran
    if (claimed === 'held') continue
    await conclude(deps, tenant, claimed, await runClaimed(deps, tenant, claimed))
    ran++
  }
}

interface RunRow {
  readonly id: string
  readonly ticket_id: string
  readonly node: string
  readonly visit: number
  readonly action: string
  readonly input: FieldValues
  readonly key: string
  readonly attempts: number
}

async function claimNext(deps: Deps, tx: Tx): Promise<Claimed | 'held' | 'none'> {
  const now = deps.now()
  const [row] = await tx.query<RunRow>(
    `select id, ticket_id, node, visit, action, input, key, attempts from action_run
     where state = 'queued' or (state = 'running' and changed_at < $1)
       or (state = 'waiting' and changed_at <= $2)
     order by created_at, id limit 1 for update skip locked`,
    [now - STUCK_MS, now],
  )
  if (!row) return 'none'
  if (await isSilent(tx, `action:${row.action}`)) {
    await tx.query(`update action_run set state = 'held', detail = 'trial' where id = $1`, [row.id])
    return 'held'
  }
  await tx.query(
    `update action_run set state = 'running', attempts = attempts + 1, changed_at = $2 where id = $1`,
    [row.id, now],
  )
  const ticket = (await findTicket(tx, row.ticket_id))!
  const blueprint = await loadBlueprint(tx, ticket.blueprintHash)
  const action = blueprint.actions[row.action]
  if (!action) {
    // The ticket left the node by hand and went on under a version that has no such action: nobody waits for the answer.
    await tx.query(`update action_run set state = 'done', outcome = $2, detail = 'moved' where id = $1`, [
      row.id,
      FAULT,
    ])
    return 'held'
  }
  const [text] = await tx.query<{ source: PackTexts }>('select source from blueprint where hash = $1', [
    ticket.blueprintHash,
  ])
  const secrets = await tx.query<{ name: string; value: string }>(
    'select name, value from action_secret where name = any($1)',
    [[...action.secrets]],
  )
  return {
    ...{ id: row.id, ticket: row.ticket_id, node: row.node, visit: row.visit, name: row.action, action },
    ...{ input: row.input, key: row.key, attempts: row.attempts + 1 },
    currency: blueprint.pack.currency,
    source: actionSource(text!.source, row.action),
    secrets: Object.fromEntries(secrets.map(secret => [secret.name, secret.value])),
  }
}

async function runClaimed(deps: Deps, tenant: string, claimed: Claimed): Promise<SandboxEnd> {
  const { source, action, key, secrets } = claimed
  if (source === undefined) return noCode
  const net = createNet({ hosts: action.net, secrets, ...(deps.connector && { connector: deps.connector }) })
  const input = actionInput(action, claimed.input, claimed.currency)
  return deps.sandbox.run({
    ...{ tenant, source, input, key, timeoutMs: action.timeoutMs },
    capabilities: { ...(action.net.length > 0 && { net }), time: deps.now, random: randomUUID },
  })
}

const noCode: SandboxEnd = {
  fault: { code: 'source', detail: 'the pack has no code for this action' },
  log: [],
  meters: { ms: 0, maxRssBytes: 0, calls: 0 },
}

/** A fault is tried again as declared, with the same key; the last one, and every outcome, goes to the ticket. */
async function conclude(deps: Deps, tenant: string, claimed: Claimed, end: SandboxEnd): Promise<void> {
  const { action, attempts } = claimed
  const read = actionResult(action, end, claimed.currency)
  const again = read.fault !== null && attempts <= action.retries
  await deps.store.inTenant(tenant, async tx => {
    const { fromMs, toMs } = action.backoff
    const waitMs = again ? Math.min(toMs, fromMs * 2 ** (attempts - 1)) : 0
    const state = again ? 'waiting' : 'done'
    await tx.query(
      `update action_run set state = $2, outcome = $3, output = $4, detail = $5, log = $6, meters = $7, changed_at = $8
       where id = $1`,
      [
        ...[claimed.id, state, read.outcome, json(read.output), read.fault, json(end.log), json(end.meters)],
        deps.now() + waitMs,
      ],
    )
    if (again) {
      tx.enqueue('actions', { tenant }, { startAfter: new Date(Date.now() + waitMs) })
      return
    }
    const { node, visit, ticket, name } = claimed
    const command: Command = {
      ...{ command: 'outcome', node, visit, outcome: read.outcome, output: read.output, detail: read.fault },
    }
    const who = { kind: 'system', id: name } as const
    const answer = await runCommand(deps, tx, { tenant, ticket, who, command })
    // Why passed over: the ticket left the node while the action ran; the run's record says what it did.
    if (isRefusal(answer)) return
  })
}
