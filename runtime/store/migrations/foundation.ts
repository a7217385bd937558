import { Migration } from '@mikro-orm/migrations'
import { appendOnlyGuards, ownerOf, tenantRights } from './rights.ts'
import { APPEND_ONLY_TABLES, GLOBAL_TABLES, INDEXES, TABLES } from './tables.ts'

/** Roles, tables, indexes, row security and append-only guards. */
export class Foundation extends Migration {
  override async up(): Promise<void> {
    for (const sql of ROLES) await this.execute(sql)
    const owner = await ownerOf(sql => this.execute(sql))
    this.addSql(REFUSE_CHANGE)
    for (const [table, body] of Object.entries(TABLES)) this.addSql(`create table ${table} (${body})`)
    for (const sql of INDEXES) this.addSql(sql)
    for (const table of Object.keys(TABLES)) for (const sql of rightsOf(table, owner)) this.addSql(sql)
    for (const table of APPEND_ONLY_TABLES) for (const sql of appendOnlyGuards(table)) this.addSql(sql)
  }
}

// Why: a role belongs to the whole cluster, so another database or process may have made it, and the connecting user
// may lack the right to make or grant it. The self-check says so when the tenant role cannot be taken on.
const role = (name: string) => [
  `do $$ begin
    if not exists (select from pg_roles where rolname = '${name}') then create role ${name} nologin; end if;
  exception when duplicate_object or unique_violation or insufficient_privilege then null;
  end $$`,
  `do $$ begin
    if not (select rolsuper from pg_roles where rolname = current_user) then grant ${name} to current_user; end if;
  exception when undefined_object or insufficient_privilege then null;
  end $$`,
]

const ROLES = [...role('axle_tenant'), ...role('axle_owner'), 'grant usage on schema public to axle_tenant']

const REFUSE_CHANGE = `
  create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
  end $$`

const isGlobal = (table: string) => (GLOBAL_TABLES as readonly string[]).includes(table)
const isAppendOnly = (table: string) => (APPEND_ONLY_TABLES as readonly string[]).includes(table)

function rightsOf(table: string, owner: string): string[] {
  if (table === 'tenant_index') return []
  if (table === 'blueprint') return ['grant select, insert on blueprint to axle_tenant']
  if (isGlobal(table)) return [`grant select on ${table} to axle_tenant`]
  return tenantRights(table, { owner, appendOnly: isAppendOnly(table) })
}
