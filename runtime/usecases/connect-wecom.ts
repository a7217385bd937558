import type { ConnectReply, ConnectStep, ConnectStepName, HiredReply } from '#core/wire'
import {
  WecomError,
  type CallbackSecrets,
  type KfAccount,
  type WecomClient,
} from '../channels/wecom/index.ts'
import type { Deps, WecomAccount } from '../deps.ts'
import { EMULATOR_URL } from '../emulator.ts'
import { json, type Tx } from '../store/index.ts'
import { reasonOf, sayReason, type Reason } from './connect-words.ts'
import { notFound, Problem } from './problem.ts'
import { addStaff, listStaff } from './staff.ts'
import { connectWecom, wecomAccount } from './wecom-account.ts'

const WECOM_URL = 'https://qyapi.weixin.qq.com'
export const connectSteps: readonly ConnectStepName[] = ['corp', 'account', 'callback', 'domain', 'members']

type State = ConnectReply['steps'][number]['state']
type Member = Omit<ConnectReply['members'][number], 'hired'>

/** What was typed at all steps so far, by name. */
type Typed = Partial<WecomAccount> & { readonly publicUrl?: string }

interface StepRow {
  readonly step: ConnectStepName
  readonly state: State
  readonly reason: string | null
  readonly detail: {
    readonly params?: Readonly<Record<string, string>>
    readonly accounts?: readonly KfAccount[]
    readonly members?: readonly Member[]
    /** What the check had said of the company in force, while another is typed. */
    readonly before?: object
  }
  readonly typed: Typed
  readonly at: number
}

/** What a check found out. */
interface Verdict extends Reason {
  readonly state: Exclude<State, 'open'>
  readonly accounts?: readonly KfAccount[]
  readonly members?: readonly Member[]
}

/** How far the desk is in connecting WeCom, step by step, with what to click next. */
export function showConnect(deps: Deps, tenant: string): Promise<ConnectReply> {
  return deps.store.inTenant(tenant, async tx => {
    const rows = await stepRows(tx)
    const inForce = await wecomAccount(tx)
    const emulated = inForce?.baseUrl === EMULATOR_URL
    const typed = await typedSoFar(tx, rows)
    const { accounts = [] } = rowOf(rows, 'account')?.detail ?? {}
    const { members = [] } = rowOf(rows, 'members')?.detail ?? {}
    const staff = await tx.query<{ user: string }>(
      'select wecom_user as user from staff where wecom_user is not null and active',
    )
    const hired = new Set(staff.map(({ user }) => user))
    return {
      ...{ emulated, inForce: inForce !== undefined },
      typed: {
        ...{ baseUrl: typed.baseUrl, corpId: typed.corpId ?? '', agentId: typed.agentId ?? null },
        ...{ hasSecret: (typed.secret ?? '') !== '', account: typed.account ?? '' },
        ...{ publicUrl: typed.publicUrl ?? '', token: typed.token ?? '', aesKey: typed.aesKey ?? '' },
      },
      ...{ callbackPath: callbackPath(tenant), accounts },
      members: members.map(member => ({ ...member, hired: hired.has(member.userId) })),
      steps: connectSteps.map(step => {
        const row = rowOf(rows, step)
        const { says, todo } = sayReason(step, reasonAt(rows, step, inForce), emulated)
        return { step, state: stateAt(rows, step, inForce), at: row?.at ?? null, says, todo }
      }),
    }
  })
}

/**
 * Keeps what was typed at a step and checks it with WeCom. The connection that works stays in force until what was typed
 * passes. Throws Problem for a step there is not.
 */
export async function checkStep(
  deps: Deps,
  { tenant, step, typed: given }: { tenant: string; step: string; typed: ConnectStep },
): Promise<ConnectReply> {
  if (!isStep(step)) throw notFound()
  const { all, typed, corpPasses, known, staff } = await deps.store.inTenant(tenant, async tx => {
    const rows = await stepRows(tx)
    const before = await typedSoFar(tx, rows)
    const typed = withoutForeignSecret(ofStep(step, given), before)
    if (step === 'corp' && typed.corpId !== undefined && typed.corpId !== before.corpId)
      await tx.query(
        `update wecom_step set state = 'open', reason = null, detail = jsonb_build_object('before',
           jsonb_build_object('state', state, 'reason', reason, 'detail', detail))
         where step <> 'corp' and state <> 'open'`,
      )
    const known = await wecomAccount(tx)
    return {
      ...{ typed, all: { ...before, ...typed } },
      ...{ corpPasses: stateAt(rows, 'corp', known) === 'pass', known },
      staff: await staffOf(tx),
    }
  })
  const account = whole(all)
  if (known?.baseUrl === EMULATOR_URL) furnishEmulator(deps, known, staff)
  const client = deps.newWecom(account, known)
  const verdict =
    step !== 'corp' && !corpPasses
      ? { state: 'fail' as const, reason: 'needs', params: {} }
      : await verdictOf(account.baseUrl, () => checks[step]({ client, typed: all, tenant, staff }))
  await deps.store.inTenant(tenant, async tx => {
    await keepStep(deps, tx, { step, typed, verdict })
    await putInForce(deps, tx)
  })
  return showConnect(deps, tenant)
}

