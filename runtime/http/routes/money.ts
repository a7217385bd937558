import { balances, showStatement } from '../../usecases/statements.ts'
import { ok, type Route } from '../route.ts'

export const moneyRoutes: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/balances', access: 'admin' },
    summary: 'What every party is owed; with the receivable it adds up to nothing',
    handle: async ({ deps, session }) => ok(await balances(deps, session.tenant)),
  },
  {
    ...{ method: 'get', path: '/api/statements/:party/:period', access: 'admin' },
    summary: 'A party’s statement of a month (2026-03)',
    handle: async ({ deps, session, params }) =>
      ok(await showStatement(deps, session.tenant, { party: params.party!, period: params.period! })),
  },
]
