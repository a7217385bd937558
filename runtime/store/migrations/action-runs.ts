import { Migration } from '@mikro-orm/migrations'
import { ownerOf, tenantRights } from './rights.ts'

/** Where a run of an action failed in its own text, whether it shares a run, and what a pack's actions keep between runs. */
export class ActionRuns extends Migration {
  override async up(): Promise<void> {
    const owner = await ownerOf(sql => this.execute(sql))
    this.addSql(
      `alter table action_run add column stack text, add column alone boolean not null default false`,
    )
    this.addSql(`create table action_kv (
      tenant text not null references desk, pack text not null, name text not null, value jsonb not null,
      changed_at bigint not null, primary key (tenant, pack, name))`)
    for (const sql of tenantRights('action_kv', { owner, appendOnly: false })) this.addSql(sql)
  }
}
