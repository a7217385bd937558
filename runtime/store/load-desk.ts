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
  const [desk] = await tx.query<{ name: string; demo: boolean; clock_offset_ms: number }>(
    'select name, demo, clock_offset_ms from desk',
  )
  if (!desk) return undefined
  const packs: DeskPack[] = []
  for (const row of await packRows(tx)) packs.push(await packOfRow(tx, row))
  const running = packs.filter(({ state }) => state !== 'uninstalled')
  const serving = packs.filter(({ state, inFlight }) => state !== 'uninstalled' || inFlight)
  return {
    ...{ name: desk.name, demo: desk.demo, clockOffsetMs: desk.clock_offset_ms },
    ...{ packs, running, serving: serving.length > 0 ? serving : packs },
  }
}

interface PackRow {
  readonly pack: string
  readonly seq: number
  readonly hash: string
  readonly state: DeskPack['state']
  readonly settings: FieldValues
  readonly apart: readonly string[]
  readonly in_flight: boolean
  readonly staged_seq: number | null
  readonly staged_hash: string | null
  readonly stores: readonly string[] | null
}

/** Of each pack its newest version that is for all stores, and the newest of all where that is for some. */
function packRows(tx: Tx): Promise<PackRow[]> {
  return tx.query<PackRow>(
    `with whole as (
       select distinct on (pack) pack, seq, blueprint_hash as hash, min(seq) over (partition by pack) as first
       from desk_version where stores is null order by pack, seq desc),
     line as (
       select w.*, coalesce(i.settings, '{}') as settings, coalesce(i.apart, '{}') as apart,
         case when i.state in ('consented', 'uninstalled') then 'uninstalled' else coalesce(i.state, 'trial') end as state
       from whole w left join desk_install i on i.pack = w.pack)
     select l.pack, l.seq, l.hash, l.settings, l.apart, l.state, s.seq as staged_seq, s.hash as staged_hash, s.stores,
       l.state = 'uninstalled' and exists (
         select from ticket t join desk_version v on v.tenant = t.tenant and v.blueprint_hash = t.blueprint_hash
         where t.status = 'open' and v.pack = l.pack) as in_flight
     from line l left join lateral (
       select v.seq, v.blueprint_hash as hash, v.stores from desk_version v
       where v.pack = l.pack and v.seq > l.seq and v.stores <> '{}' order by v.seq desc limit 1) s on true
     order by l.first`,
  )
}

async function packOfRow(tx: Tx, row: PackRow): Promise<DeskPack> {
  const { pack: name, seq, hash, settings, apart, state } = row
  const staged =
    row.staged_hash === null
      ? null
      : {
          ...{ seq: row.staged_seq!, hash: row.staged_hash, stores: row.stores! },
          blueprint: await loadBlueprint(tx, row.staged_hash),
        }
  return {
    ...{ name, seq, hash, blueprint: await loadBlueprint(tx, hash), settings, apart, state, staged },
    inFlight: row.in_flight,
  }
}
