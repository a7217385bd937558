import { Migration } from '@mikro-orm/migrations'
import { ownerOf, tenantRights } from './rights.ts'

// How a desk decided a place that it and a release both changed; `about` holds the texts it was decided about: where one of them
// is another by now, it is to be decided anew.
const CHOICES = `
  tenant text not null references desk, pack text not null, release_hash text not null references pack_release,
  place text not null, how text not null, text text, about jsonb not null, by_staff text not null, at bigint not null,
  primary key (tenant, pack, release_hash, place)`

/** What desks chose where an upgrade and their own text cannot both be had. */
export class MergeChoices extends Migration {
  override async up(): Promise<void> {
    const owner = await ownerOf(sql => this.execute(sql))
    this.addSql(`create table merge_choice (${CHOICES})`)
    for (const sql of tenantRights('merge_choice', { owner, appendOnly: false })) this.addSql(sql)
  }
}
