import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { Hono, type Context } from 'hono'
import { createAccess } from './access.ts'
import { fault, type Answer, type Fields } from './answer.ts'
import { createConsoleDesk, emptyConsole, type WecomConsole } from './console.ts'
import {
  createCustomerDesk,
  type CustomersPast,
  type CustomerText,
  type SentToCustomer,
} from './customer-desk.ts'
import { createDelivery, type Attempt, type CallbackTarget } from './delivery.ts'
import { createDice } from './dice.ts'
import { createCallFaults, noFaults, type CallFault, type Faults, type Wait } from './faults.ts'
import { createMassDesk, type MassSent, type MassTask } from './mass-desk.ts'
import { createMessageLog } from './message-log.ts'
import { createStaffDesk, type SentToStaff } from './staff-desk.ts'

/** A WeCom server in memory, with its limits, its codes and, when asked, its bad days. */
export type WecomFake = {
  /** Serves /cgi-bin/gettoken, agent/get, department/list, user/simplelist, the kf calls, message/send and externalcontact’s mass sends. */
  readonly app: Hono
  /** What is set in its console; change its fields at any time. */
  readonly console: WecomConsole
  /** What goes wrong by chance from now on; change its fields at any time. */
  readonly faults: Faults
  /** Makes the next call of one path (`/cgi-bin/kf/send_msg`) go wrong; plans add up. */
  readonly failNext: (path: string, fault: CallFault) => void
  /** Sends an account's callbacks to a URL from now on; throws on a bad URL or key. */
  readonly configureCallback: (target: CallbackTarget) => void
  /** Asks the URL of an account for its echo, as WeCom does when one is saved; true when it answers right. */
  readonly verifyCallback: (openKfId: string) => Promise<boolean>
  /** A customer writes to an account: stores the message, sends the callback in the background, yields the msgid. */
  readonly customerWrites: (message: CustomerText) => string
  /** From now on texts to the customer are accepted and then reported as failed by an event. */
  readonly customerBlocks: (externalUserId: string) => void
  /** Takes in what an earlier fake knew, so that windows and phones go on where they were. */
  readonly recall: (past: WecomPast) => void
  /** Makes all access tokens invalid (40014). */
  readonly revokeTokens: () => void
  /** Resolves when no callback is on its way. */
  readonly settled: () => Promise<void>
  /** What reached customers, in order. */
  readonly sentToCustomers: readonly SentToCustomer[]
  /** A customer becomes a member's contact, or nobody's any more: only contacts get mass sends. */
  readonly befriend: (externalUserId: string, userId: string | undefined) => void
  /** The mass sends that members were asked for. */
  readonly massTasks: () => readonly MassTask[]
  /** A member confirms a mass send; false when there is nothing to confirm. */
  readonly memberConfirms: (task: string, userId: string) => boolean
  /** What reached customers by mass send, in order. */
  readonly massSent: readonly MassSent[]
  /** What reached members, in order, one entry per member. */
  readonly sentToStaff: readonly SentToStaff[]
  /** What members would have got but for their rate. */
  readonly droppedForStaff: readonly SentToStaff[]
  /** Every attempt to deliver a callback. */
  readonly callbackAttempts: readonly Attempt[]
}

/** What a fake knew before it ended; messages oldest first. */
export type WecomPast = CustomersPast & { readonly sentToStaff: readonly SentToStaff[] }

/** What a fake is made of. */
export type WecomFakeOptions = {
  readonly corpId: string
  readonly secret: string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** The same seed makes the same ids and the same accidents; default: a fresh one. */
  readonly seed?: string
  /** Carries the callbacks; default: the global one. */
  readonly fetch?: typeof fetch
  /** Default: real time; a virtual clock passes its own. */
  readonly wait?: Wait
  /** The members there are; default: anybody. */
  readonly staff?: readonly string[]
  /** The only application that may write to members; default: any. */
  readonly agentId?: number
  /** Mass sends a customer gets in a month; default: as many as it has days. */
  readonly massMonthlyCap?: number
  /** How long a callback may take to be answered; default: five seconds. */
  readonly callbackTimeoutMs?: number
}

