import type { Blueprint, Code, FieldBlueprint, TicketBlueprint } from '#core/blueprint'
import type { AboutTerm, TermFacts } from '#core/condition'
import { aboutCustomers } from '#core/limit'
import type { JsonValue } from '#core/values'
import { actingBy, isAmong, machineEntries, writersOf } from './fillers.ts'

/** What is known at a node of a ticket of the terms its conditions read: bounds of fields, and whether they are filled. */
export function aboutForm(blueprint: Blueprint, ticket: TicketBlueprint, node: string): AboutTerm {
  const fields = blueprint.forms[ticket.form]?.fields ?? {}
  const isFilled = filledBy(blueprint, ticket, node)
  const aboutCustomer = aboutCustomers(blueprint)
  return term => {
    if (term.op === 'name' && Object.hasOwn(fields, term.name)) {
      const field = fields[term.name]!
      return { ...boundsOf(field), ...isFilled(term.name, field) }
    }
    if (term.op === 'member') return aboutRecord(blueprint, term)
    return aboutCustomer(term)
  }
}

function filledBy(blueprint: Blueprint, ticket: TicketBlueprint, name: string) {
  const { form, entries } = ticket
  const node = ticket.nodes[name]
  const isGuarded = blueprint.access[form] !== undefined && !entries.some(entry => machineEntries.has(entry))
  // Staff of any role may open a ticket at their workbench, and fill what they may write.
  const isOpenToStaff = entries.length === 0 || entries.includes('workbench')
  const isWritten = (field: string): boolean => {
    if (!isGuarded || !node) return true
    const writers = writersOf(blueprint, form, field)
    const isByStaff = isOpenToStaff && writers.some(writer => writer !== 'customer')
    return isByStaff || isAmong(blueprint, writers, actingBy(ticket, name))
  }
  return (
    field: string,
    { computed, default: usual, visible, required, at }: FieldBlueprint,
  ): Pick<TermFacts, 'absent' | 'isFree'> => {
    if (computed) return { absent: 'doubtful', isFree: false }
    if (!usual && !isWritten(field)) return { absent: 'always', isFree: true }
    if (visible || usual) return { absent: 'doubtful', isFree: true }
    const isAsked = node?.asks.includes(field) ?? false
    const isRequired = required?.op === 'const' && required.value === true && at === undefined
    // Staff fill all that is required before they lead a ticket on; by then an action or a customer finds it filled, or not.
    if (isAsked || (isRequired && node && node.by !== 'customer' && !node.run))
      return { absent: 'never', isFree: true }
    return { absent: isRequired || required ? 'doubtful' : 'maybe', isFree: true }
  }
}

/** A record's fields hold what was kept; whether all were is not known here. */
function aboutRecord({ entities }: Blueprint, term: Code & { op: 'member' }): TermFacts {
  const owner = term.of.type.kind === 'ref' ? entities[term.of.type.name] : undefined
  const field = owner?.fields[term.name]
  if (!field) return { absent: 'doubtful', isFree: false }
  const isSet = field.default?.op === 'const' && field.default.value !== null
  const isKept = term.of.op === 'name'
  return {
    ...boundsOf(field),
    absent: field.optional && !isSet ? 'maybe' : isSet ? 'never' : 'doubtful',
    isFree: isKept && !field.computed,
  }
}

function boundsOf({ min, max, maxOpen = false }: FieldBlueprint): Pick<TermFacts, 'min' | 'max' | 'maxOpen'> {
  const constant = (code: Code | undefined): JsonValue | undefined =>
    code?.op === 'const' ? code.value : undefined
  const [from, to] = [constant(min), constant(max)]
  return { ...(from !== undefined && { min: from }), ...(to !== undefined && { max: to }), maxOpen }
}
