import type { Question, RefusalCode } from './command.ts'
import { mayTake } from './transition.ts'

/** A transition at one of the ticket's places: whether this person may take it, why not, and what it asks for. */
export interface AllowedTransition {
  readonly node: string
  readonly event: string
  readonly refused: RefusalCode | null
  readonly params: Readonly<Record<string, string>>
  readonly asks: readonly string[]
  /** Whether the form must be whole besides: staff lead the ticket on. */
  readonly whole: boolean
}

/** Every transition where the ticket stands now. */
export function allowedTransitions(
  question: Pick<Question, 'blueprint' | 'state' | 'asker'>,
): AllowedTransition[] {
  const ticket = question.blueprint.tickets[question.state!.kind]!
  return Object.keys(question.state!.tokens).flatMap(name => {
    const node = ticket.nodes[name]!
    const events = [...new Set(node.reactions.flatMap(reaction => reaction.events))]
    return events.map(event => {
      const refusal = mayTake(question, { name, event })
      const own = node.reactions.filter(reaction => reaction.events.includes(event))
      const asked = own.flatMap(({ acts }) => acts.flatMap(act => (act.act === 'ask' ? act.fields : [])))
      const leaves = own.some(reaction => reaction.target)
      const asks = leaves ? [...node.asks, ...asked] : asked
      return {
        ...{ node: name, event, asks: [...new Set(asks)], whole: leaves && node.by !== 'customer' },
        ...{ refused: refusal?.refused ?? null, params: refusal?.params ?? {} },
      }
    })
  })
}
