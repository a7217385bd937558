// The tables of the first migration. Times are epoch milliseconds; `tenant` leads every primary and foreign key.

/** Tables every tenant reads and none owns. */
export const GLOBAL_TABLES = [
  ...['pack_release', 'blueprint', 'trusted_key', 'tenant_index'],
  ...['setup_link', 'release_key', 'service_key'],
] as const

/** Tables whose rows are never changed or removed once written. */
export const APPEND_ONLY_TABLES = ['ticket_event', 'audit'] as const

/** `create table` bodies by name, in an order in which foreign keys resolve. */
// Why json, not jsonb, for the blueprint: the order of its names means something (fields, ordered enums).
export const TABLES: Readonly<Record<string, string>> = {
  pack_release: `
    hash text primary key, name text not null, version int not null, files jsonb not null, manifest jsonb not null,
    key_id text, created_at bigint not null, unique (name, version)`,
  blueprint: `
    hash text primary key, json json not null, source jsonb not null, created_at bigint not null`,
  trusted_key: `
    id text primary key, public_key text not null, name text not null`,
  tenant_index: `
    tenant text primary key, name text not null unique`,
  desk: `
    tenant text primary key check (tenant <> ''), name text not null, clock_offset_ms bigint not null default 0,
    demo boolean not null default false, created_at bigint not null`,
  desk_source: `
    tenant text not null references desk, pack text not null, base_release text references pack_release,
    files jsonb not null, revision int not null, primary key (tenant, pack)`,
  desk_version: `
    tenant text not null references desk, seq int not null, blueprint_hash text not null references blueprint,
    by_staff text, at bigint not null, primary key (tenant, seq)`,
  desk_install: `
    tenant text not null references desk, pack text not null, release_hash text not null references pack_release,
    state text not null, consent jsonb not null default '{}', settings jsonb not null default '{}',
    roles jsonb not null default '{}', outward jsonb not null default '{}', updated_at bigint not null,
    primary key (tenant, pack)`,
  staff: `
    tenant text not null references desk, id text not null, name text not null, login text not null,
    password_hash text, roles text[] not null default '{}', teams text[] not null default '{}',
    skills text[] not null default '{}', weight int not null default 1, on_shift boolean not null default true,
    store text, wecom_user text, active boolean not null default true,
    primary key (tenant, id), unique (tenant, login), unique (tenant, wecom_user)`,
  session: `
    tenant text not null, token_hash text not null, staff_id text not null, expires_at bigint not null,
    primary key (tenant, token_hash), foreign key (tenant, staff_id) references staff (tenant, id)`,
  customer: `
    tenant text not null references desk, id text not null, external_id text, name text not null,
    data jsonb not null default '{}', updated_at bigint not null,
    primary key (tenant, id), unique (tenant, external_id)`,
  record: `
    tenant text not null references desk, entity text not null, key text not null, data jsonb not null,
    updated_at bigint not null, primary key (tenant, entity, key)`,
  ticket: `
    tenant text not null references desk, id text not null, number int not null, kind text not null,
    blueprint_hash text not null references blueprint, customer_id text, status text not null, outcome text,
    nodes text[] not null default '{}', assignee text, team text, priority text not null, due_at bigint,
    seq int not null, state jsonb not null, opened_at bigint not null, updated_at bigint not null,
    primary key (tenant, id), unique (tenant, number),
    foreign key (tenant, customer_id) references customer (tenant, id)`,
  ticket_event: `
    tenant text not null, ticket_id text not null, seq int not null check (seq > 0), at bigint not null,
    actor jsonb not null, kind text not null, data jsonb not null, trace jsonb,
    primary key (tenant, ticket_id, seq), foreign key (tenant, ticket_id) references ticket (tenant, id)`,
  timer: `
    tenant text not null references desk, id text not null, ticket_id text, due_at bigint not null,
    kind text not null, ref jsonb not null, generation int not null default 0,
    primary key (tenant, id), foreign key (tenant, ticket_id) references ticket (tenant, id)`,
  inbox: `
    tenant text not null references desk, channel text not null, message_id text not null, account text not null,
    received_at bigint not null, data jsonb not null, ticket_id text,
    primary key (tenant, channel, message_id), foreign key (tenant, ticket_id) references ticket (tenant, id)`,
  channel_account: `
    tenant text not null references desk, channel text not null, account text not null,
    config jsonb not null default '{}', cursor text, primary key (tenant, channel, account)`,
  channel_nonce: `
    tenant text not null, nonce text not null, at bigint not null, primary key (tenant, nonce)`,
  outbox: `
    tenant text not null references desk, id text not null, kind text not null, to_kind text not null,
    to_id text not null, ticket_id text, body jsonb not null, state text not null, created_at bigint not null,
    sent_at bigint, attempts int not null default 0, reason text,
    primary key (tenant, id), foreign key (tenant, ticket_id) references ticket (tenant, id)`,
  idempotency: `
    tenant text not null, key text not null, request_hash text not null, status int, response jsonb,
    at bigint not null, primary key (tenant, key)`,
  audit: `
    tenant text not null, seq bigint not null, at bigint not null, actor text not null, action text not null,
    target text not null, data jsonb not null default '{}', primary key (tenant, seq)`,
  counter: `
    tenant text not null, name text not null, value bigint not null, primary key (tenant, name)`,
}

/** Indexes beyond the keys: what the queue filters on, what the timer and session look-ups need. */
export const INDEXES: readonly string[] = [
  'create unique index session_token on session (token_hash)',
  'create index session_staff on session (tenant, staff_id)',
  'create index ticket_status on ticket (tenant, status, priority, opened_at)',
  'create index ticket_assignee on ticket (tenant, assignee, status)',
  'create index ticket_team on ticket (tenant, team, status)',
  'create index ticket_customer on ticket (tenant, customer_id, opened_at)',
  'create index ticket_due on ticket (tenant, due_at) where due_at is not null',
  'create index ticket_nodes on ticket using gin (nodes)',
  'create index timer_due on timer (due_at)',
  'create index timer_ticket on timer (tenant, ticket_id)',
  'create index record_data on record using gin (data jsonb_path_ops)',
  'create index inbox_ticket on inbox (tenant, ticket_id) where ticket_id is not null',
  'create index outbox_state on outbox (tenant, state, created_at)',
  'create index outbox_ticket on outbox (tenant, ticket_id) where ticket_id is not null',
  'create index channel_nonce_at on channel_nonce (tenant, at)',
]
