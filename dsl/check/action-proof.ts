import type { Blueprint, Code, FieldBlueprint, TicketBlueprint } from '#core/blueprint'
import type { Type } from '#core/values'
import type { TicketNode } from '#dsl/syntax'
import { customerEntries } from './fillers.ts'
import { insideOf, reachable } from './flow-graph.ts'
import { stationsOf } from './flow.ts'
import type { Scope } from './scope.ts'

/**
 * Proves of the actions that a ticket's nodes run: what they hand of a customer to a host is declared, so that whoever
 * installs the pack sees it; and what cannot be taken back does not run beside a branch that may abort.
 */
export function proveRuns(
  scope: Scope,
  blueprint: Blueprint,
  { node, ticket }: { node: TicketNode; ticket: TicketBlueprint },
): void {
  for (const [station] of stationsOf(node)) {
    const name = station.name.text
    const run = ticket.nodes[name]?.run
    const action = run && blueprint.actions[run.action]
    if (!run || !action || !station.run) continue
    const call = station.run
    const undeclared = run.args
      .flatMap(arg => personalIn(blueprint, ticket, arg))
      .filter(data => !action.reads.some(read => data === read || data.startsWith(`${read}.`)))
    if (action.net.length > 0)
      for (const data of new Set(undeclared))
        scope.report(call, 'AX7010', { name: run.action, data, hosts: action.net.join('、') })
    const beside = action.undo === null ? aborting(ticket, name) : undefined
    if (beside) scope.report(call, 'AX7011', { name: run.action, ...beside })
  }
}

/** Another branch of the region a node stands in, and where it may abort. */
function aborting(ticket: TicketBlueprint, name: string): { branch: string; node: string } | undefined {
  const { within } = ticket.nodes[name]!
  if (!within) return undefined
  for (const [branch, { start }] of Object.entries(ticket.parallels[within.parallel]!.branches)) {
    if (branch === within.branch) continue
    const { edges, aborts } = insideOf(ticket, { parallel: within.parallel, branch })
    const node = [...reachable([start], edges)].find(each => aborts.has(each))
    if (node !== undefined) return { branch, node }
  }
  return undefined
}

/** Kinds of values in which a customer says something of their own, or shows it. */
const personal: ReadonlySet<string> = new Set(['text', 'photo', 'file', 'signature', 'location', 'scan'])
/** What is worked out as one of these says nothing of a text any more. */
const figures: ReadonlySet<string> = new Set(['bool', 'int', 'decimal', 'percent', 'money', 'duration'])

/** The customer's data that a value carries: `customer.name`, or a form's field that the customer fills (`退款单.说明`). */
function personalIn(blueprint: Blueprint, ticket: TicketBlueprint, code: Code): string[] {
  const within = (part: Code) => personalIn(blueprint, ticket, part)
  if (isCustomer(code.type)) return ['customer.id']
  switch (code.op) {
    case 'name': {
      const field = blueprint.forms[ticket.form]?.fields[code.name]
      if (field?.computed) return within(field.computed)
      const isTheirs = field && isFilledByCustomer(blueprint, ticket, { name: code.name, field })
      return isTheirs ? [`${ticket.form}.${code.name}`] : []
    }
    case 'member': {
      const isOwn = isCustomer(code.of.type) && (personal.has(code.type.kind) || code.name === 'id')
      return isOwn ? [`customer.${code.name}`] : []
    }
    case 'list':
      return code.items.flatMap(within)
    case 'apply':
      return figures.has(code.type.kind) ? [] : code.args.flatMap(within)
    case 'fold':
      return figures.has(code.type.kind) ? [] : within(code.value ?? code.over)
    case 'const':
    case 'table':
      return []
  }
}

const isCustomer = (type: Type) => type.kind === 'ref' && type.name === 'customer'

/** Customers who open the ticket or act in it fill what they may write; without an access block that is anything. */
function isFilledByCustomer(
  { access }: Blueprint,
  { form, entries, nodes }: TicketBlueprint,
  { name, field }: { name: string; field: FieldBlueprint },
): boolean {
  if (!personal.has(field.type.kind)) return false
  const takesPart =
    entries.some(entry => customerEntries.has(entry)) ||
    Object.values(nodes).some(({ by }) => by === 'customer')
  const rights = access[form]
  return takesPart && (!rights || rights.customer?.[name] === 'write')
}
