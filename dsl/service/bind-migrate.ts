import type { MigrateNode } from '#dsl/syntax'
import { bindPlace } from './bind-flow.ts'
import { partsOf, referTo, type Binder } from './binder.ts'
import { symbolOf } from './symbol.ts'

/** Where what is in flight goes: what stands right of the arrows is of this version. */
export function bindMigrate(binder: Binder, { moves }: MigrateNode): void {
  for (const { what, to } of moves) {
    const [owner, name] = partsOf(binder, to)
    if (!owner || !name) continue
    const ticket = binder.model.tickets.get(owner.text)
    referTo(binder, what === 'node' ? 'ticket' : what === 'field' ? 'form' : 'enum', owner)
    if (what === 'node' && ticket) bindPlace(binder, ticket, name)
    if (what === 'field')
      binder.refer(binder.model.members({ kind: 'form', name: owner.text }).get(name.text)?.symbol, name)
    const values = binder.model.enums.get(owner.text)?.values ?? []
    if (what === 'value' && values.some(value => value.name.text === name.text))
      binder.refer(symbolOf('value', owner.text, name.text), name)
  }
}
