import { createHash } from 'node:crypto'
import { Ajv } from 'ajv'
import type { SourceBlueprint } from '#core/blueprint'
import type { FieldProblem } from '#core/form'
import { readMessage } from '#core/source'
import type { JsonValue } from '#core/values'
import { SourceBody } from '#core/wire'
import { isGenuine, WEBHOOK_TOLERANCE_MS, type Webhook } from '../channels/webhook/index.ts'
import type { Deps } from '../deps.ts'
import { declaring } from '../store/desk-packs.ts'
import { json, type Tx } from '../store/index.ts'
import { loadDesk, type DeskPack, type DeskRow } from '../store/load-desk.ts'
import { awaitMoments } from './await-moments.ts'
import { customerOf } from './customer-of.ts'
import { lockCustomer } from './gate-sends.ts'
import { keepRecord } from './keep-record.ts'
import { Problem } from './problem.ts'
import { customerEvent } from './report-event.ts'
import { secretValues } from './secrets.ts'

/** What became of a message: taken, not mapped to anything here, or left to be mended. */
export type MessageState = 'done' | 'ignored' | 'dead'

/** Why a message was left: no JSON, not of the form of Standard Webhooks, from the future, or fields that do not fit. */
export interface MessageProblem {
  readonly code: 'json' | 'shape' | 'future' | 'fields'
  readonly detail: string | null
  readonly fields: readonly FieldProblem[]
}

export const MAX_MESSAGE_BYTES = 256 * 1024
/** How long it is known that a message came; senders try again for days. */
export const KNOWN_MS = 30 * 24 * 3_600_000

/**
 * Takes a message of another system: proved by the source's secret, once per id, and kept to be mended when it cannot be read,
 * so that its sender, who is told why, need not send it again. Throws Problem for whatever is not proved, all of it alike, and for an id that
 * came with another content.
 */
export function receiveMessage(
  deps: Deps,
  { tenant, source: name, webhook }: { tenant: string; source: string; webhook: Webhook },
): Promise<{ state: MessageState; problem?: MessageProblem }> {
  if (webhook.body.length > MAX_MESSAGE_BYTES)
    throw new Problem('too-large', 413, { params: { limit: '256 KB' } })
  if (tenant === '') throw refusal()
  return deps.store.inTenant(tenant, async tx => {
    const found = await provenSource(deps, tx, { tenant, name, webhook })
    if (!found) throw refusal()
    const { id, body } = webhook
    const digest = createHash('sha256').update(body).digest('hex')
    const known = await noteArrival(tx, { tenant, source: name, id, digest, now: deps.now() })
    if (known && known.digest !== digest) throw new Problem('message-reused', 409)
    if (known) return { state: known.state }
    const text = new TextDecoder().decode(body)
    const sentAt = Number(webhook.timestamp) * 1000
    const outcome = await takeMessage(tx, { deps, tenant, ...found, name }, { id, text, sentAt })
    await keepOutcome(tx, { source: name, id, text }, outcome)
    return { state: outcome.state, ...(outcome.problem && { problem: outcome.problem }) }
  })
}

const refusal = () => new Problem('source-refused', 401)

interface Proven {
  readonly desk: DeskRow
  /** Whose source it is. */
  readonly pack: DeskPack
  readonly source: SourceBlueprint
}

/** INVARIANT: an unknown desk, source or secret and a false signature cannot be told apart. */
async function provenSource(
  deps: Deps,
  tx: Tx,
  { tenant, name, webhook }: { tenant: string; name: string; webhook: Webhook },
): Promise<Proven | undefined> {
  const desk = await loadDesk(tx)
  const pack = desk && declaring(desk, 'sources', name)
  const source = pack?.blueprint.sources[name]
  const wanted = source?.secret ?? ''
  const { [wanted]: secret } = await secretValues(deps, tx, { tenant, names: [wanted] })
  const isProven = isGenuine(webhook, secret ?? 'none', deps.now()) && secret !== undefined
  return desk && pack && source && isProven ? { desk, pack, source } : undefined
}

