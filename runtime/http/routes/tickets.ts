import {
  AssignTicket,
  ChooseSubject,
  FillOpening,
  FillTicket,
  JudgeWords,
  ListTickets,
  MoveClock,
  OpenTicket,
  SayWords,
  TakeTransition,
  type CustomerReply,
  type OpeningFormReply,
  type OpeningsReply,
  type QueueRowReply,
  type TicketFormReply,
  type TicketReply,
  type WordsJudgedReply,
} from '#core/wire'
import type { FieldValues } from '#core/form'
import { explainTicket } from '../../usecases/explain.ts'
import { findCustomers } from '../../usecases/find-customers.ts'
import { listTickets } from '../../usecases/list-tickets.ts'
import { moveClock } from '../../usecases/move-clock.ts'
import { listOpenings, openingForm } from '../../usecases/openings.ts'
import { replayTicket, showTicket } from '../../usecases/show-ticket.ts'
import { ticketForm } from '../../usecases/ticket-form.ts'
import { assignTicket, chooseSubject, openTicket, takeTransition } from '../../usecases/tickets.ts'
import { judgeWords, sayWords, sendAgain } from '../../usecases/words.ts'
import { ok, type Call, type Route } from '../route.ts'

const actOf = ({ session, idempotency }: Call) => ({
  tenant: session.tenant,
  who: { kind: 'staff', id: session.staff.id } as const,
  idempotency,
})

export const ticketRoutes: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/tickets', access: 'staff', query: ListTickets },
    summary:
      'The queue, open tickets by what is due first, closed ones by what was closed last; 200 rows unless rows=… asks for more (x-total-count says how many there are)',
    handle: async ({ deps, session, query }) => {
      const { status, unassigned, rows: wanted, ...filter } = query as ListTickets
      const reader = { tenant: session.tenant, roles: session.staff.roles }
      const { rows, total } = await listTickets(deps, reader, {
        ...{ ...filter, status, unassigned: unassigned === 'true' },
        rows: wanted === undefined ? undefined : Number(wanted),
      })
      return { ...ok(rows satisfies QueueRowReply[]), headers: { 'x-total-count': String(total) } }
    },
  },
  {
    ...{ method: 'post', path: '/api/tickets', access: 'staff', body: OpenTicket },
    summary: 'Opens a ticket',
    handle: async (call: Call<OpenTicket>) => {
      const { subject = null, newCustomer, fields, ...opening } = call.body
      const step = await openTicket(call.deps, actOf(call), {
        ...{ ...opening, newCustomer, subject },
        fields: fields as FieldValues,
      })
      return { status: 201, body: step }
    },
  },
  {
    ...{ method: 'get', path: '/api/openings', access: 'staff' },
    summary: 'The kinds of tickets that the caller may open by hand',
    handle: async call => ok((await listOpenings(call.deps, actOf(call))) satisfies OpeningsReply),
  },
  {
    ...{ method: 'post', path: '/api/openings', access: 'staff', body: FillOpening },
    summary: 'The form of a new ticket by what is filled so far; nothing is kept',
    handle: async (call: Call<FillOpening>) => {
      const filled = { ...call.body, fields: call.body.fields as FieldValues }
      return ok((await openingForm(call.deps, actOf(call), filled)) satisfies OpeningFormReply)
    },
  },
  {
    ...{ method: 'get', path: '/api/customers', access: 'staff' },
    summary: 'Customers to open a ticket for: search=, or those who were here last',
    handle: async ({ deps, session, query }) =>
      ok((await findCustomers(deps, session.tenant, query.search ?? '')) satisfies CustomerReply[]),
  },
  {
    ...{ method: 'get', path: '/api/tickets/:id', access: 'staff' },
    summary: 'One ticket with its fields, clocks, history and the transitions allowed now',
    handle: async call => {
      const view = await showTicket(call.deps, { ...actOf(call), id: call.params.id! })
      return { status: 200, body: view satisfies TicketReply, headers: { etag: `"${view.seq}"` } }
    },
  },
  {
    ...{ method: 'post', path: '/api/tickets/:id/form', access: 'staff', body: FillTicket },
    summary: 'The form of a ticket by what is typed so far; nothing is kept',
    handle: async (call: Call<FillTicket>) => {
      const typed = { id: call.params.id!, fields: call.body.fields as FieldValues }
      return ok((await ticketForm(call.deps, actOf(call), typed)) satisfies TicketFormReply)
    },
  },
  {
    ...{ method: 'post', path: '/api/tickets/:id/transitions', access: 'staff', body: TakeTransition },
    summary: 'Takes a transition at one of the nodes the ticket stands on',
    handle: async (call: Call<TakeTransition>) => {
      const { node, event, fields = {} } = call.body
      const request = { id: call.params.id!, node, event, fields: fields as FieldValues }
      return ok(await takeTransition(call.deps, actOf(call), request))
    },
  },
  {
    ...{ method: 'post', path: '/api/tickets/:id/assignment', access: 'staff', body: AssignTicket },
    summary: 'Hands a node to somebody, or looks again for who is free',
    handle: async (call: Call<AssignTicket>) =>
      ok(await assignTicket(call.deps, actOf(call), { id: call.params.id!, ...call.body })),
  },
  {
    ...{ method: 'put', path: '/api/tickets/:id/subject', access: 'staff', body: ChooseSubject },
    summary: 'Says which record the ticket is about',
    handle: async (call: Call<ChooseSubject>) =>
      ok(await chooseSubject(call.deps, actOf(call), { id: call.params.id!, ...call.body })),
  },
  {
    ...{ method: 'post', path: '/api/tickets/:id/words', access: 'staff', body: SayWords },
    summary: 'Answers the customer of a ticket, or leaves a note that only staff read',
    handle: async (call: Call<SayWords>) => ({
      status: 201,
      body: await sayWords(call.deps, actOf(call), { id: call.params.id!, ...call.body }),
    }),
  },
  {
    ...{ method: 'post', path: '/api/tickets/:id/words/judgement', access: 'staff', body: JudgeWords },
    summary: 'What the send gate would make of an answer now; nothing is kept',
    handle: async ({ deps, session, params, body }: Call<JudgeWords>) => {
      const words = { tenant: session.tenant, id: params.id!, text: body.text }
      return ok((await judgeWords(deps, words)) satisfies WordsJudgedReply)
    },
  },
  {
    ...{ method: 'post', path: '/api/tickets/:id/sends/:send/again', access: 'staff' },
    summary: 'Sends a message to the ticket’s customer that surely did not arrive once more',
    handle: async call => {
      await sendAgain(call.deps, actOf(call), { id: call.params.id!, send: call.params.send! })
      return ok()
    },
  },
  {
    ...{ method: 'get', path: '/api/tickets/:id/explanations', access: 'staff' },
    summary:
      'Why, and what would have decided otherwise: of=assignment, transition, price, clock or send, or several with commas',
    handle: async call =>
      ok(await explainTicket(call.deps, { ...actOf(call), id: call.params.id!, of: call.query.of ?? '' })),
  },
  {
    ...{ method: 'get', path: '/api/tickets/:id/replay', access: 'admin' },
    summary: 'The history folded again, beside the stored state',
    handle: async ({ deps, session, params }) => ok(await replayTicket(deps, session.tenant, params.id!)),
  },
  {
    ...{ method: 'post', path: '/api/clock', access: 'admin', body: MoveClock },
    summary: 'Moves a demo desk’s time forward; everything due on the way happens',
    handle: async ({ deps, session, body }: Call<MoveClock>) =>
      ok(await moveClock(deps, session.tenant, body.byMs)),
  },
]
