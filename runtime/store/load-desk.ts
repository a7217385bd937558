import { reviveBlueprint, type Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { Tx } from './transaction.ts'

/** A desk as every decision needs it; `newest` is null until a version was published. */
export interface DeskRow {
  readonly name: string
  readonly demo: boolean
  readonly clockOffsetMs: number
  readonly newest: { readonly seq: number; readonly hash: string; readonly blueprint: Blueprint } | null
  /** The tenant's values for the pack's settings. */
  readonly settings: FieldValues
  readonly live: boolean
  /** Whether new tickets may be opened: not once every pack was uninstalled. */
  readonly accepting: boolean
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
  const [version] = await tx.query<{ seq: number; blueprint_hash: string }>(
    'select seq, blueprint_hash from desk_version order by seq desc limit 1',
  )
  const installs = await tx.query<{ settings: FieldValues; state: string }>(
    `select settings, state from desk_install where state <> 'consented'
     order by state <> 'uninstalled', pack`,
  )
  const running = installs.filter(install => install.state !== 'uninstalled')
  const newest = version && {
    seq: version.seq,
    hash: version.blueprint_hash,
    blueprint: await loadBlueprint(tx, version.blueprint_hash),
  }
  return {
    ...{ name: desk.name, demo: desk.demo, clockOffsetMs: desk.clock_offset_ms, newest: newest ?? null },
    settings: Object.assign({}, ...installs.map(install => install.settings)) as FieldValues,
    live: running.length > 0 && running.every(install => install.state === 'live'),
    accepting: running.length > 0 || installs.length === 0,
  }
}