/** Notes that a message came; what is known of it when it came before. Of two at once the second waits for the first. */
async function noteArrival(
  tx: Tx,
  {
    tenant,
    source,
    id,
    digest,
    now,
  }: { tenant: string; source: string; id: string; digest: string; now: number },
): Promise<{ digest: string; state: MessageState } | undefined> {
  await tx.query(
    `delete from source_message where source = $1 and state in ('done', 'ignored', 'discarded') and received_at < $2`,
    [source, now - KNOWN_MS],
  )
  const fresh = await tx.query(
    `insert into source_message (tenant, source, id, received_at, state, digest) values ($1, $2, $3, $4, 'done', $5)
     on conflict do nothing returning id`,
    [tenant, source, id, now, digest],
  )
  if (fresh.length > 0) return undefined
  const [known] = await tx.query<{ digest: string; state: MessageState }>(
    'select digest, state from source_message where source = $1 and id = $2',
    [source, id],
  )
  return known
}

/** Where a message comes in. */
export interface Inlet extends Proven {
  readonly deps: Deps
  readonly tenant: string
  /** The source's name. */
  readonly name: string
}

export interface Outcome {
  readonly state: MessageState
  readonly type: string | null
  /** Business time, epoch ms; null where it could not be read. */
  readonly at: number | null
  readonly problem: MessageProblem | null
}

const isBody = new Ajv().compile<SourceBody>(SourceBody)

/** Does what a proved message says: the record is kept, and what happened to it reported. */
export async function takeMessage(
  tx: Tx,
  inlet: Inlet,
  { id, text, sentAt }: { readonly id: string; readonly text: string; readonly sentAt: number },
): Promise<Outcome> {
  const body = parsed(text)
  if (body === undefined) return dead('json', null)
  if (!isBody(body))
    return dead('shape', `${isBody.errors![0]!.instancePath} ${isBody.errors![0]!.message}`.trim())
  const { deps, desk, pack, source } = inlet
  const { type } = body
  const said = body.timestamp === undefined ? sentAt : Date.parse(body.timestamp)
  if (Number.isNaN(said)) return { ...dead('shape', `timestamp ${body.timestamp}`), type }
  if (said > deps.now() + WEBHOOK_TOLERANCE_MS) return { ...dead('future', body.timestamp!), type }
  const at = Math.ceil(Math.min(said, deps.now()) + desk.clockOffsetMs)
  const incoming = readMessage(pack.blueprint, source, { type, at, data: body.data as JsonValue })
  if ('code' in incoming)
    return incoming.code === 'unmapped'
      ? { state: 'ignored', type, at, problem: null }
      : { state: 'dead', type, at, problem: { code: 'fields', detail: null, fields: incoming.fields } }
  await keep(tx, inlet, { ...incoming, at, stamp: [at, `${inlet.name} ${id}`] })
  return { state: 'done', type, at, problem: null }
}

async function keep(
  tx: Tx,
  { deps, tenant, desk, pack }: Inlet,
  said: {
    readonly entity: string
    readonly key: string
    readonly event: string
    readonly fields: Readonly<Record<string, JsonValue>>
    readonly at: number
    readonly stamp: readonly [number, string]
  },
): Promise<void> {
  const { entity, event } = said
  const key = await keepRecord(tx, pack, { ...said, tenant, now: deps.now() })
  const at = deps.now() + desk.clockOffsetMs
  if (entity !== 'customer') await awaitMoments(tx, { desk, at }, { entity, key })
  const customer = await customerOf(tx, pack.blueprint, { entity, key })
  // What belongs to no customer, such as a stock, is kept all the same.
  if (customer === undefined) return
  await lockCustomer(tx, customer)
  await customerEvent(tx, { deps, tenant, desk, customer, at }, { entity, key, event, at: said.at })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Why: whoever mends it reads the text itself.
    return undefined
  }
}

function dead(code: MessageProblem['code'], detail: string | null): Outcome {
  return { state: 'dead', type: null, at: null, problem: { code, detail, fields: [] } }
}

/** Keeps what became of a message, and its text while somebody may have to mend it. */
export async function keepOutcome(
  tx: Tx,
  { source, id, text }: { source: string; id: string; text: string },
  { state, type, at, problem }: Outcome,
): Promise<void> {
  await tx.query(
    `update source_message set state = $3, type = $4, at = $5, body = $6, problem = $7 where source = $1 and id = $2`,
    [source, id, state, type, at, state === 'dead' ? text : null, problem && json(problem)],
  )
}
