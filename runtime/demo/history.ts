import type { FieldValues } from '#core/form'
import type { Deps } from '../deps.ts'
import { dispatchWaiting } from '../usecases/dispatch-waiting.ts'
import { moveClock } from '../usecases/move-clock.ts'
import { openTicket, takeTransition, type TicketStep } from '../usecases/tickets.ts'
import { createChance, type Chance } from './chance.ts'
import { customers, stores, type DemoCustomer } from './people.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Tickets of each of the three days; the last day is still going on. */
const PER_DAY = [10, 10, 10] as const
/** When history ends and the present begins: the third day, in the afternoon. */
export const PRESENT_MS = 2 * DAY + 6.5 * 60 * MINUTE

/** Who on the desk holds which role: staff ids. */
export type Holders = Readonly<Record<string, readonly string[]>>

interface Matter {
  readonly ticket: string
  readonly customer: DemoCustomer
  readonly complaint: Complaint
  /** Nodes somebody already means to work. */
  readonly planned: Set<string>
}

interface Due {
  readonly at: number
  readonly run: () => Promise<readonly Due[]>
}

interface World {
  readonly deps: Deps
  readonly tenant: string
  readonly holders: Holders
  readonly chance: Chance
}

/**
 * Lets three days of complaints happen on the desk's virtual time, through the same use cases as people's. `deps.now` must
 * stand still meanwhile; `startsAt` (epoch ms) is the desk's nine o'clock of the first day. Yields the ids of the tickets.
 */
export async function makeHistory(
  deps: Deps,
  {
    tenant,
    holders,
    startsAt,
    say,
  }: { tenant: string; holders: Holders; startsAt: number; say: (done: number) => void },
): Promise<string[]> {
  const world: World = { deps, tenant, holders, chance: createChance('retail') }
  const ids: string[] = []
  const openings = PER_DAY.flatMap((count, day) => openingsOf(world, { day, count, startsAt, ids }))
  const waiting: Due[] = [...openings]
  let now = startsAt
  const end = startsAt + PRESENT_MS
  for (;;) {
    waiting.sort((a, b) => a.at - b.at)
    const next = waiting.shift()
    if (!next || next.at > end) break
    await moveClock(deps, tenant, Math.max(0, next.at - now))
    now = Math.max(now, next.at)
    waiting.push(...(await next.run()))
    say(ids.length)
  }
  await moveClock(deps, tenant, end - now)
  await dispatchWaiting(deps, tenant)
  return ids
}

function openingsOf(
  world: World,
  { day, count, startsAt, ids }: { day: number; count: number; startsAt: number; ids: string[] },
): Due[] {
  const { chance } = world
  const opensFor = day === 2 ? PRESENT_MS / MINUTE - 2 * 24 * 60 - 2 : 8 * 60
  return Array.from({ length: count }, (_, index): Due => {
    const minute = Math.floor((opensFor * (index + 1)) / count) - chance.between(0, 25)
    const at = startsAt + day * DAY + minute * MINUTE
    return {
      at,
      run: async () => {
        const customer = chance.pick(customers)
        const complaint = chance.pick(complaints)
        const step = await openTicket(
          world.deps,
          { tenant: world.tenant, who: { kind: 'customer', id: customer.key } },
          {
            ...{ ticket: '客诉', entry: 'chat', customer: customer.key, subject: null },
            fields: complaint.says,
          },
        )
        ids.push(step.id)
        return nextOf(world, { ticket: step.id, customer, complaint, planned: new Set() }, { step, at })
      },
    }
  })
}

/** What the people at the places that a step newly led to will do, and when. */
function nextOf(world: World, matter: Matter, { step, at }: { step: TicketStep; at: number }): Due[] {
  return step.nodes
    .filter(node => !matter.planned.has(node))
    .flatMap(node => {
      const move = moves[node]
      if (!move) return []
      matter.planned.add(node)
      const [from, to] = move.minutes
      const when = inTheDay(at + world.chance.between(from, to) * MINUTE)
      const run = async () => {
        matter.planned.delete(node)
        const { event, fields } = move.takes(matter, world.chance)
        const who =
          move.role === 'customer'
            ? ({ kind: 'customer', id: matter.customer.key } as const)
            : ({ kind: 'staff', id: world.chance.pick(world.holders[move.role]!) } as const)
        const request = { id: matter.ticket, node, event, fields }
        const after = await takeTransition(world.deps, { tenant: world.tenant, who }, request)
        return nextOf(world, matter, { step: after, at: when })
      }
      return [{ at: when, run }]
    })
}

