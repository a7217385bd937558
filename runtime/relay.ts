import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import type { Bus, Change } from './deps.ts'

/** Carries changes between the processes that share a PostgreSQL: one connection each, ids only. */
export interface Relay {
  readonly bus: Bus
  readonly close: () => Promise<void>
}

const CHANNEL = 'axle_change'
const RETRY_MS = 1_000

/**
 * A bus whose changes reach the listeners of every process. While the connection is down changes stay in their own
 * process; once it is back, listeners of every desk are told that something may have changed.
 */
export async function connectRelay(databaseUrl: string, local: Bus): Promise<Relay> {
  const self = randomUUID()
  let client: Client | undefined
  let closed = false
  const connect = async () => {
    const fresh = new Client({ connectionString: databaseUrl, application_name: 'axle live updates' })
    fresh.on('notification', ({ payload }) => {
      const { from, change } = JSON.parse(payload ?? '{}') as { from?: string; change?: Change }
      if (change && from !== self) local.publish(change)
    })
    fresh.on('error', lose(fresh))
    fresh.on('end', lose(fresh))
    await fresh.connect()
    await fresh.query(`listen ${CHANNEL}`)
    client = fresh
  }
  const lose = (lost: Client) => () => {
    if (client !== lost || closed) return
    client = undefined
    setTimeout(again, RETRY_MS).unref()
  }
  const again = () => {
    if (closed) return
    connect().then(local.stale, () => setTimeout(again, RETRY_MS).unref())
  }
  await connect()
  const publish = (change: Change) => {
    local.publish(change)
    // Why no wait: a lost word costs a late refresh, and the connection's loss is seen by itself.
    client
      ?.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify({ from: self, change })])
      .catch(() => {})
  }
  const close = async () => {
    closed = true
    await client?.end()
  }
  return { bus: { ...local, publish }, close }
}
