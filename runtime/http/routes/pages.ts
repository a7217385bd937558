import type { FieldValues } from '#core/form'
import { TakeTransition, WriteAsCustomer, type DemoDesk, type LinkReply, type RegionReply } from '#core/wire'
import { proveEmulated, startEmulator, stopEmulator } from '../../usecases/connect-emulator.ts'
import { linkOf } from '../../usecases/customer-link.ts'
import { customerAnswers, customerTicket } from '../../usecases/customer-page.ts'
import { emulatorLog, writeAsCustomer } from '../../usecases/emulate.ts'
import { installOf } from '../../usecases/install-of.ts'
import { regions } from '../../usecases/regions.ts'
import { notFound } from '../../usecases/problem.ts'
import { vocabulary } from '../../usecases/vocabulary.ts'
import { ok, type Call, type Route } from '../route.ts'

/** Where the caller reaches this service: what a browser says, else the host that was asked. */
function originOf({ header }: Pick<Call, 'header'>): string | undefined {
  const host = header('host')
  const said = header('origin') ?? (host === undefined ? undefined : `http://${host}`)
  return said !== undefined && /^https?:\/\/[^/?#]{1,190}$/.test(said) ? said : undefined
}

/** What only pages ask for: words, the emulator, the customer's link, the demo's logins. */
export const pageRoutes: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/vocabulary', access: 'staff' },
    summary: 'What the names of the desk’s pack read as, and the desk’s clock',
    handle: async ({ deps, session }) => ok(await vocabulary(deps, session.tenant)),
  },
  {
    ...{ method: 'get', path: '/api/regions', access: 'public' },
    summary: 'Every region: its code and what it is called',
    handle: async () => ({
      ...ok(regions() satisfies readonly RegionReply[]),
      // Why kept: there are thousands, the same for everybody.
      headers: { 'cache-control': 'public, max-age=86400' },
    }),
  },
  {
    ...{ method: 'get', path: '/api/packs/:pack', access: 'admin' },
    summary: 'How far this desk is with a pack, and what the trial kept back',
    handle: async ({ deps, session, params }) => ok(await installOf(deps, session.tenant, params.pack!)),
  },
  {
    ...{ method: 'get', path: '/api/tickets/:id/link', access: 'staff' },
    summary: 'The link with which the customer follows and answers this ticket',
    handle: async ({ deps, session, params }) =>
      ok((await linkOf(deps, { tenant: session.tenant, ticket: params.id! })) satisfies LinkReply),
  },
  {
    ...{ method: 'get', path: '/api/customer/:token', access: 'public' },
    summary: 'The ticket behind a customer’s signed link',
    handle: async ({ deps, params, language }) => ok(await customerTicket(deps, params.token!, language)),
  },
  {
    ...{ method: 'post', path: '/api/customer/:token/transitions', access: 'public', body: TakeTransition },
    summary: 'The customer behind a signed link answers',
    handle: async ({ deps, params, body }: Call<TakeTransition>) => {
      const { node, event, fields = {} } = body
      return ok(await customerAnswers(deps, params.token!, { node, event, fields: fields as FieldValues }))
    },
  },
  {
    ...{ method: 'post', path: '/api/emulator/messages', access: 'staff', body: WriteAsCustomer },
    summary: 'A customer of a desk with an emulated WeCom writes; outside demos for administrators alone',
    handle: async (call: Call<WriteAsCustomer>) => {
      const { externalId, name, text } = call.body
      const { tenant, staff } = call.session
      const written = { externalId, name, text, roles: staff.roles }
      const reply = await writeAsCustomer(call.deps, tenant, written)
      // Why here too: a demo is connected before anybody asks from anywhere.
      await proveEmulated(call.deps, { tenant, origin: originOf(call) })
      return { status: 202, body: reply }
    },
  },
  {
    ...{ method: 'post', path: '/api/emulator', access: 'admin' },
    summary: 'Connects a desk that has no WeCom yet to an emulated one',
    handle: async call => {
      await startEmulator(call.deps, { tenant: call.session.tenant, origin: originOf(call) })
      return ok()
    },
  },
  {
    ...{ method: 'delete', path: '/api/emulator', access: 'admin' },
    summary: 'Takes the emulated WeCom off, so that a real one can be connected',
    handle: async ({ deps, session }) => {
      await stopEmulator(deps, session.tenant)
      return ok()
    },
  },
  {
    ...{ method: 'get', path: '/api/emulator/log', access: 'staff' },
    summary: 'What the phones of an emulated WeCom show; outside demos for administrators alone',
    handle: async ({ deps, session }) =>
      ok(await emulatorLog(deps, { tenant: session.tenant, roles: session.staff.roles })),
  },
  {
    ...{ method: 'get', path: '/api/demo', access: 'public' },
    summary: 'The demo’s logins; not there outside demo mode',
    handle: async ({ deps }) => {
      if (deps.demo.length === 0) throw notFound()
      return ok({ desks: deps.demo } satisfies { desks: readonly DemoDesk[] })
    },
  },
]
