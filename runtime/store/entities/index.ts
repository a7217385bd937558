import type { EntitySchema } from '@mikro-orm/core'
import { BlueprintRow, PackRelease, TenantIndex, TrustedKey } from './catalogue.ts'
import { ChannelAccount, ChannelNonce, Inbox, Outbox } from './channel.ts'
import { Customer, RecordRow } from './customer.ts'
import { Desk, DeskInstall, DeskSource, DeskVersion } from './desk.ts'
import { Audit, Counter, Idempotency } from './ledger.ts'
import { Session, Staff } from './staff.ts'
import { Ticket, TicketEvent, Timer } from './ticket.ts'

/** Every entity, for the ORM. */
export const entities: readonly EntitySchema[] = [
  ...[Desk, DeskSource, DeskVersion, DeskInstall],
  ...[PackRelease, BlueprintRow, TrustedKey, TenantIndex],
  ...[Staff, Session, Customer, RecordRow, Ticket, TicketEvent, Timer],
  ...[Inbox, ChannelAccount, ChannelNonce, Outbox, Idempotency, Audit, Counter],
]

export * from './catalogue.ts'
export * from './channel.ts'
export * from './customer.ts'
export * from './desk.ts'
export * from './ledger.ts'
export * from './staff.ts'
export * from './ticket.ts'