/** Forgets what was typed at a step and is not in force; the steps after it are again what they were. Throws Problem for a step there is not. */
export async function forgetStep(
  deps: Deps,
  { tenant, step }: { tenant: string; step: string },
): Promise<ConnectReply> {
  if (!isStep(step)) throw notFound()
  await deps.store.inTenant(tenant, async tx => {
    await tx.query('delete from wecom_step where step = $1', [step])
    if (step === 'corp')
      await tx.query(
        `update wecom_step set state = detail->'before'->>'state', reason = detail->'before'->>'reason',
           detail = detail->'before'->'detail' where detail ? 'before'`,
      )
  })
  return showConnect(deps, tenant)
}

interface Checking {
  readonly client: WecomClient
  readonly typed: Typed
  readonly tenant: string
  readonly staff: readonly StaffMember[]
}

interface StaffMember {
  readonly name: string
  readonly user: string
}

const checks: Readonly<Record<ConnectStepName, (about: Checking) => Promise<Verdict>>> = {
  corp: async ({ client }) => {
    const { name } = await client.agent()
    return { state: 'pass', reason: 'corp.pass', params: { app: name } }
  },
  account: async ({ client, typed }) => {
    const accounts = await client.kfAccounts()
    const chosen = accounts.find(({ openKfId }) => openKfId === typed.account)
    const name = chosen?.name ?? typed.account ?? ''
    const says = (state: 'pass' | 'fail', reason: string) => ({
      ...{ state, reason, accounts, params: { name, count: String(accounts.length) } },
    })
    if (accounts.length === 0) return says('fail', 'account.none')
    if (!typed.account) return says('fail', 'account.choose')
    if (!chosen) return says('fail', 'account.gone')
    return chosen.managed ? says('pass', 'account.pass') : says('fail', 'account.not-managed')
  },
  // Why no call: it is WeCom that calls; `noteEcho` says what came of it.
  callback: async () => ({ state: 'waiting', reason: 'callback.waiting', params: {} }),
  domain: async ({ client, typed }) => {
    const wanted = typed.publicUrl === undefined ? '' : new URL(typed.publicUrl).host
    const { trustedDomain: domain } = await client.agent()
    const params = { wanted, domain }
    if (wanted === '') return { state: 'fail', reason: 'domain.no-url', params }
    if (domain === '') return { state: 'fail', reason: 'domain.none', params }
    return domain === wanted
      ? { state: 'pass', reason: 'domain.pass', params }
      : { state: 'fail', reason: 'domain.other', params }
  },
  members: async ({ client, staff }) => {
    const members = await visibleMembers(client)
    const seen = new Set(members.map(({ userId }) => userId))
    const unseen = staff.filter(({ user }) => !seen.has(user)).map(({ name }) => name)
    const params = { count: String(members.length), names: unseen.join('、') }
    if (members.length === 0) return { state: 'fail', reason: 'members.none', params, members }
    return unseen.length === 0
      ? { state: 'pass', reason: 'members.pass', params, members }
      : { state: 'warn', reason: 'members.some', params, members }
  },
}

/** The members of the departments the application may see, and those it may see one by one. */
async function visibleMembers(client: WecomClient): Promise<Member[]> {
  const { users, departments } = await client.agent()
  const names = departments.length > 0 ? await client.departments() : new Map<number, string>()
  const found = new Map<string, Member>(
    users.map(userId => [userId, { userId, name: userId, departments: [] }]),
  )
  for (const department of departments)
    for (const member of await client.members(department)) {
      const theirs = member.departments.map(id => names.get(id) ?? String(id))
      found.set(member.userId, { userId: member.userId, name: member.name, departments: theirs })
    }
  return [...found.values()]
}

