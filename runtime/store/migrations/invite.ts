import { Migration } from '@mikro-orm/migrations'
import { ownerOf, tenantRights } from './rights.ts'

/** One-time links by which a member of staff sets a password. */
export class Invite extends Migration {
  override async up(): Promise<void> {
    const owner = await ownerOf(sql => this.execute(sql))
    this.addSql(`create table invite (
      tenant text not null, token_hash text not null unique, staff_id text not null, expires_at bigint not null,
      primary key (tenant, token_hash), foreign key (tenant, staff_id) references staff (tenant, id))`)
    for (const sql of tenantRights('invite', { owner, appendOnly: false })) this.addSql(sql)
  }
}
