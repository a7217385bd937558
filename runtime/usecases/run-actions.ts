import type { ActionBlueprint, Blueprint } from '#core/blueprint'
import { FAULT, isRefusal, type Command, type TicketState } from '#core/desk'
import type { FieldValues } from '#core/form'
import type { Deps } from '../deps.ts'
import { actionSource, type PackTexts } from '../packs/index.ts'
import { MAX_BATCH, type SandboxEnd } from '../sandbox/index.ts'
import { json, type Tx } from '../store/index.ts'
import { loadBlueprint } from '../store/load-desk.ts'
import { findTicket } from '../store/ticket-rows.ts'
import { capabilitiesFor, nothingAsked, type Asked } from './action-capabilities.ts'
import { actionInput, actionResult, lacking, missingInput, notRun } from './action-values.ts'
import { isSilent } from './gate-sends.ts'
import { deskOf, runCommand } from './run-command.ts'
import { secretValues } from './secrets.ts'

/** A run that a crash left half done is taken up again after so long, with the same key. */
const STUCK_MS = 60_000

/** Runs of one action under one version, to be run together. */
interface Claimed {
  readonly tenant: string
  readonly name: string
  readonly blueprint: Blueprint
  readonly action: ActionBlueprint
  readonly source: string | undefined
  readonly secrets: Readonly<Record<string, string>>
  readonly offsetMs: number
  readonly runs: readonly ClaimedRun[]
}

interface ClaimedRun extends RunRow {
  readonly state: TicketState
  readonly asked: Asked
}

