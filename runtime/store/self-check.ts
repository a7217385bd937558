// Whether the database keeps tenants apart; asked at every start, before anything is served.
import { UnsafeStoreError } from './errors.ts'
import { GLOBAL_TABLES } from './migrations/tables.ts'
import type { Tx } from './transaction.ts'

/** Throws UnsafeStoreError naming every fault: a table without tenant, row security, policy or grants, a loose role or view. */
export async function checkIsolation(tx: Tx): Promise<void> {
  const tables = await tx.query<TableState>(TABLE_STATES)
  const tenantTables = tables.filter(({ name }) => !UNCHECKED.has(name))
  const faults = [
    ...tenantTables.flatMap(faultsOf),
    ...(tenantTables.length === 0 ? ['there are no tenant tables'] : []),
    ...(await tx.query<{ fault: string }>(ROLE_FAULTS)).map(({ fault }) => fault),
    ...(await tx.query<{ fault: string }>(VIEW_FAULTS)).map(({ fault }) => fault),
  ]
  if (faults.length > 0) throw new UnsafeStoreError(faults)
}

const UNCHECKED = new Set<string>([...GLOBAL_TABLES, 'axle_migration'])

type TableState = {
  readonly name: string
  readonly has_tenant: boolean
  readonly secured: boolean
  readonly forced: boolean
  readonly policies: number
  readonly loose_policies: number
  readonly granted: boolean
}

const faultsOf = (table: TableState): string[] =>
  [
    !table.has_tenant && 'has no column tenant',
    !table.secured && 'has row security off',
    !table.forced && 'does not force row security on its owner',
    table.policies === 0 && 'has no policy for axle_tenant',
    table.loose_policies > 0 && 'has a policy that does not compare with app.tenant',
    !table.granted && 'is not granted to axle_tenant',
  ].flatMap(fault => (fault ? [`table ${table.name} ${fault}`] : []))

const TABLE_STATES = `
  with policy as (
    select tablename, (roles && '{axle_tenant,public}'::name[]) as theirs,
      coalesce(qual, with_check) like '%app.tenant%' and coalesce(with_check, qual) like '%app.tenant%' as bound
    from pg_policies where schemaname = 'public')
  select c.relname::text as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant' and a.attnotnull) as has_tenant,
    (select count(*)::int from policy p where p.tablename = c.relname and p.theirs) as policies,
    (select count(*)::int from policy p where p.tablename = c.relname and p.theirs and not p.bound) as loose_policies,
    exists (select from pg_roles where rolname = 'axle_tenant' and has_table_privilege(oid, c.oid, 'select')
      and has_table_privilege(oid, c.oid, 'insert')) as granted
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`

const ROLE_FAULTS = `
  select 'role axle_tenant does not exist' as fault where not exists (select from pg_roles where rolname = 'axle_tenant')
  union all
  select 'role axle_tenant may log in or bypasses row security' from pg_roles
    where rolname = 'axle_tenant' and (rolsuper or rolbypassrls or rolcanlogin)
  union all
  select 'role axle_tenant inherits from ' || pg_get_userbyid(roleid) from pg_auth_members
    where member = (select oid from pg_roles where rolname = 'axle_tenant')
  union all
  select 'the connecting user may not take on the role axle_tenant: grant axle_tenant to ' || current_user
    from pg_roles where rolname = 'axle_tenant' and not pg_has_role(oid, 'member')`

const VIEW_FAULTS = `
  select 'view ' || relname || ' runs with the rights of its owner' as fault from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
      and not coalesce('security_invoker=true' = any(reloptions), false)`
