import { randomUUID } from 'node:crypto'
import type { EmulatorLog } from '#core/wire'
import type { Deps } from '../deps.ts'
import { EMULATOR_ACCOUNT, EMULATOR_URL } from '../emulator.ts'
import type { Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { Problem } from './problem.ts'
import { wecomAccount } from './wecom-account.ts'

const MAX_LINES = 200
const MAX_CUSTOMERS = 100

/** What a customer writes, and what the member of staff is who writes in their name. */
interface Written {
  readonly externalId: string | undefined
  readonly name: string | undefined
  readonly text: string
  readonly roles: readonly string[]
}

/** A customer of a demo desk writes; a name makes somebody new. Throws Problem when the desk has no emulator or keeps it for its administrators. */
export async function writeAsCustomer(
  deps: Deps,
  tenant: string,
  { externalId, name, text, roles }: Written,
): Promise<{ messageId: string; externalId: string }> {
  const { from, fake } = await deps.store.inTenant(tenant, async tx => {
    const emulator = await emulatorOf(deps, tx, roles)
    return {
      fake: emulator,
      from: externalId ?? (await newCustomer(deps, tx, { tenant, name: name?.trim() || undefined })),
    }
  })
  const words = { externalUserId: from, openKfId: EMULATOR_ACCOUNT, text }
  return { messageId: fake.customerWrites({ ...words, ...(name && { name }) }), externalId: from }
}

/** What the phones of customers and staff show, and who there is to write as. Throws Problem. */
export function emulatorLog(
  deps: Deps,
  { tenant, roles }: { readonly tenant: string; readonly roles: readonly string[] },
): Promise<EmulatorLog> {
  return deps.store.inTenant(tenant, async tx => {
    const fake = await emulatorOf(deps, tx, roles)
    const desk = (await loadDesk(tx))!
    const customers = await tx.query<EmulatorLog['customers'][number]>(
      `select id, external_id as "externalId", name from customer where external_id is not null
       order by updated_at desc, name limit ${MAX_CUSTOMERS}`,
    )
    const staff = await tx.query<EmulatorLog['staff'][number]>(
      `select wecom_user as "userId", name, roles from staff where wecom_user is not null and active order by id`,
    )
    const written = await tx.query<EmulatorLog['fromCustomers'][number]>(
      `select data->>'externalUserId' as "externalId", data->>'text' as text, received_at as at
       from inbox where channel = 'wecom' order by received_at desc limit ${MAX_LINES}`,
    )
    return {
      ...{ now: deps.now() + desk.clockOffsetMs, offsetMs: desk.clockOffsetMs, customers, staff },
      fromCustomers: written.reverse(),
      toCustomers: fake.sentToCustomers
        .slice(-MAX_LINES)
        .map(({ externalUserId, text, at }) => ({ externalId: externalUserId, text, at })),
      toStaff: fake.sentToStaff.slice(-MAX_LINES).map(({ userId, text, at }) => ({ userId, text, at })),
    }
  })
}

/** Its phones are everybody's, so on a desk of real people they are its administrators' alone. */
async function emulatorOf(deps: Deps, tx: Tx, roles: readonly string[]) {
  const isDemo = (await loadDesk(tx))?.demo === true
  if (!isDemo && !roles.includes('admin')) throw new Problem('admin-only', 403)
  const account = await wecomAccount(tx)
  if (account?.baseUrl !== EMULATOR_URL) throw new Problem('no-emulator', 404)
  return deps.emulators.of(account)
}

async function newCustomer(
  deps: Deps,
  tx: Tx,
  { tenant, name }: { tenant: string; name: string | undefined },
): Promise<string> {
  const id = randomUUID()
  const externalId = `wm-${id.slice(0, 8)}`
  // Who gives no name is called by something to be told apart by.
  await tx.query(
    'insert into customer (tenant, id, external_id, name, updated_at) values ($1, $2, $3, $4, $5)',
    [tenant, id, externalId, name ?? `客户 ${id.slice(0, 4)}`, deps.now()],
  )
  return externalId
}
