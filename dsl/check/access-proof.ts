import type { Blueprint, FieldBlueprint, NodeBlueprint, TicketBlueprint } from '#core/blueprint'
import type { Name, Span, StationNode, TicketNode } from '#dsl/syntax'
import { actingBy, isAmong, machineEntries, writersOf } from './fillers.ts'
import { stationsOf } from './flow.ts'
import type { Scope } from './scope.ts'

/**
 * Proves that no transition waits for a field which nobody can have filled: neither who may act at its node, nor who may
 * act before or beside it, nor who opens the ticket. The rights asked are those of the run (`rightOn`).
 */
export function proveAccess(
  scope: Scope,
  blueprint: Blueprint,
  { node, ticket }: { node: TicketNode; ticket: TicketBlueprint },
): void {
  if (!blueprint.access[ticket.form] || ticket.entries.some(entry => machineEntries.has(entry))) return
  const fields = blueprint.forms[ticket.form]?.fields ?? {}
  for (const [station] of stationsOf(node)) {
    const checked = ticket.nodes[station.name.text]!
    if (checked.run || checked.by === '') continue
    const acting = actingBy(ticket, station.name.text)
    for (const { name, span } of demanded(station, checked, fields)) {
      const field = fields[name]
      if (!field || field.default || field.computed || field.visible) continue
      if (!isAmong(blueprint, writersOf(blueprint, ticket.form, name), acting))
        scope.report(span, 'AX5012', { node: station.name.text, role: checked.by, field: name })
    }
  }
}

interface Demanded {
  readonly name: string
  readonly span: Span
}

/** What must be filled to leave a node by hand: what it asks for and, unless the customer acts, what the form requires. */
function demanded(
  station: StationNode,
  { by }: NodeBlueprint,
  fields: Readonly<Record<string, FieldBlueprint>>,
): Demanded[] {
  const byHand = station.reactions.filter(reaction => reaction.trigger === 'on')
  const leaves = byHand.some(reaction => reaction.target)
  const asked: Name[] = [
    ...(leaves ? station.asks : []),
    ...byHand.flatMap(({ acts }) => acts.flatMap(act => (act.kind === 'ask' ? act.names : []))),
  ]
  const required = Object.keys(fields).filter(
    name => leaves && by !== 'customer' && isRequired(fields[name]!),
  )
  return [
    ...asked.map(name => ({ name: name.text, span: name })),
    ...required.map(name => ({ name, span: station.name })),
  ]
}

/** A field that a condition requires, or that is filled at a later node, may be left out. */
function isRequired({ required, at }: FieldBlueprint): boolean {
  return required?.op === 'const' && required.value === true && at === undefined
}
