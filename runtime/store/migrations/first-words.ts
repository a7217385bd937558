import { Migration } from '@mikro-orm/migrations'

/** Which kind of ticket customers' first words open, where several might. */
export class FirstWords extends Migration {
  override up(): void {
    this.addSql('alter table desk add column chat_ticket text')
  }
}
