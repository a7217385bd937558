import type { Blueprint } from '#core/blueprint'
import { judging } from '#core/desk'
import { wholeOf, type SharingPack } from '#core/together'
import type { DeskPack, DeskRow } from './load-desk.ts'

/** The pack that a stored blueprint is a version of. */
export function packOf(desk: DeskRow, { pack }: Blueprint): DeskPack {
  const found = desk.packs.find(({ name }) => name === pack.name)
  if (!found) throw new Error(`the desk never had ${pack.name}`)
  return found
}

/**
 * The version that says the rights about what is under a blueprint: the staged one of its own, of all others the pack's newest;
 * of fields that it has not, the blueprint's own hold.
 */
export function newestFor(desk: DeskRow, under: { hash: string; blueprint: Blueprint }): Blueprint {
  const { staged, blueprint } = packOf(desk, under.blueprint)
  return staged?.hash === under.hash ? staged.blueprint : judging(blueprint, under.blueprint)
}

/** The pack of a name, and without one the first that runs; undefined where there is none. */
export function choosePack({ packs, running }: DeskRow, name?: string): DeskPack | undefined {
  return name === undefined ? (running[0] ?? packs[0]) : packs.find(pack => pack.name === name)
}

/** The pack that opens tickets of a kind; undefined when none that runs does. */
export function openerOf({ running }: DeskRow, kind: string): DeskPack | undefined {
  return running.find(({ blueprint }) => Object.hasOwn(blueprint.tickets, kind))
}

/** The pack that declares a source or an SOP of a name; undefined when none does. */
export function declaring(
  { serving }: DeskRow,
  section: 'sops' | 'sources',
  name: string,
): DeskPack | undefined {
  return serving.find(({ blueprint }) => Object.hasOwn(blueprint[section], name))
}

/** Everything that the packs of a desk name, as one; staged versions too. Undefined while nothing was published. */
export function wholeDesk({ serving }: DeskRow): Blueprint | undefined {
  return serving.length === 0 ? undefined : together(serving)
}

const known = new Map<string, Blueprint>()
const MAX_KNOWN = 100

/** The same sets of versions come again with every request. */
function together(serving: readonly DeskPack[]): Blueprint {
  const [only, another] = serving
  if (!another && !only!.staged && only!.apart.length === 0) return only!.blueprint
  const key = serving.map(({ hash, apart, staged }) => [hash, staged?.hash, ...apart].join(' ')).join('\n')
  const before = known.get(key)
  if (before) return before
  if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value!)
  const whole = wholeOf(sharingPacks(serving))
  known.set(key, whole)
  return whole
}

/** Packs as they share a desk: each version that serves somebody, the staged one too. */
export function sharingPacks(packs: readonly DeskPack[]): SharingPack[] {
  return packs.flatMap(({ blueprint, apart, staged }) => [
    { blueprint, apart },
    ...(staged ? [{ blueprint: staged.blueprint, apart }] : []),
  ])
}
