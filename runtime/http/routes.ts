import { checkRoutes } from './routes/check.ts'
import { attachmentRoutes } from './routes/attachments.ts'
import { actionRoutes } from './routes/actions.ts'
import { deskRoutes } from './routes/desk.ts'
import { inboundRoutes } from './routes/inbound.ts'
import { moneyRoutes } from './routes/money.ts'
import { pageRoutes } from './routes/pages.ts'
import { packRoutes } from './routes/packs.ts'
import { reachRoutes } from './routes/reach.ts'
import { recordRoutes } from './routes/records.ts'
import { sessionRoutes } from './routes/session.ts'
import { sourceRoutes } from './routes/source.ts'
import { staffRoutes } from './routes/staff.ts'
import { ticketRoutes } from './routes/tickets.ts'
import type { Route } from './route.ts'

/** Every route of the JSON API, in order. */
export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...staffRoutes,
  ...ticketRoutes,
  ...attachmentRoutes,
  ...deskRoutes,
  ...recordRoutes,
  ...moneyRoutes,
  ...packRoutes,
  ...checkRoutes,
  ...pageRoutes,
  ...sourceRoutes,
  ...reachRoutes,
  ...inboundRoutes,
  ...actionRoutes,
]