/** A fake WeCom without customers, messages or faults. */
export function createWecomFake(options: WecomFakeOptions): WecomFake {
  const { now, corpId, secret, wait = realWait, seed = randomBytes(16).toString('hex') } = options
  const dice = (purpose: string) => createDice(`${seed}/${purpose}`)
  const faults = noFaults()
  const delivery = createDelivery({
    ...{ corpId, now, wait, faults, dice: dice('delivery') },
    timeoutMs: options.callbackTimeoutMs,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
  })
  const log = createMessageLog({ key: seed, now, faults, dice: dice('log') })
  const announce = (openKfId: string) => delivery.announce(openKfId, log.issueToken(openKfId))
  const customers = createCustomerDesk({ log, now, announce, dice: dice('customers') })
  const staff = createStaffDesk({ staff: options.staff, agentId: options.agentId, now, dice: dice('staff') })
  const mass = createMassDesk({ now, dice: dice('mass'), monthlyCap: options.massMonthlyCap })
  const access = createAccess({ corpId, secret, now, dice: dice('access') })
  const console = emptyConsole()
  const corp = createConsoleDesk(console, options.agentId)
  const calls = createCallFaults({ faults, wait, dice: dice('calls') })

  const app = new Hono()
  app.use('/cgi-bin/*', calls.middleware)
  app.get('/cgi-bin/gettoken', context =>
    context.json(access.grant(context.req.query('corpid'), context.req.query('corpsecret'))),
  )
  const refusalOf = (path: string, context: Context) =>
    access.refusal(path, context.req.query('access_token')) ?? corp.refusal(path)
  const answerGet = (path: string, answer: (query: Fields) => Answer) =>
    app.get(path, context => context.json(refusalOf(path, context) ?? answer(context.req.query())))
  const serve = (path: string, answer: (request: Fields) => Answer) =>
    app.post(path, async context => {
      const refusal = refusalOf(path, context)
      const request = refusal ? undefined : await readJson(context)
      return context.json(refusal ?? (request ? answer(request) : fault(47001)))
    })
  serve('/cgi-bin/kf/sync_msg', log.sync)
  serve('/cgi-bin/kf/send_msg', customers.send)
  serve('/cgi-bin/kf/customer/batchget', customers.look)
  serve('/cgi-bin/kf/account/list', corp.accounts)
  answerGet('/cgi-bin/agent/get', corp.agent)
  answerGet('/cgi-bin/department/list', corp.departments)
  answerGet('/cgi-bin/user/simplelist', corp.members)
  serve('/cgi-bin/message/send', staff.send)
  serve('/cgi-bin/externalcontact/add_msg_template', mass.create)
  serve('/cgi-bin/externalcontact/get_groupmsg_task', mass.members)
  serve('/cgi-bin/externalcontact/get_groupmsg_send_result', mass.results)
  serve('/cgi-bin/externalcontact/cancel_groupmsg_send', mass.cancel)

  return {
    ...{ app, console, faults, failNext: calls.failNext },
    ...{ configureCallback: delivery.configure, verifyCallback: delivery.verify, settled: delivery.settled },
    ...{ customerWrites: customers.write, customerBlocks: customers.block, revokeTokens: access.revoke },
    recall: past => {
      customers.recall(past)
      staff.sent.push(...past.sentToStaff)
    },
    ...{ sentToCustomers: customers.sent, sentToStaff: staff.sent, droppedForStaff: staff.dropped },
    ...{ befriend: mass.befriend, massTasks: mass.tasks, memberConfirms: mass.confirm, massSent: mass.sent },
    callbackAttempts: delivery.attempts,
  }
}

async function readJson(context: Context): Promise<Fields | undefined> {
  try {
    const body: unknown = await context.req.json()
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : undefined
  } catch {
    return undefined
  }
}

const realWait: Wait = async (ms, signal) => {
  if (ms <= 0) return
  await setTimeout(ms, undefined, signal ? { signal } : {}).catch(() => undefined)
}
