import { isRefusal } from '#core/desk'
import type { Deps } from '../deps.ts'
import { runCommand } from './run-command.ts'

const dispatcher = { kind: 'system', id: 'routing' } as const

/** How many waiting places one run looks at. */
const MAX_WAITING = 200

/** Gives waiting places to whoever is free: by priority, then age; yields how many found somebody. */
export async function dispatchWaiting(deps: Deps, tenant: string): Promise<number> {
  const waiting = await deps.store.inTenant(tenant, tx =>
    tx.query<HeldPlace>(
      `select t.id, token.key as node from ticket t, jsonb_each(t.state->'tokens') as token
       where t.status = 'open' and token.value->>'assignee' is null
       order by array_position(array['紧急', '高', '中', '低'], t.priority), (token.value->>'since')::bigint, t.id
       limit ${MAX_WAITING}`,
    ),
  )
  return lookAgain(deps, tenant, waiting)
}

/** A place of an open ticket: the ticket's id and the node. */
export interface HeldPlace {
  readonly id: string
  readonly node: string
}

/** Looks for somebody to take each place, in order, each in a transaction of its own; yields at how many something changed. */
export async function lookAgain(deps: Deps, tenant: string, places: readonly HeldPlace[]): Promise<number> {
  let changed = 0
  for (const { id, node } of places) {
    const command = { command: 'assign', node, to: null } as const
    const answer = await deps.store.inTenant(tenant, tx =>
      runCommand(deps, tx, { tenant, ticket: id, who: dispatcher, command }),
    )
    if (!isRefusal(answer)) changed++
  }
  return changed
}
