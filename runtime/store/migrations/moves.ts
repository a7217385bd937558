import { Migration } from '@mikro-orm/migrations'
import { ownerOf, tenantRights } from './rights.ts'

/** What became of each ticket in flight when a version was published that says where they go. */
export class Moves extends Migration {
  override async up(): Promise<void> {
    const owner = await ownerOf(sql => this.execute(sql))
    this.addSql(`create table ticket_move (
      tenant text not null references desk, seq int not null, ticket_id text not null, state text not null,
      detail jsonb not null default '{}',
      primary key (tenant, seq, ticket_id), foreign key (tenant, ticket_id) references ticket (tenant, id))`)
    this.addSql('create index ticket_move_state on ticket_move (tenant, seq, state)')
    this.addSql('create index ticket_move_ticket on ticket_move (tenant, ticket_id)')
    for (const sql of tenantRights('ticket_move', { owner, appendOnly: false })) this.addSql(sql)
  }
}
