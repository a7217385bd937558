import { Migration } from '@mikro-orm/migrations'
import { ownerOf, tenantRights } from './rights.ts'

/** Runs of actions with what went in and came out, and the secrets a desk has for them. */
export class Actions extends Migration {
  override async up(): Promise<void> {
    const owner = await ownerOf(sql => this.execute(sql))
    this.addSql(`create table action_run (
      tenant text not null references desk, id text not null, ticket_id text not null, node text not null,
      visit int not null, action text not null, input jsonb not null, key text not null, state text not null,
      attempts int not null default 0, outcome text, output jsonb, detail text, log jsonb, meters jsonb,
      created_at bigint not null, changed_at bigint not null,
      primary key (tenant, id), foreign key (tenant, ticket_id) references ticket (tenant, id))`)
    this.addSql(`create index action_run_state on action_run (tenant, state, changed_at)`)
    this.addSql(`create table action_secret (
      tenant text not null references desk, name text not null, value text not null, primary key (tenant, name))`)
    for (const table of ['action_run', 'action_secret'])
      for (const sql of tenantRights(table, { owner, appendOnly: false })) this.addSql(sql)
  }
}
