import type { Type } from '#core/values'
import type { PauseClockNode, SpawnNode } from '#dsl/syntax'
import { checkMade } from './act.ts'
import { stationsOf, type Flow } from './flow.ts'
import { inferAs } from './infer.ts'
import { laterNamed } from './later.ts'
import { rowNames } from './price.ts'
import { knownName } from './scope.ts'

/** `spawn 领料 { … } per 用料 join all`: a known ticket, its fields, and a list whose rows they may read. */
export function checkSpawn(flow: Flow, { ticket, record, per }: SpawnNode): void {
  const { scope } = flow
  laterNamed(scope, ticket, 'spawn')
  if (knownName(scope, ticket, scope.tickets) === undefined) return
  const row = per && rowNames(scope, flow.names, per)
  checkMade({ scope, names: new Map([...flow.names, ...(row ?? [])]) }, ticket, record)
}

/** `pause 上门 when open(领料)`: one of the ticket’s clocks stands still meanwhile. */
export function checkPause(flow: Flow, { clock, when }: PauseClockNode): void {
  const { scope, ticket } = flow
  laterNamed(scope, clock, 'pause')
  const clocks = [...ticket.clocks, ...stationsOf(ticket).flatMap(([station]) => station.clocks)]
  knownName(scope, clock, new Set(clocks.map(each => each.name.text)))
  const open = [...scope.tickets.keys()].map((name): [string, Type] => [`open(${name})`, { kind: 'bool' }])
  inferAs({ scope, names: new Map([...flow.names, ...open]) }, when, { kind: 'bool' })
}