async function verdictOf(baseUrl: string, check: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await check()
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    return { state: 'fail', ...reasonOf(error, baseUrl) }
  }
}

/** The secrets a callback may be sealed with: those in force, and those typed last, which an echo puts in force. */
export async function callbackSecrets(
  tx: Tx,
): Promise<Readonly<Record<'typed' | 'inForce', CallbackSecrets | undefined>>> {
  const secretsOf = (one: Typed | undefined) =>
    one?.token && one.aesKey && one.corpId
      ? { token: one.token, aesKey: one.aesKey, receiveId: one.corpId }
      : undefined
  const rows = await stepRows(tx)
  return { typed: secretsOf(await typedSoFar(tx, rows)), inForce: secretsOf(await wecomAccount(tx)) }
}

/** WeCom asked the callback for its echo and was answered, or came with other secrets; only what is waited for is noted. */
export async function noteEcho(deps: Deps, tenant: string, answered: boolean): Promise<void> {
  await deps.store.inTenant(tenant, async tx => {
    const row = rowOf(await stepRows(tx), 'callback')
    if (!row || row.state === 'pass') return
    const reason = answered ? 'callback.pass' : 'callback.mismatch'
    const verdict: Verdict = { state: answered ? 'pass' : 'fail', reason, params: {} }
    await keepStep(deps, tx, { step: 'callback', typed: {}, verdict })
    if (answered) await putInForce(deps, tx)
  })
}

/** What its administrator does in the console of an emulated corp. Throws Problem where the corp is no emulated one. */
export async function clickInEmulator(
  deps: Deps,
  { tenant, click }: { tenant: string; click: 'callback' | 'domain' },
): Promise<ConnectReply> {
  const { known, typed } = await deps.store.inTenant(tenant, async tx => ({
    known: await wecomAccount(tx),
    typed: await typedSoFar(tx, await stepRows(tx)),
  }))
  if (known?.baseUrl !== EMULATOR_URL) throw new Problem('no-emulator', 404)
  const fake = deps.emulators.of(known)
  const { publicUrl, token, aesKey } = typed
  if (publicUrl === undefined) throw new Problem('emulator-nothing-typed', 409)
  if (click === 'domain') fake.console.trustedDomain = new URL(publicUrl).host
  if (click === 'callback' && token !== undefined && aesKey !== undefined) {
    deps.emulators.moveCallback(known, { token, aesKey })
    await fake.verifyCallback(known.account)
  }
  return showConnect(deps, tenant)
}

/** Takes visible members on as staff, with their departments; each gets a one-time link. Throws Problem. */
export async function hireMembers(
  deps: Deps,
  { tenant, users }: { tenant: string; users: readonly string[] },
): Promise<HiredReply[]> {
  const { members } = await showConnect(deps, tenant)
  const chosen = members.filter(member => users.includes(member.userId) && !member.hired)
  // Why first: whoever is added gets a link that is shown once, so nobody is added unless all can be.
  const logins = new Set((await listStaff(deps, tenant)).map(({ login }) => login))
  const taken = chosen.find(({ userId }) => logins.has(userId))
  if (taken) throw new Problem('login-taken', 409, { params: { login: taken.userId } })
  const hired: HiredReply[] = []
  for (const { userId, name, departments } of chosen) {
    const { token } = await addStaff(deps, tenant, { name, login: userId, wecomUser: userId, departments })
    hired.push({ name, login: userId, link: `/setup?token=${token}` })
  }
  return hired
}

/** Once corp and account pass, they are the desk's connection, with the callback that was echoed last. */
async function putInForce(deps: Deps, tx: Tx): Promise<void> {
  const rows = await stepRows(tx)
  const before = await wecomAccount(tx)
  if (stateAt(rows, 'corp', before) !== 'pass' || stateAt(rows, 'account', before) !== 'pass') return
  const typed = await typedSoFar(tx, rows)
  const echoed = rowOf(rows, 'callback')?.state === 'pass' ? typed : before
  const account: WecomAccount = {
    ...whole(typed),
    ...{ token: echoed?.token ?? '', aesKey: echoed?.aesKey ?? '' },
  }
  await connectWecom(tx, account)
}

