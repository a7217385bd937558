import { Migration } from '@mikro-orm/migrations'
import { appendOnlyGuards, ownerOf, tenantRights } from './rights.ts'

/** The ledger, whose postings are never changed and add up to nothing, and the statements made from it. */
export class Ledger extends Migration {
  override async up(): Promise<void> {
    const owner = await ownerOf(sql => this.execute(sql))
    this.addSql(`create table ledger_entry (
      tenant text not null references desk, txn text not null, line int not null, at bigint not null,
      payable_at bigint, settlement text not null, ticket_id text, party text not null,
      amount numeric(20, 2) not null, currency text not null, why text not null, blueprint_hash text not null,
      primary key (tenant, txn, line), foreign key (tenant, ticket_id) references ticket (tenant, id))`)
    this.addSql('create index ledger_party on ledger_entry (tenant, party, at)')
    this.addSql(`create table statement (
      tenant text not null references desk, party text not null, period text not null, currency text not null,
      total numeric(20, 2) not null, lines jsonb not null, hash text not null, made_at bigint not null,
      primary key (tenant, party, period, currency))`)
    this.addSql(CHECK_SUM)
    this.addSql(`create constraint trigger sums_to_zero after insert on ledger_entry
      deferrable initially deferred for each row execute function ledger_sums_to_zero()`)
    for (const table of ['ledger_entry', 'statement']) {
      for (const sql of tenantRights(table, { owner, appendOnly: true })) this.addSql(sql)
      for (const sql of appendOnlyGuards(table)) this.addSql(sql)
    }
  }
}

const CHECK_SUM = `
  create function ledger_sums_to_zero() returns trigger language plpgsql as $$
  begin
    if (select sum(amount) from ledger_entry
        where tenant = new.tenant and txn = new.txn and currency = new.currency) <> 0 then
      raise exception 'the postings of % do not sum to zero', new.txn using errcode = 'check_violation';
    end if;
    return null;
  end $$`
