import { randomUUID } from 'node:crypto'
import type { CustomerReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'

const MAX_FOUND = 20
/** Longer ones are cut: nobody types such a name. */
const MAX_WORDS = 100

/** Customers whose name, id or one whole value (a telephone number) is what was typed; without words, those who were here last. */
export function findCustomers(deps: Deps, tenant: string, words: string): Promise<CustomerReply[]> {
  const sought = words.trim().slice(0, MAX_WORDS)
  return deps.store.snapshot(tenant, tx =>
    tx.query<CustomerReply>(
      `select c.id, c.name,
         (select count(*)::int from ticket t where t.customer_id = c.id and t.status = 'open') as open
       from customer c
       where $1 = '' or position(lower($1) in lower(c.name)) > 0 or c.id = $1
         or exists (select 1 from jsonb_each_text(c.data) item where item.value = $1)
       order by (c.name = $1) desc, c.updated_at desc, c.id limit ${MAX_FOUND}`,
      [sought],
    ),
  )
}

/** A customer known by name alone; yields the id. */
export async function newCustomer(deps: Deps, tx: Tx, name: string): Promise<string> {
  const id = randomUUID()
  await tx.query(
    `insert into customer (tenant, id, name, updated_at) values (current_setting('app.tenant'), $1, $2, $3)`,
    [id, name, deps.now()],
  )
  return id
}
