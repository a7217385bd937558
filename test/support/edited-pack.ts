import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { bytesOf, saysOf, unitsOf, type Unit } from '../../dsl/change/unit.ts'

export type Texts = Readonly<Record<string, string>>

const folders = [
  ...['plugins/retail', 'plugins/manufacturing', 'plugins/education'],
  ...['examples/01-first-form', 'examples/05-prices-and-splits', 'examples/07-aftersale'],
]

/** The packs that stand alone: three of the industries, and the examples. */
export const packs: readonly Texts[] = folders.map(folder =>
  Object.fromEntries(
    (readdirSync(folder, { recursive: true }) as string[])
      .filter(name => name.endsWith('.axle'))
      .map(name => [name, readFileSync(`${folder}/${name}`, 'utf8')]),
  ),
)
export const aPack = fc.constantFrom(...packs)

/** A piece of a pack: its file, its keys from the declaration inwards, and where it stands among its neighbours. */
export interface Piece {
  readonly file: string
  readonly path: readonly string[]
  readonly unit: Unit
  /** Several of its neighbours or of those around it share a key, so that their order is what tells them apart. */
  readonly shared: boolean
}

/** Every piece of a pack, those inside others after them. */
export function piecesOf(texts: Texts): Piece[] {
  return Object.entries(texts).flatMap(([file, text]) => {
    const within = (units: readonly Unit[], path: readonly string[], shared: boolean): Piece[] =>
      units.flatMap(unit => {
        const isShared = shared || units.some(other => /( #\d+)$/.test(other.key))
        const here = [...path, unit.key]
        return [{ file, path: here, unit, shared: isShared }, ...within(unit.items ?? [], here, isShared)]
      })
    return within(unitsOf(text).units, [], false)
  })
}

/** What is done to a piece: it goes, or the first number before its parts grows by so much. */
export interface Edit {
  readonly piece: Piece
  readonly how: 'drop' | 'raise'
  readonly by: number
}

/** The pack with all the edits made. */
export function edited(texts: Texts, edits: readonly Edit[]): Texts {
  const changed = { ...texts }
  for (const file of new Set(edits.map(({ piece }) => piece.file))) {
    const { units, rest } = unitsOf(texts[file]!)
    const here = edits.filter(({ piece }) => piece.file === file)
    const apply = (list: readonly Unit[], path: readonly string[]): Unit[] =>
      list.flatMap(unit => {
        const at = [...path, unit.key]
        const own = here.filter(({ piece }) => piece.path.join('\n') === at.join('\n'))
        if (own.some(({ how }) => how === 'drop')) return []
        const by = own[0]?.by ?? 0
        const head = by === 0 ? unit.head : raised(unit.head, by)
        return [{ ...unit, head, items: unit.items && apply(unit.items, at) }]
      })
    changed[file] = apply(units, []).map(bytesOf).join('') + rest
  }
  return changed
}

function raised(text: string, by: number): string {
  return text.replace(/\d+/, found => String(Number(found) + by))
}

/** Whether an edit changes what the piece says. */
export function changesIt({ piece: { unit }, how, by }: Edit): boolean {
  return (
    how === 'drop' ||
    saysOf({ ...unit, head: raised(unit.head, by), items: [] }) !== saysOf({ ...unit, items: [] })
  )
}

/** An edit of one of the pieces, chosen by a number. */
export const anEdit = fc.record({
  at: fc.nat(9_999),
  how: fc.constantFrom('drop' as const, 'raise' as const),
  by: fc.integer({ min: 1, max: 3 }),
})
export function editOf(
  pieces: readonly Piece[],
  { at, how, by }: { at: number; how: Edit['how']; by: number },
): Edit {
  return { piece: pieces[at % pieces.length]!, how, by: how === 'drop' ? 0 : by }
}
