import { Migration } from '@mikro-orm/migrations'

/**
 * Several packs on one desk: each version says whose it is, and for which stores alone (null: for all; none: for nobody any more);
 * a message says whose it is; an installation which fields of shared records it keeps under its own name.
 */
export class Packs extends Migration {
  override up(): void {
    this.addSql('alter table desk_version add column pack text, add column stores text[]')
    this.addSql(
      `update desk_version v set pack = b.json->'pack'->>'name' from blueprint b where b.hash = v.blueprint_hash`,
    )
    this.addSql('alter table desk_version alter column pack set not null')
    this.addSql('create index desk_version_pack on desk_version (tenant, pack, seq)')
    this.addSql(`alter table desk_install add column apart text[] not null default '{}'`)
    this.addSql('alter table outbox add column pack text')
    // Why not all: what is over is not asked about any more.
    this.addSql(`update outbox o set pack = v.pack from ticket t join desk_version v
      on v.tenant = t.tenant and v.blueprint_hash = t.blueprint_hash
      where t.tenant = o.tenant and t.id = o.ticket_id and o.state <> 'sent'`)
    this.addSql(`update outbox o set pack = v.pack from enrolment e join desk_version v
      on v.tenant = e.tenant and v.blueprint_hash = e.blueprint_hash
      where e.tenant = o.tenant and e.id = o.enrolment_id and o.state <> 'sent'`)
  }
}
