import type { Deps } from '../deps.ts'
import { notFound } from './problem.ts'

/** Says under which external id a customer writes to the desk. Throws Problem. */
export function linkCustomer(
  deps: Deps,
  tenant: string,
  { customer, externalId }: { customer: string; externalId: string },
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const rows = await tx.query('update customer set external_id = $2 where id = $1 returning id', [
      customer,
      externalId,
    ])
    if (rows.length === 0) throw notFound()
  })
}
