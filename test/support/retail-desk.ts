import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { inject } from 'vitest'
import { createWecomFake, type WecomFake } from '../../runtime/channels/wecom-fake/index.ts'
import type { StoreOptions } from '../../runtime/store/index.ts'
import { must } from './cluster.ts'
import { apiOf, type Api } from './service.ts'

export const ACCOUNT = 'wk-service'
export const CORP = { corpId: 'ww-corp', secret: 'corp-secret' }
export const CALLBACK = {
  token: 'callback-token',
  aesKey: createHash('sha512').update('k').digest('base64').slice(0, 42) + 'A',
}
export const PASSWORD = 'correct horse battery'
/** A Monday morning of a week without holidays. */
const STARTS_AT = '2026-03-02T09:00+08:00'

/** A WeCom server of our own, over real HTTP. */
export async function startWecom(): Promise<{ fake: WecomFake; url: string; close: () => void }> {
  const fake = createWecomFake({ ...CORP, now: Date.now })
  const { promise, resolve } = Promise.withResolvers<AddressInfo>()
  const server = serve({ fetch: fake.app.fetch, hostname: '127.0.0.1', port: 0 }, resolve)
  const { port } = await promise
  return { fake, url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

/** Makes an empty desk, as an operator does on the command line; yields the administrator's one-time token. */
export function createRetailDesk(
  options: StoreOptions,
  desk: string,
  pack = 'plugins/retail',
): { invite: string; archive: Uint8Array } {
  const made = must(
    options,
    ...['tenant', 'create', desk, '--name', `零售 ${desk}`, '--admin', 'admin'],
    ...['--demo', '--starts-at', STARTS_AT, '--json'],
  )
  return {
    invite: (JSON.parse(made) as { token: string }).token,
    archive: new Uint8Array(readFileSync(inject('prepared').archives[pack]!)),
  }
}

/** Sets a password through a one-time token and logs in. */
export async function enter(url: string, invite: string): Promise<Api> {
  const anybody = apiOf(url)
  const { body } = await anybody('POST', '/api/invite', { token: invite, password: PASSWORD })
  const session = await anybody('POST', '/api/session', {
    desk: body.desk,
    name: body.login,
    password: PASSWORD,
  })
  if (session.status !== 201) throw new Error(JSON.stringify(session.body))
  return apiOf(url, session.body.token as string)
}

export const people = {
  导购甲: { roles: ['导购'], teams: ['客诉组'] },
  导购乙: { roles: ['导购'], teams: ['客诉组'] },
  店长: { roles: ['店长'], teams: [] },
  品控: { roles: ['品控', '仓库'], teams: [] },
  大区: { roles: ['大区经理', '督导', '维修师傅'], teams: [] },
  总部: { roles: ['总部', '财务', '市场'], teams: [] },
} as const
export type PersonName = keyof typeof people

/** Installs the retail pack by the one way there is, with staff in every role and WeCom connected when one is given; everyone is logged in. */
export async function installRetail(
  admin: Api,
  {
    url,
    desk,
    archive,
    wecom,
  }: { url: string; desk: string; archive: Uint8Array; wecom?: { fake: WecomFake; url: string } },
): Promise<{ apis: Record<PersonName, Api>; ids: Record<PersonName, string> }> {
  const must = async (...[method, path, body]: Parameters<Api>) => {
    const answer = await admin(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const apis: Partial<Record<PersonName, Api>> = {}
  const ids: Partial<Record<PersonName, string>> = {}
  const roles: Record<string, string[]> = {}
  for (const [name, { roles: held, teams }] of Object.entries(people) as [
    PersonName,
    (typeof people)[PersonName],
  ][]) {
    const made = await must('POST', '/api/staff', { name, login: name, teams, wecomUser: name })
    apis[name] = await enter(url, made.token as string)
    ids[name] = made.id as string
    for (const role of held) (roles[role] ??= []).push(made.id as string)
  }
  await must('POST', '/api/packs', archive)
  const { hash } = await must('GET', '/api/packs/retail/plan')
  await must('POST', '/api/packs/retail/consent', { hash })
  await must('POST', '/api/packs/retail/settings', { values: { 店长补偿上限: '100' } })
  await must('POST', '/api/packs/retail/roles', { roles })
  await must('POST', '/api/packs/retail/install')
  await must('POST', '/api/packs/retail/live', { outward: ['notify-customer', 'notify-staff'] })
  if (wecom) await connect(admin, { url, desk, wecom })
  return { apis: apis as Record<PersonName, Api>, ids: ids as Record<PersonName, string> }
}

async function connect(
  admin: Api,
  { url, desk, wecom }: { url: string; desk: string; wecom: { fake: WecomFake; url: string } },
): Promise<void> {
  await admin('PUT', '/api/channels/wecom', {
    account: ACCOUNT,
    baseUrl: wecom.url,
    ...CORP,
    agentId: 1,
    ...CALLBACK,
  })
  wecom.fake.configureCallback({
    url: `${url}/channels/wecom/${desk}/callback`,
    openKfId: ACCOUNT,
    ...CALLBACK,
  })
  if (!(await wecom.fake.verifyCallback(ACCOUNT))) throw new Error('the callback did not echo')
}

/** After a restart on another port, where callbacks go. */
export function moveCallbacks(fake: WecomFake, { url, desk }: { url: string; desk: string }): void {
  fake.configureCallback({ url: `${url}/channels/wecom/${desk}/callback`, openKfId: ACCOUNT, ...CALLBACK })
}
