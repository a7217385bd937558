import { Migration } from '@mikro-orm/migrations'
import { ownerOf, tenantRights } from './rights.ts'

// A picture that somebody put into a field, whose value is its id; `ticket_id` where it was put into one that was there.
const ATTACHMENT = `
  tenant text not null references desk, id text not null, ticket_id text, by_kind text not null, by_id text not null,
  type text not null, bytes bytea not null, created_at bigint not null,
  primary key (tenant, id), foreign key (tenant, ticket_id) references ticket (tenant, id)`

/** Pictures of tickets. */
export class Attachments extends Migration {
  override async up(): Promise<void> {
    const owner = await ownerOf(sql => this.execute(sql))
    this.addSql(`create table attachment (${ATTACHMENT})`)
    this.addSql('create index attachment_ticket on attachment (tenant, ticket_id)')
    for (const sql of tenantRights('attachment', { owner, appendOnly: false })) this.addSql(sql)
  }
}
