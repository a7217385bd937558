import { Migration } from '@mikro-orm/migrations'

const TABLES: Readonly<Record<string, string>> = {
  // A message that counts (`counted`), may yet count (`reserved`, until `upto`) or does not (`released`).
  send_ledger: `
    tenant text not null references desk, id text not null, customer_id text not null, purpose text not null,
    channel text not null, sop text, state text not null, at bigint not null, upto bigint not null,
    primary key (tenant, id), foreign key (tenant, customer_id) references customer (tenant, id)`,
  // When a customer last wrote, and how many messages went back since.
  reply_window: `
    tenant text not null, customer_id text not null, wrote_at bigint not null, sent int not null default 0,
    primary key (tenant, customer_id), foreign key (tenant, customer_id) references customer (tenant, id)`,
  enrolment: `
    tenant text not null references desk, id text not null, sop text not null, customer_id text not null,
    blueprint_hash text not null references blueprint, status text not null, trial boolean not null default false,
    started_at bigint not null, state jsonb not null,
    primary key (tenant, id), foreign key (tenant, customer_id) references customer (tenant, id)`,
  sop_pause: `
    tenant text not null references desk, sop text not null, at bigint not null, reason jsonb not null,
    primary key (tenant, sop)`,
  // What connectors and people reported about a customer's records.
  entity_event: `
    tenant text not null references desk, id text not null, entity text not null, event text not null,
    key text not null, customer_id text not null, at bigint not null,
    primary key (tenant, id), foreign key (tenant, customer_id) references customer (tenant, id)`,
  todo: `
    tenant text not null references desk, id text not null, enrolment_id text not null, customer_id text not null,
    role text not null, assignee text, text text not null, due_at bigint not null, escalate text[] not null,
    state text not null, created_at bigint not null, done_at bigint,
    primary key (tenant, id), foreign key (tenant, enrolment_id) references enrolment (tenant, id)`,
}

const INDEXES: readonly string[] = [
  'create index send_ledger_customer on send_ledger (tenant, customer_id, upto)',
  'create index enrolment_customer on enrolment (tenant, customer_id, sop, started_at)',
  'create index entity_event_customer on entity_event (tenant, customer_id, entity, event, at)',
  'create index todo_open on todo (tenant, state, due_at)',
  'create index outbox_to on outbox (tenant, to_id, created_at)',
]

/** Why, when and by which way a message to a customer goes out. */
const OUTBOX = `
  alter table outbox add column purpose text, add column channel text, add column sop text,
    add column enrolment_id text, add column due_at bigint, add column verdict jsonb, add column way text,
    add column task text, add column cleared_at bigint, add column reserved_at bigint`

/** Sends under limits: the ledger, reply windows, SOP enrolments, events and to-dos. */
export class Reach extends Migration {
  override async up(): Promise<void> {
    const mine = `tenant = (select current_setting('app.tenant', true))`
    const [row] = await this.execute(`
      select coalesce((select array_to_string(roles, ',') from pg_policies
        where tablename = 'staff' and policyname = 'all_rows'), 'public') as owner`)
    const { owner } = row as { owner: string }
    for (const [table, body] of Object.entries(TABLES)) {
      this.addSql(`create table ${table} (${body})`)
      this.addSql(`alter table ${table} enable row level security`)
      this.addSql(`alter table ${table} force row level security`)
      this.addSql(`create policy own_rows on ${table} to axle_tenant using (${mine}) with check (${mine})`)
      this.addSql(`create policy all_rows on ${table} to ${owner} using (true) with check (true)`)
      this.addSql(`grant select, insert, update, delete on ${table} to axle_tenant`)
    }
    this.addSql(OUTBOX)
    for (const sql of INDEXES) this.addSql(sql)
  }
}
