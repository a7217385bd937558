import type { ParallelBlueprint, TicketBlueprint } from '#core/blueprint'
import { insideOf, reachable, reversed } from './flow-graph.ts'

/** What becomes of a parallel region, whatever its guards say. */
export interface RegionProof {
  /** Whether its branches can ever join. */
  readonly completes: boolean
  /** A node from which neither `done` nor `abort` can be come to while the others need it; undefined when nobody gets stuck. */
  readonly stuck: string | undefined
}

/** One branch: can it be done from its start, and where can it stand so that it neither ends nor aborts? */
interface Branch {
  readonly isOptional: boolean
  readonly canFinish: boolean
  /** A place it can come to from which it can neither be done nor abort. */
  readonly stuckAt: string | undefined
  /** Whether it can stand where it cannot abort; a branch that can always abort keeps the region alive. */
  readonly mayNotAbort: boolean
}

/**
 * Branches move independently until they join, so a region is dead exactly when every branch that started can stand where it
 * cannot abort while fewer than the join needs can still be done. Linear in the region’s nodes, and in the number of ways to
 * choose how many optional branches start.
 */
export function proveRegion(ticket: TicketBlueprint, name: string): RegionProof {
  const region = ticket.parallels[name]!
  const branches = Object.entries(region.branches).map(([branch, { when, start }]) =>
    branchOf(ticket, { parallel: name, branch, start, isOptional: when !== undefined }),
  )
  return { completes: canComplete(region, branches), stuck: stuckIn(region, branches) }
}

function branchOf(
  ticket: TicketBlueprint,
  at: { parallel: string; branch: string; start: string; isOptional: boolean },
): Branch {
  const { isOptional } = at
  // Why: a branch without a node is its own finding; the region is not called dead for it as well.
  if (!ticket.nodes[at.start]) return { isOptional, canFinish: true, stuckAt: undefined, mayNotAbort: true }
  const { edges, done, aborts } = insideOf(ticket, at)
  const back = reversed(edges)
  const canBeDone = reachable([...done], back)
  const canAbort = reachable([...aborts], back)
  const reached = [...reachable([at.start], edges)]
  const stuckAt = reached.find(node => !canBeDone.has(node) && !canAbort.has(node))
  const canFinish = canBeDone.has(at.start)
  // Why `canFinish` too: a branch that is done cannot abort any more.
  const mayNotAbort = canFinish || reached.some(node => !canAbort.has(node))
  return { isOptional, canFinish, stuckAt, mayNotAbort }
}

function needed(join: ParallelBlueprint['join'], started: number): number {
  if (join === 'all') return started
  return join === 'any' ? 1 : Math.min(join, started)
}

function canComplete({ join }: ParallelBlueprint, branches: readonly Branch[]): boolean {
  const always = branches.filter(branch => !branch.isOptional)
  if (always.length === 0) return true
  const helping = branches.filter(branch => branch.isOptional && branch.canFinish).length
  const finishing = always.filter(branch => branch.canFinish).length
  return Array.from({ length: helping + 1 }, (_, more) => more).some(
    more => finishing + more >= needed(join, always.length + more),
  )
}

function stuckIn({ join }: ParallelBlueprint, branches: readonly Branch[]): string | undefined {
  const always = branches.filter(branch => !branch.isOptional)
  if (always.some(branch => !branch.mayNotAbort)) return undefined
  const joining = branches.filter(branch => branch.isOptional && branch.mayNotAbort)
  const stuck = joining.filter(branch => branch.stuckAt !== undefined).length
  const free = joining.length - stuck
  for (let some = 0; some <= stuck; some++)
    for (let others = 0; others <= free; others++) {
      const started = always.length + some + others
      const alive = always.filter(branch => branch.stuckAt === undefined).length + others
      if (started > 0 && alive < needed(join, started))
        return [...always, ...joining].find(branch => branch.stuckAt !== undefined)?.stuckAt
    }
  return undefined
}