/** Nobody works at night: what would fall after six in the evening happens the next morning. */
function inTheDay(at: number): number {
  const local = (at + 8 * 60 * MINUTE) % DAY
  const [open, close] = [9 * 60 * MINUTE, 18 * 60 * MINUTE]
  if (local < open) return at + open - local
  return local > close ? at + DAY - local + open + 20 * MINUTE : at
}

interface Move {
  readonly role: string
  readonly minutes: readonly [number, number]
  readonly takes: (matter: Matter, chance: Chance) => { event: string; fields: FieldValues }
}

/** What is done at each node of the complaint. */
const moves: Readonly<Record<string, Move>> = {
  受理: {
    role: '导购',
    minutes: [2, 17],
    takes: ({ complaint }, chance) => ({
      event: '转办',
      fields: {
        投诉类型: complaint.kind,
        紧急程度: complaint.urgency,
        门店: chance.pick(stores).key,
        ...(complaint.wish && { 期望处理: complaint.wish }),
        ...(['商品质量', '食物变质'].includes(complaint.kind) && { 照片: ['现场-1.jpg'] }),
      },
    }),
  },
  品控核查: {
    role: '品控',
    minutes: [30, 150],
    takes: (_, chance) => ({
      event: '已核查',
      fields: {
        核查结论: chance.pick([
          '冷链温度超标，已下架同批次',
          '包装破损导致受潮',
          '未发现异常，按保质期内处理',
        ]),
        批次: `B26${String(chance.between(1, 60)).padStart(3, '0')}`,
      },
    }),
  },
  店长处理: {
    role: '店长',
    minutes: [40, 190],
    takes: ({ complaint }, chance) => ({
      event: '提交',
      fields: {
        方案: chance.pick(['致电道歉并退款', '换新并送优惠券', '当面说明，补差价', '道歉并赠送积分']),
        ...(complaint.wish === '补偿' && { 补偿金额: String(chance.pick([80, 150, 320, 600, 1_500])) }),
      },
    }),
  },
  补偿审批: {
    role: '大区经理',
    minutes: [20, 120],
    takes: (_, chance) => ({ event: chance.pick(['同意', '同意', '同意', '驳回']), fields: {} }),
  },
  总部审批: { role: '总部', minutes: [30, 180], takes: () => ({ event: '同意', fields: {} }) },
  客户确认: {
    role: 'customer',
    minutes: [15, 300],
    takes: (_, chance) => ({ event: '评价', fields: { 满意度: chance.pick([5, 5, 4, 4, 3, 2]) } }),
  },
  归因: {
    role: '店长',
    minutes: [30, 240],
    takes: (_, chance) => ({
      event: '关闭',
      fields: { 根因: chance.pick(['物流温控', '陈列过期', '新员工培训不足', '标价签未更新', '供应商来货']) },
    }),
  },
}

interface Complaint {
  readonly kind: string
  readonly urgency: string
  readonly wish: string | undefined
  readonly says: FieldValues
}

const complaint = (kind: string, urgency: string, says: string, wish?: string): Complaint => ({
  ...{ kind, urgency, wish },
  says: { 描述: says, ...(['商品质量', '食物变质'].includes(kind) && { 照片: ['客户上传-1.jpg'] }) },
})

const complaints: readonly Complaint[] = [
  complaint('食物变质', '红', '昨天买的面包今天就发霉了', '退款'),
  complaint('食物变质', '红', '酸奶打开有异味，孩子喝了肚子疼', '补偿'),
  complaint('商品质量', '黄', '毛巾洗一次就掉色，把衣服都染了', '补偿'),
  complaint('商品质量', '绿', '保温杯盖子漏水', '换货'),
  complaint('服务态度', '黄', '收银员说话很冲，等了二十分钟没人理', '道歉'),
  complaint('服务态度', '绿', '导购一直跟着推销，体验不好'),
  complaint('价格争议', '绿', '标价 39.9，结账收了 49.9', '退款'),
  complaint('价格争议', '黄', '会员价没有生效，多收了 30 元', '补偿'),
  complaint('其他', '绿', '停车券没有盖章，出场被收费', '补偿'),
]
