import { reviveBlueprint, type Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { Tx } from './transaction.ts'

/** A version of a pack on a desk; `seq` counts the desk's versions of all packs. */
export interface PackVersion {
  readonly seq: number
  readonly hash: string
  readonly blueprint: Blueprint
}

/** A pack on a desk: its newest version that serves every store, what the desk chose for it, and how far it is. */
export interface DeskPack extends PackVersion {
  readonly name: string
  readonly state: 'trial' | 'live' | 'uninstalled'
  /** The tenant's values for the pack's settings. */
  readonly settings: FieldValues
  /** Fields of shared records that are kept under the pack's own name (`customer.等级`). */
  readonly apart: readonly string[]
  /** It was uninstalled while tickets of it are open. */
  readonly inFlight: boolean
  /** A newer version that new tickets of some stores alone begin with. */
  readonly staged: (PackVersion & { readonly stores: readonly string[] }) | null
}

/** A desk as every decision needs it. */
export interface DeskRow {
  readonly name: string
  readonly demo: boolean
  readonly clockOffsetMs: number
  /** The kind of ticket that was chosen for customers’ first words. */
  readonly chatTicket: string | null
  /** Every pack that ever had a version here, in the order they came. */
  readonly packs: readonly DeskPack[]
  /** Those that open tickets, send and follow customers. */
  readonly running: readonly DeskPack[]
  /** Those that run and those whose tickets are in flight; where there are none, all. */
  readonly serving: readonly DeskPack[]
}

/** Blueprints never change, so one copy per process serves everybody; the oldest goes when there are too many. */
const cache = new Map<string, Blueprint>()
const MAX_CACHED_BLUEPRINTS = 200

export async function loadBlueprint(tx: Tx, hash: string): Promise<Blueprint> {
  const known = cache.get(hash)
  if (known) return known
  const [row] = await tx.query<{ json: unknown }>('select json from blueprint where hash = $1', [hash])
  if (!row) throw new Error(`no blueprint ${hash}`)
  if (cache.size >= MAX_CACHED_BLUEPRINTS) cache.delete(cache.keys().next().value!)
  const blueprint = reviveBlueprint(row.json)
  cache.set(hash, blueprint)
  return blueprint
}

/** The desk of the transaction's tenant; undefined when there is none. */
export async function loadDesk(tx: Tx): Promise<DeskRow | undefined> {
  const [desk] = await tx.query<Pick<DeskRow, 'name' | 'demo' | 'clockOffsetMs' | 'chatTicket'>>(
    `select name, demo, clock_offset_ms as "clockOffsetMs", chat_ticket as "chatTicket" from desk`,
  )
  if (!desk) return undefined
  const lines = await tx.query<VersionLine>(LINES)
  const installs = await tx.query<InstallRow>('select pack, state, settings, apart from desk_install')
  const packs: DeskPack[] = []
  for (const line of lines) {
    const install = installs.find(({ pack }) => pack === line.pack)
    packs.push(await packOnDesk(tx, line, install))
  }
  const running = packs.filter(({ state }) => state !== 'uninstalled')
  const serving = packs.filter(({ state, inFlight }) => state !== 'uninstalled' || inFlight)
  return {
    ...desk,
    ...{ packs, running, serving: serving.length > 0 ? serving : packs },
  }
}

/** The versions of a pack: the newest that is for all stores, and the one that is for some. */
interface VersionLine {
  readonly pack: string
  readonly seq: number
  readonly hash: string
  readonly staged_seq: number | null
  readonly staged_hash: string | null
  readonly stores: readonly string[] | null
}

const newestWhere = (what: string, which: string) =>
  `(array_agg(${what} order by seq desc) filter (where ${which}))[1]`

/** In the order the packs came. INVARIANT: a version for some stores is newer than the newest one for all. */
const LINES = `
  select pack, ${newestWhere('seq', 'stores is null')} as seq,
    ${newestWhere('blueprint_hash', 'stores is null')} as hash,
    ${newestWhere('seq', `stores <> '{}'`)} as staged_seq,
    ${newestWhere('blueprint_hash', `stores <> '{}'`)} as staged_hash,
    ${newestWhere('to_jsonb(stores)', `stores <> '{}'`)} as stores
  from desk_version group by pack order by min(seq)`

interface InstallRow {
  readonly pack: string
  readonly state: string
  readonly settings: FieldValues
  readonly apart: readonly string[]
}

/** What was published without an installation is tried out. */
async function packOnDesk(tx: Tx, line: VersionLine, install: InstallRow | undefined): Promise<DeskPack> {
  const { pack: name, seq, hash } = line
  const state = stateOf(install?.state ?? 'trial')
  const staged =
    line.staged_hash === null
      ? null
      : {
          ...{ seq: line.staged_seq!, hash: line.staged_hash, stores: line.stores! },
          blueprint: await loadBlueprint(tx, line.staged_hash),
        }
  return {
    ...{ name, seq, hash, blueprint: await loadBlueprint(tx, hash), state, staged },
    ...{ settings: install?.settings ?? {}, apart: install?.apart ?? [] },
    inFlight: state === 'uninstalled' && (await hasOpenTickets(tx, name)),
  }
}

/** A pack that was uninstalled and only agreed to again does not run yet. */
function stateOf(state: string): DeskPack['state'] {
  return state === 'trial' || state === 'live' ? state : 'uninstalled'
}

async function hasOpenTickets(tx: Tx, pack: string): Promise<boolean> {
  const [row] = await tx.query(
    `select from ticket where status = 'open'
       and blueprint_hash in (select blueprint_hash from desk_version where pack = $1) limit 1`,
    [pack],
  )
  return row !== undefined
}
