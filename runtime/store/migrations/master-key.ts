import { Migration } from '@mikro-orm/migrations'

/** Which master key the service runs with: what the check-up says is then the same whoever asks. */
export class MasterKey extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table service_key (
      one boolean primary key default true check (one), fingerprint text, noted_at bigint not null)`)
  }
}
