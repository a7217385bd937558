import type { AuditReply, CheckReply } from '#core/wire'
import { listAudit } from '../../usecases/audit.ts'
import { checkDesk } from '../../usecases/check-desk.ts'
import { sayProblem } from '../problem-words.ts'
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
    handle: async ({ deps, session }) => {
      const { rows, brokenAt } = await listAudit(deps, session.tenant)
      const said = rows.map(row => ({ ...row, says: sayProblem(row.data.code ?? '', row.data) ?? null }))
      return ok({ rows: said, brokenAt } satisfies AuditReply)
    },
  },
]