/** Runs every queued action of a desk: claimed, run outside any transaction, its outcome taken to the ticket. */
export async function runActions(deps: Deps, tenant: string): Promise<number> {
  for (let ran = 0; ;) {
    const claimed = await deps.store.inTenant(tenant, tx => claimNext(deps, tx, tenant))
    if (claimed === 'none') return ran
    if (claimed === 'held') continue
    const ends = await runClaimed(deps, claimed)
    if (isBroken(ends)) {
      await separate(deps, claimed)
      continue
    }
    for (const [at, end] of ends.entries()) await conclude(deps, claimed.runs[at]!, { claimed, end })
    ran += claimed.runs.length
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
  /** It shares its run with no other ticket. */
  readonly alone: boolean
}

const READY = `(r.state = 'queued' or (r.state = 'running' and r.changed_at < $1)
  or (r.state = 'waiting' and r.changed_at <= $2))`
const COLUMNS = 'r.id, r.ticket_id, r.node, r.visit, r.action, r.input, r.key, r.attempts, r.alone'

async function claimNext(deps: Deps, tx: Tx, tenant: string): Promise<Claimed | 'held' | 'none'> {
  const now = deps.now()
  const [row] = await tx.query<RunRow>(
    `select ${COLUMNS} from action_run r where ${READY} order by r.created_at, r.id limit 1 for update skip locked`,
    [now - STUCK_MS, now],
  )
  if (!row) return 'none'
  const { blueprintHash, state } = (await findTicket(tx, row.ticket_id))!
  const blueprint = await loadBlueprint(tx, blueprintHash)
  if (await isSilent(tx, { pack: blueprint.pack.name, kind: `action:${row.action}` })) {
    await tx.query(`update action_run set state = 'held', detail = 'trial' where id = $1`, [row.id])
    return 'held'
  }
  const action = blueprint.actions[row.action]
  if (!action) {
    // The ticket left the node by hand and went on under a version that has no such action: nobody waits for the answer.
    await tx.query(`update action_run set state = 'done', outcome = $2, detail = 'moved' where id = $1`, [
      row.id,
      FAULT,
    ])
    return 'held'
  }
  const others = isTogether(action) && !row.alone ? await alike(tx, { row, blueprintHash, now }) : []
  const runs = [{ ...row, ticket_state: state }, ...others].map(({ ticket_state, ...run }): ClaimedRun => ({
    ...{ ...run, attempts: run.attempts + 1, state: ticket_state, asked: nothingAsked() },
  }))
  await tx.query(
    `update action_run set state = 'running', attempts = attempts + 1, changed_at = $2 where id = any($1)`,
    [runs.map(({ id }) => id), now],
  )
  const [text] = await tx.query<{ source: PackTexts }>('select source from blueprint where hash = $1', [
    blueprintHash,
  ])
  return {
    ...{ tenant, name: row.action, blueprint, action, runs },
    source: actionSource(text!.source, row.action),
    secrets: await secretValues(deps, tx, { tenant, names: action.secrets }),
    offsetMs: (await deskOf(tx)).clockOffsetMs,
  }
}

/** Whether tickets may share a run: what one leaves behind when another breaks a limit must be nothing. */
function isTogether({ net, keeps }: ActionBlueprint): boolean {
  return net.length === 0 && !keeps
}

/** Other queued runs of the same action under the same version. */
async function alike(
  tx: Tx,
  { row, blueprintHash, now }: { readonly row: RunRow; readonly blueprintHash: string; readonly now: number },
): Promise<(RunRow & { readonly ticket_state: TicketState })[]> {
  return tx.query<RunRow & { readonly ticket_state: TicketState }>(
    `select ${COLUMNS}, t.state as ticket_state
     from action_run r join ticket t on t.tenant = r.tenant and t.id = r.ticket_id
     where ${READY} and r.action = $3 and r.id <> $4 and t.blueprint_hash = $5 and not r.alone
     order by r.created_at, r.id limit ${MAX_BATCH - 1} for update of r skip locked`,
    [now - STUCK_MS, now, row.action, row.id, blueprintHash],
  )
}

/** Whether a run over many broke a limit: then it is not known whose fault it was. */
function isBroken(ends: readonly SandboxEnd[]): boolean {
  return ends.length > 1 && ends.every(({ fault }) => fault && fault.code !== 'thrown')
}

/** Puts the runs back, each to be run alone, as if this had not been an attempt. */
async function separate(deps: Deps, { tenant, runs }: Claimed): Promise<void> {
  await deps.store.inTenant(tenant, tx =>
    tx.query(
      `update action_run set state = 'queued', alone = true, attempts = attempts - 1, changed_at = $2
       where id = any($1)`,
      [runs.map(({ id }) => id), deps.now()],
    ),
  )
}

/** One end each. */
async function runClaimed(deps: Deps, claimed: Claimed): Promise<SandboxEnd[]> {
  const { source, action, blueprint, tenant, secrets, offsetMs, runs } = claimed
  if (source === undefined) return runs.map(() => notRun('source', 'the pack has no code for this action'))
  // Why not run: its code was promised what is not declared with `?`.
  const missing = runs.map(({ input }) => missingInput(action, input))
  const items = runs
    .filter((_, index) => missing[index] === undefined)
    .map(({ input, key, state, asked }) => ({
      input: actionInput(blueprint, action, input),
      key,
      capabilities: capabilitiesFor(deps, { tenant, blueprint, action, state, secrets }, { asked, offsetMs }),
    }))
  const ends =
    items.length === 0
      ? []
      : await deps.sandbox.runBatch({ tenant, source, timeoutMs: action.timeoutMs, items })
  return missing.map(name => (name === undefined ? ends.shift()! : lacking(name)))
}

/** A fault is tried again as declared, with the same key; the last one, and every outcome, goes to the ticket. */
async function conclude(
  deps: Deps,
  run: ClaimedRun,
  { claimed, end }: { readonly claimed: Claimed; readonly end: SandboxEnd },
): Promise<void> {
  const { action, blueprint, tenant, name } = claimed
  const read = actionResult(blueprint, action, end)
  const again = read.fault !== null && run.attempts <= action.retries
  await deps.store.inTenant(tenant, async tx => {
    const { fromMs, toMs } = action.backoff
    const waitMs = again ? Math.min(toMs, fromMs * 2 ** (run.attempts - 1)) : 0
    const meters = { ...end.meters, tickets: claimed.runs.length }
    await tx.query(
      `update action_run set state = $2, outcome = $3, output = $4, detail = $5, log = $6, meters = $7, changed_at = $8,
         stack = $9 where id = $1`,
      [
        ...[run.id, again ? 'waiting' : 'done', read.outcome, json(read.output), read.fault, json(end.log)],
        ...[json(meters), deps.now() + waitMs, end.fault?.stack ?? null],
      ],
    )
    if (again) {
      tx.enqueue('actions', { tenant }, { startAfter: new Date(Date.now() + waitMs) })
      return
    }
    const { node, visit, ticket_id: ticket, asked } = run
    const done = read.fault === null ? asked : nothingAsked()
    const command: Command = {
      ...{ command: 'outcome', node, visit, outcome: read.outcome, output: read.output, detail: read.fault },
      ...(Object.keys(done.fields).length > 0 && { fields: done.fields }),
    }
    const who = { kind: 'system', id: name } as const
    const answer = await runCommand(deps, tx, { tenant, ticket, who, command })
    // Why passed over: the ticket left the node while the action ran; the run's record says what it did.
    if (isRefusal(answer)) return
    const sends = { tenant, pack: blueprint.pack.name, texts: done.sends }
    await enqueueSends(tx, run, { ...sends, at: deps.now() + claimed.offsetMs })
  })
}

/** Messages wait for the send gate like all others; the id, from the run, keeps a repeat from sending twice. */
async function enqueueSends(
  tx: Tx,
  { id, ticket_id: ticket, node, state }: ClaimedRun,
  {
    tenant,
    pack,
    texts,
    at,
  }: {
    readonly tenant: string
    readonly pack: string
    readonly texts: readonly string[]
    readonly at: number
  },
): Promise<void> {
  for (const [index, text] of texts.entries())
    await tx.query(
      `insert into outbox (tenant, id, kind, to_kind, to_id, ticket_id, body, state, created_at, pack)
       values ($1, $2, 'notify-customer', 'customer', $3, $4, $5, 'queued', $6, $7) on conflict do nothing`,
      [tenant, `${id}.send.${index}`, state.customer, ticket, json({ text, node }), at, pack],
    )
  if (texts.length > 0) tx.enqueue('outbox', { tenant })
}
