import { Migration } from '@mikro-orm/migrations'
import { ownerOf, tenantRights } from './rights.ts'

// A message that another system sent: `done`, `ignored` (nothing is mapped to it), `dead` (to be mended) or `discarded`. What it
// said is kept while somebody may have to mend it.
const MESSAGES = `
  tenant text not null references desk, source text not null, id text not null, type text, at bigint,
  received_at bigint not null, state text not null, digest text not null, body text, problem jsonb,
  attempts int not null default 1, primary key (tenant, source, id)`

/** What other systems send, and since when each field of a record is known. */
export class Sources extends Migration {
  override async up(): Promise<void> {
    const owner = await ownerOf(sql => this.execute(sql))
    this.addSql(`create table source_message (${MESSAGES})`)
    this.addSql('create index source_message_state on source_message (tenant, source, state, received_at)')
    for (const sql of tenantRights('source_message', { owner, appendOnly: false })) this.addSql(sql)
    for (const table of ['record', 'customer'])
      this.addSql(`alter table ${table} add column stamps jsonb not null default '{}'`)
  }
}
