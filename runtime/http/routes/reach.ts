import { ReportEvent, type SendReply, type SopReply, type TodoReply } from '#core/wire'
import { resumeSop } from '../../usecases/complaints.ts'
import { explainOneSend } from '../../usecases/explain-send.ts'
import { listSends } from '../../usecases/list-sends.ts'
import { listSops } from '../../usecases/list-sops.ts'
import { reportEvent } from '../../usecases/report-event.ts'
import { finishTodo, listTodos } from '../../usecases/todos.ts'
import type { Session } from '../../usecases/sessions.ts'
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
      ok(await listSends(deps, session.tenant, { customer: query.customer ?? '' })),
  },
  {
    ...{ method: 'get', path: '/api/sends/newest', access: 'admin' },
    summary:
      'The newest messages to customers, each with the reasons of the send gate; stopped=1 those alone that did not go out',
    handle: async ({ deps, session, query }) => {
      const sends = await listSends(deps, session.tenant, { stopped: query.stopped === '1' })
      return ok(sends satisfies readonly SendReply[])
    },
  },
  {
    ...{ method: 'get', path: '/api/sends/:id/explanation', access: 'staff' },
    summary: 'Why the send gate judged a message so, and what would have made it judge otherwise',
    handle: async ({ deps, session, params }) => ok(await explainOneSend(deps, session.tenant, params.id!)),
  },
  {
    ...{ method: 'get', path: '/api/sops', access: 'staff' },
    summary: 'SOPs with how their customers fare, whether they send, and which are paused',
    handle: async ({ deps, session }) => ok((await listSops(deps, session.tenant)) satisfies SopReply[]),
  },
  {
    ...{ method: 'post', path: '/api/sops/:sop/resumption', access: 'admin' },
    summary: 'Lets a paused SOP go on',
    handle: async ({ deps, session, params }) => ok(await resumeSop(deps, session.tenant, params.sop!)),
  },
  {
    ...{ method: 'get', path: '/api/todos', access: 'staff' },
    summary: 'To-dos that SOPs made, those of the reader or of a role they hold',
    handle: async ({ deps, session }) => ok((await listTodos(deps, readerOf(session))) satisfies TodoReply[]),
  },
  {
    ...{ method: 'post', path: '/api/todos/:id/done', access: 'staff' },
    summary: 'Ends a to-do',
    handle: async ({ deps, session, params }) => {
      await finishTodo(deps, readerOf(session), params.id!)
      return ok()
    },
  },
]

const readerOf = ({ tenant, staff: { id, roles } }: Session) => ({ tenant, id, roles })
