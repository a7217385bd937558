import {
  ClickConsole,
  ConnectStep,
  ConnectWecom,
  HireMembers,
  type ConnectReply,
  type HiredReply,
} from '#core/wire'
import {
  checkStep,
  clickInEmulator,
  forgetStep,
  hireMembers,
  showConnect,
} from '../../usecases/connect-wecom.ts'
import { connectWecom } from '../../usecases/wecom-account.ts'
import { ok, type Call, type Route } from '../route.ts'

export const deskRoutes: readonly Route[] = [
  {
    ...{ method: 'put', path: '/api/channels/wecom', access: 'admin', body: ConnectWecom },
    summary: 'Connects the desk to a 微信客服 account',
    handle: async ({ deps, session, body }: Call<ConnectWecom>) => {
      await deps.store.inTenant(session.tenant, tx => connectWecom(tx, body))
      return ok({ callback: `/channels/wecom/${session.tenant}/callback` })
    },
  },
  {
    ...{ method: 'get', path: '/api/channels/wecom', access: 'admin' },
    summary: 'How far the desk is in connecting WeCom, and what to click next',
    handle: async ({ deps, session }) => ok((await showConnect(deps, session.tenant)) satisfies ConnectReply),
  },
  {
    ...{ method: 'post', path: '/api/channels/wecom/steps/:step', access: 'admin', body: ConnectStep },
    summary: 'Keeps what was typed at a step and checks it with WeCom',
    handle: async ({ deps, session, params, body }: Call<ConnectStep>) => {
      const about = { tenant: session.tenant, step: params.step!, typed: body }
      const connect: ConnectReply = await checkStep(deps, about)
      const checked = connect.steps.find(({ step }) => step === params.step)!.state
      return { ...ok(connect), told: { checked } }
    },
  },
  {
    ...{ method: 'delete', path: '/api/channels/wecom/steps/:step', access: 'admin' },
    summary: 'Forgets what was typed at a step and is not in force',
    handle: async ({ deps, session, params }) => {
      const about = { tenant: session.tenant, step: params.step! }
      return ok((await forgetStep(deps, about)) satisfies ConnectReply)
    },
  },
  {
    ...{ method: 'post', path: '/api/channels/wecom/staff', access: 'admin', body: HireMembers },
    summary: 'Takes visible members on as staff; each gets a one-time link',
    handle: async ({ deps, session, body }: Call<HireMembers>) => {
      const about = { tenant: session.tenant, users: body.users }
      return { status: 201, body: (await hireMembers(deps, about)) satisfies HiredReply[] }
    },
  },
  {
    ...{ method: 'post', path: '/api/emulator/console', access: 'admin', body: ClickConsole },
    summary: 'What its administrator does in the console of an emulated WeCom',
    handle: async ({ deps, session, body }: Call<ClickConsole>) =>
      ok((await clickInEmulator(deps, { tenant: session.tenant, click: body.click })) satisfies ConnectReply),
  },
]
