import { Migration } from '@mikro-orm/migrations'

/** Closed tickets are listed by when they were closed, the latest first. */
export class ClosedTickets extends Migration {
  override up(): void {
    this.addSql(
      `create index ticket_closed on ticket (tenant, ((state->>'closedAt')::bigint) desc) where status = 'closed'`,
    )
  }
}
