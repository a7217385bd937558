// Who may touch the rows of a table that belongs to tenants.

/** Row security for a tenant's table: each tenant its own rows, the owner all; without change or removal when append-only. */
export function tenantRights(
  table: string,
  { owner, appendOnly }: { readonly owner: string; readonly appendOnly: boolean },
): string[] {
  const mine = `tenant = (select current_setting('app.tenant', true))`
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy own_rows on ${table} to axle_tenant using (${mine}) with check (${mine})`,
    // Why: forced row security binds the owner too, and the owner resolves sessions and due timers of all tenants.
    `create policy all_rows on ${table} to ${owner} using (true) with check (true)`,
    `grant select, insert${appendOnly ? '' : ', update, delete'} on ${table} to axle_tenant`,
  ]
}

/** Refuses every change to rows once written, also by the owner. */
export const appendOnlyGuards = (table: string): string[] => [
  `create trigger refuse_change before update or delete on ${table}
    for each row execute function refuse_change()`,
  `create trigger refuse_truncate before truncate on ${table}
    for each statement execute function refuse_change()`,
]

const OWNER = `
  select case when exists (select from pg_roles where rolname = 'axle_owner' and pg_has_role(oid, 'usage'))
    then 'axle_owner' else quote_ident(current_user) end as owner`

/** Whose policy lets all rows be seen: axle_owner, or the connecting user where that role is out of reach. */
export async function ownerOf(execute: (sql: string) => Promise<unknown>): Promise<string> {
  const [row] = (await execute(OWNER)) as { owner: string }[]
  return row!.owner
}