function keepStep(
  deps: Deps,
  tx: Tx,
  { step, typed, verdict }: { step: ConnectStepName; typed: ConnectStep; verdict: Verdict },
): Promise<object[]> {
  const { state, reason, ...detail } = verdict
  return tx.query(
    `insert into wecom_step (tenant, step, state, reason, detail, typed, at)
     values (current_setting('app.tenant'), $1, $2, $3, $4, $5, $6)
     on conflict (tenant, step) do update set state = excluded.state, reason = excluded.reason,
       detail = excluded.detail, typed = wecom_step.typed || excluded.typed, at = excluded.at`,
    [step, state, reason, json(detail), json(typed), deps.now()],
  )
}

const stepRows = (tx: Tx): Promise<StepRow[]> =>
  tx.query<StepRow>('select step, state, reason, detail, typed, at from wecom_step')

const rowOf = (rows: readonly StepRow[], step: ConnectStepName) => rows.find(row => row.step === step)

/** Where nothing else was typed, the connection in force is what passes; of another company or server nothing is in force. */
function servesAt(
  rows: readonly StepRow[],
  step: ConnectStepName,
  inForce: WecomAccount | undefined,
): boolean {
  if (!inForce) return false
  const { corpId = inForce.corpId, baseUrl = inForce.baseUrl } = rowOf(rows, 'corp')?.typed ?? {}
  if (corpId !== inForce.corpId || baseUrl !== inForce.baseUrl) return false
  return step === 'corp' || step === 'account' || (step === 'callback' && inForce.token !== '')
}

const stateAt = (rows: readonly StepRow[], step: ConnectStepName, inForce: WecomAccount | undefined): State =>
  rowOf(rows, step)?.state ?? (servesAt(rows, step, inForce) ? 'pass' : 'open')

function reasonAt(
  rows: readonly StepRow[],
  step: ConnectStepName,
  inForce: WecomAccount | undefined,
): Reason | null {
  const row = rowOf(rows, step)
  if (row) return row.reason === null ? null : { reason: row.reason, params: row.detail.params ?? {} }
  if (!inForce || !servesAt(rows, step, inForce)) return null
  return { reason: `${step}.kept`, params: { corp: inForce.corpId, account: inForce.account } }
}

/** What was typed, over what is in force. */
async function typedSoFar(tx: Tx, rows: readonly StepRow[]): Promise<Typed & { baseUrl: string }> {
  const inForce = await wecomAccount(tx)
  const { cursor: _, ...account } = inForce ?? { cursor: '' }
  return Object.assign({ baseUrl: WECOM_URL }, account, ...rows.map(row => row.typed)) as Typed & {
    baseUrl: string
  }
}

const whole = (typed: Typed): WecomAccount => ({
  ...{ account: '', baseUrl: WECOM_URL, corpId: '', secret: '', agentId: 0, token: '', aesKey: '' },
  ...typed,
})

const staffOf = (tx: Tx): Promise<StaffMember[]> =>
  tx.query<StaffMember>(
    `select name, wecom_user as user from staff where wecom_user is not null and active order by name`,
  )

/** The members of an emulated corp are the desk's staff. */
function furnishEmulator(deps: Deps, known: WecomAccount, staff: readonly StaffMember[]): void {
  const { console } = deps.emulators.of(known)
  console.departments = [{ id: 1, name: '服务部' }]
  console.members = staff.map(({ user, name }) => ({ userId: user, name, departments: [1] }))
  console.visible = { users: [], departments: [1] }
}

const fields: Readonly<Record<ConnectStepName, readonly (keyof ConnectStep)[]>> = {
  corp: ['baseUrl', 'corpId', 'secret', 'agentId'],
  account: ['account'],
  callback: ['publicUrl', 'token', 'aesKey'],
  domain: [],
  members: [],
}

/** Of what was sent, what belongs to the step. */
const ofStep = (step: ConnectStepName, given: ConnectStep): ConnectStep =>
  Object.fromEntries(fields[step].flatMap(name => (given[name] === undefined ? [] : [[name, given[name]]])))

/** A secret that was given for one server is not sent to another. */
const withoutForeignSecret = (typed: ConnectStep, before: Typed): ConnectStep =>
  typed.baseUrl !== undefined && typed.baseUrl !== before.baseUrl && typed.secret === undefined
    ? { ...typed, secret: '' }
    : typed

const isStep = (name: string): name is ConnectStepName => (connectSteps as readonly string[]).includes(name)

const callbackPath = (tenant: string) => `/channels/wecom/${tenant}/callback`
