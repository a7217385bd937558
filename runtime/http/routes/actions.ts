import { listActionRuns, runActionAgain } from '../../usecases/action-runs.ts'
import { ok, type Route } from '../route.ts'

export const actionRoutes: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/actions/runs', access: 'admin' },
    summary:
      'Runs of actions, the newest first: input, outcome, cost, and where one failed in its own text: action= failed=1',
    handle: async ({ deps, session, query }) => {
      const filter = { action: query.action, failed: query.failed === '1' }
      const { tenant, staff } = session
      return ok(await listActionRuns(deps, { tenant, roles: staff.roles, filter }))
    },
  },
  {
    ...{ method: 'post', path: '/api/actions/runs/:id/again', access: 'admin' },
    summary:
      'Runs an action that failed once more, while its ticket waits for it: the same input, the same key, the code of the version its ticket is under',
    handle: async ({ deps, session, params }) => {
      return { status: 202, body: await runActionAgain(deps, { tenant: session.tenant, id: params.id! }) }
    },
  },
]
