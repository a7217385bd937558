import { sampleData } from '#core/source'
import type { DeadMessageReply, InboundReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { declaring, wholeDesk } from '../store/desk-packs.ts'
import { notFound } from './problem.ts'
import { KNOWN_MS, keepOutcome, takeMessage, type MessageState } from './receive-message.ts'
import { deskOf } from './run-command.ts'

/** The sources of a desk: where they come in, whether their secret is set, and how their messages fared. */
export function listSources(deps: Deps, tenant: string): Promise<InboundReply[]> {
  return deps.store.inTenant(tenant, async tx => {
    const blueprint = wholeDesk(await deskOf(tx))!
    const secrets = await tx.query<{ name: string }>('select name from action_secret')
    const counts = await tx.query<{ source: string; state: MessageState; count: string; last: string }>(
      `select source, state, count(*) as count, max(received_at) as last from source_message
       where state = 'dead' or received_at > $1 group by source, state`,
      [deps.now() - KNOWN_MS],
    )
    return Object.entries(blueprint.sources).map(([name, { label, secret, mappings }]) => {
      const own = counts.filter(({ source }) => source === name)
      const count = (state: MessageState) => Number(own.find(row => row.state === state)?.count ?? 0)
      return {
        ...{ name, label, secret, isSecretSet: secrets.some(each => each.name === secret) },
        address: `/api/sources/${encodeURIComponent(name)}?desk=${encodeURIComponent(tenant)}`,
        events: mappings.map(mapping => ({
          ...{ says: mapping.says, event: `${mapping.entity}.${mapping.event}` },
          data: sampleData(blueprint, mapping),
        })),
        ...{ done: count('done'), ignored: count('ignored'), dead: count('dead') },
        lastAt: own.length === 0 ? null : Math.max(...own.map(({ last }) => Number(last))),
      }
    })
  })
}

const MAX_ROWS = 200

/** Messages that could not be read, the oldest first. */
export function listDead(deps: Deps, tenant: string, source: string): Promise<DeadMessageReply[]> {
  return deps.store.inTenant(tenant, async tx => {
    const rows = await tx.query<DeadMessageReply & { receivedAt: string }>(
      `select id, type, received_at as "receivedAt", body, problem, attempts from source_message
       where source = $1 and state = 'dead' order by received_at, id limit ${MAX_ROWS}`,
      [source],
    )
    return rows.map(row => ({ ...row, receivedAt: Number(row.receivedAt) }))
  })
}

/**
 * Tries a message again, mended or, after the pack was, as it came; it counts for when it was sent. Throws Problem when there
 * is none to be mended.
 */
export function mendMessage(
  deps: Deps,
  { tenant, source: name, id, body }: { tenant: string; source: string; id: string; body?: unknown },
): Promise<{ state: MessageState }> {
  return deps.store.inTenant(tenant, async tx => {
    const [row] = await tx.query<{ body: string; received_at: string }>(
      `update source_message set attempts = attempts + 1 where source = $1 and id = $2 and state = 'dead'
       returning body, received_at`,
      [name, id],
    )
    const desk = await deskOf(tx)
    const pack = declaring(desk, 'sources', name)
    const source = pack?.blueprint.sources[name]
    if (!row || !pack || !source) throw notFound()
    const text = body === undefined ? row.body : JSON.stringify(body)
    const inlet = { deps, tenant, desk, pack, source, name }
    const outcome = await takeMessage(tx, inlet, { id, text, sentAt: Number(row.received_at) })
    await keepOutcome(tx, { source: name, id, text }, outcome)
    return { state: outcome.state }
  })
}

/** Leaves a message out for good. Throws Problem when there is none to be mended. */
export function discardMessage(
  deps: Deps,
  { tenant, source, id }: { tenant: string; source: string; id: string },
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const rows = await tx.query(
      `update source_message set state = 'discarded', body = null where source = $1 and id = $2 and state = 'dead'
       returning id`,
      [source, id],
    )
    if (rows.length === 0) throw notFound()
  })
}
