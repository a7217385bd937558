import { Migration } from '@mikro-orm/migrations'

/** One-time links by which a member of staff sets a password. */
export class Invite extends Migration {
  override async up(): Promise<void> {
    const mine = `tenant = (select current_setting('app.tenant', true))`
    const [row] = await this.execute(`
      select coalesce((select array_to_string(roles, ',') from pg_policies
        where tablename = 'staff' and policyname = 'all_rows'), 'public') as owner`)
    const { owner } = row as { owner: string }
    this.addSql(`create table invite (
      tenant text not null, token_hash text not null unique, staff_id text not null, expires_at bigint not null,
      primary key (tenant, token_hash), foreign key (tenant, staff_id) references staff (tenant, id))`)
    this.addSql('alter table invite enable row level security')
    this.addSql('alter table invite force row level security')
    this.addSql(`create policy own_rows on invite to axle_tenant using (${mine}) with check (${mine})`)
    this.addSql(`create policy all_rows on invite to ${owner} using (true) with check (true)`)
    this.addSql('grant select, insert, update, delete on invite to axle_tenant')
  }
}
