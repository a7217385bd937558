import type { ExplanationReply, OtherwiseReply } from '#core/wire'
import { get } from '../data/api.ts'
import type { OtherwisePriced } from '../parts/prices.ts'
import { language } from '../text/text.ts'

/** What would have decided a ticket's decisions otherwise, in the reader's language, each where it is to be shown. */
export interface Why {
  /** Of a decision in the history, by its place there. */
  readonly ofEvent: (seq: number) => readonly string[]
  /** Of a transition that is open. */
  readonly ofTransition: (node: string, event: string) => readonly string[]
  /** Whether a transition has conditions of which none holds. */
  readonly isBarred: (node: string, event: string) => boolean
  /** Of a price as it was worked out last: of a line or one of its steps (from 0), or of the total. */
  readonly ofPrice: OtherwisePriced
  /** Messages of the ticket that the gate holds back, with its reasons. */
  readonly held: readonly HeldMessage[]
}

export interface HeldMessage {
  readonly at: number
  readonly text: string
  readonly reasons: readonly string[]
  readonly otherwise: readonly string[]
}

interface Told {
  readonly kind: string
  readonly node?: string
  readonly event?: string
  readonly price?: string
  readonly possible?: boolean
  readonly state?: string
  readonly text?: string
}

/** Asks for every explanation of a ticket at once. Throws ApiError. */
export async function loadWhy(ticket: string): Promise<Why> {
  const sorts = 'assignment,transition,price,clock,send'
  return whyOf(await get<ExplanationReply[]>(`/api/tickets/${ticket}/explanations?of=${sorts}`))
}

function whyOf(replies: readonly ExplanationReply[]): Why {
  const told = (reply: ExplanationReply) => reply.happened as Told
  const open = (node: string, event: string) =>
    replies.find(reply => {
      const { kind, ...at } = told(reply)
      return kind === 'transition-open' && at.node === node && at.event === event
    })
  return {
    ofEvent: seq =>
      replies.filter(reply => reply.seq === seq && reply.of !== 'price').flatMap(reply => sentences(reply)),
    ofTransition: (node, event) => sentences(open(node, event)),
    isBarred: (node, event) => {
      const reply = open(node, event)
      return reply !== undefined && told(reply).possible === false
    },
    ofPrice: (price, about) => {
      const last = replies.findLast(reply => told(reply).kind === 'priced' && told(reply).price === price)
      const { line, row, step } = about
      return sentences(last, one => one.line === line && one.row === row && one.step === step)
    },
    held: replies
      .filter(reply => reply.of === 'send' && ['deferred', 'dropped'].includes(told(reply).state ?? ''))
      .map(reply => ({
        ...{ at: reply.at, text: told(reply).text ?? '' },
        ...{ reasons: reply.why?.[language()] ?? [], otherwise: sentences(reply) },
      })),
  }
}

function sentences(
  reply: ExplanationReply | undefined,
  isAbout: (one: OtherwiseReply) => boolean = () => true,
): string[] {
  return (reply?.otherwise ?? []).filter(isAbout).map(one => one[language()])
}
