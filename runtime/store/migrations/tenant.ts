import { Migration } from '@mikro-orm/migrations'
import { appendOnlyGuards, ownerOf, tenantRights } from './rights.ts'

const TABLES: Readonly<Record<string, string>> = {
  // Keys whose archives this desk takes, besides those the whole service trusts.
  desk_key: `
    tenant text not null references desk, id text not null, public_key text not null, name text not null,
    added_by text not null, added_at bigint not null, primary key (tenant, id)`,
  // How far the desk came in connecting WeCom: what was typed last and what each check said.
  wecom_step: `
    tenant text not null references desk, step text not null, state text not null, reason text,
    detail jsonb not null default '{}', typed jsonb not null default '{}', at bigint not null,
    primary key (tenant, step)`,
}

// What served before a release was put on the desk: what a rollback brings back. Never changed; `undone` names the row it undoes.
const INSTALL_STEP = `
  tenant text not null references desk, pack text not null, step int not null, version int not null, at bigint not null,
  by_staff text not null, before jsonb, undone int, primary key (tenant, pack, step)`

/** A tenant's first day: the first link, keys of its own, WeCom in steps, departments, what a rollback brings back, an audit in a chain. */
export class Tenant extends Migration {
  override async up(): Promise<void> {
    const owner = await ownerOf(sql => this.execute(sql))
    this.addSql(
      `create table setup_link (token_hash text primary key, expires_at bigint not null, used_at bigint)`,
    )
    this.addSql(`alter table invite add column used_at bigint`)
    this.addSql(`create table release_key (
      key_id text not null, name text not null, version int not null, hash text not null references pack_release,
      primary key (key_id, name, version))`)
    this.addSql(`insert into release_key (key_id, name, version, hash)
      select key_id, name, version, hash from pack_release where key_id is not null`)
    // Why: two makers may give two packs one name; of each maker a name and a version are one release.
    this.addSql(`alter table pack_release drop constraint pack_release_name_version_key, drop column key_id`)
    this.addSql(`grant select on release_key to axle_tenant`)
    this.addSql(`alter table staff add column departments text[] not null default '{}'`)
    this.addSql(`alter table desk_install add column departments jsonb not null default '{}'`)
    this.addSql(
      `alter table audit add column prev text not null default '', add column hash text not null default ''`,
    )
    for (const [table, body] of Object.entries(TABLES)) {
      this.addSql(`create table ${table} (${body})`)
      for (const sql of tenantRights(table, { owner, appendOnly: false })) this.addSql(sql)
    }
    this.addSql(`create table install_step (${INSTALL_STEP})`)
    for (const sql of tenantRights('install_step', { owner, appendOnly: true })) this.addSql(sql)
    for (const sql of appendOnlyGuards('install_step')) this.addSql(sql)
  }
}
