import { Migration } from '@mikro-orm/migrations'

/** The tickets about a record are found by it. */
export class Subject extends Migration {
  override up(): void {
    this.addSql(`create index ticket_subject on ticket (tenant, (state->>'subject'), kind)`)
  }
}
