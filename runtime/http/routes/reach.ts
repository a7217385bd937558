import { ReportEvent } from '#core/wire'
import { resumeSop } from '../../usecases/complaints.ts'
import { explainOneSend } from '../../usecases/explain-send.ts'
import { finishTodo, listSends, listSops, listTodos } from '../../usecases/list-sends.ts'
import { reportEvent } from '../../usecases/report-event.ts'
import { ok, type Call, type Route } from '../route.ts'

export const reachRoutes: readonly Route[] = [
  {
    ...{ method: 'post', path: '/api/records/:entity/:key/events', access: 'admin', body: ReportEvent },
    summary: 'Says what happened to a record; SOPs answer',
    handle: async ({ deps, session, params, body, idempotency }: Call<ReportEvent>) => {
      const report = { entity: params.entity!, key: params.key!, ...body }
      return ok(await reportEvent(deps, { tenant: session.tenant, idempotency }, report))
    },
  },
  {
    ...{ method: 'get', path: '/api/sends', access: 'staff' },
    summary: 'A customer’s messages, each with the reasons of the send gate: customer=',
    handle: async ({ deps, session, query }) =>
      ok(await listSends(deps, session.tenant, query.customer ?? '')),
  },
  {
    ...{ method: 'get', path: '/api/sends/:id/explanation', access: 'staff' },
    summary: 'Why the send gate judged a message so, and what would have made it judge otherwise',
    handle: async ({ deps, session, params }) => ok(await explainOneSend(deps, session.tenant, params.id!)),
  },
  {
    ...{ method: 'get', path: '/api/sops', access: 'staff' },
    summary: 'SOPs with how their customers fared, and which are paused',
    handle: async ({ deps, session }) => ok(await listSops(deps, session.tenant)),
  },
  {
    ...{ method: 'post', path: '/api/sops/:sop/resumption', access: 'admin' },
    summary: 'Lets a paused SOP go on',
    handle: async ({ deps, session, params }) => ok(await resumeSop(deps, session.tenant, params.sop!)),
  },
  {
    ...{ method: 'get', path: '/api/todos', access: 'staff' },
    summary: 'To-dos that SOPs made',
    handle: async ({ deps, session }) => ok(await listTodos(deps, session.tenant)),
  },
  {
    ...{ method: 'post', path: '/api/todos/:id/done', access: 'staff' },
    summary: 'Ends a to-do',
    handle: async ({ deps, session, params }) => {
      await finishTodo(deps, session.tenant, params.id!)
      return ok()
    },
  },
]
