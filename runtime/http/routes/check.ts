import type { AuditReply, CheckReply } from '#core/wire'
import { listAudit } from '../../usecases/audit.ts'
import { checkDesk } from '../../usecases/check-desk.ts'
import { ok, type Route } from '../route.ts'

export const checkRoutes: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/check', access: 'admin' },
    summary: 'The check-up of the desk: what works, what does not, and what to do',
    handle: async ({ deps, session }) => ok((await checkDesk(deps, session.tenant)) satisfies CheckReply[]),
  },
  {
    ...{ method: 'get', path: '/api/audit', access: 'admin' },
    summary: 'What administrators did and were refused, and whether the chain of rows holds',
    handle: async ({ deps, session }) => ok((await listAudit(deps, session.tenant)) satisfies AuditReply),
  },
]
