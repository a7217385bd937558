import { createHash } from 'node:crypto'
import type { ConflictReply, SaidReply } from '#core/wire'
import {
  closedFindings,
  mergeTexts,
  placeOf,
  sayConflict,
  type Choice,
  type Choices,
  type Conflict,
  type Merged,
} from '#dsl/change'
import { messageOf, type Diagnostic } from '#dsl/diagnostics'
import { codeOf, languageOf, type PackTexts } from '../packs/index.ts'
import { json, type Tx } from '../store/index.ts'
import { Problem } from './problem.ts'

/** What a desk would hold once a release came over the text it has. */
export interface MergedRelease {
  readonly texts: PackTexts
  /** What the desk has now; undefined without the pack. */
  readonly own?: PackTexts
  /** Whether the desk had changed its text, so that there was something to bring together. */
  readonly isOwn: boolean
  /** Where both changed one thing: what was chosen stands there, else the desk's. */
  readonly conflicts: readonly DecidedConflict[]
  /** What the desk says otherwise than the release where that is closed. */
  readonly closed: readonly Diagnostic[]
}

export interface DecidedConflict extends Conflict {
  readonly choice: Choice | null
}

interface Release {
  readonly pack: string
  readonly hash: string
  readonly texts: PackTexts
}

/**
 * Brings a release together with the desk's own text over the release that came from: what only the desk changed stays, what
 * only the release changed comes, where both did the desk chooses. The code of actions is the release's. A desk without the pack
 * gets it as it is.
 */
export async function mergeRelease(tx: Tx, { pack, hash, texts }: Release): Promise<MergedRelease> {
  const [held] = await tx.query<{ mine: PackTexts; base: PackTexts }>(
    `select s.files as mine, r.files as base from desk_source s join pack_release r on r.hash = s.base_release
     where s.pack = $1`,
    [pack],
  )
  if (!held) return { texts, isOwn: false, conflicts: [], closed: [] }
  const [base, mine] = [languageOf(held.base), languageOf(held.mine)]
  const isOwn = Object.keys({ ...base, ...mine }).some(file => base[file] !== mine[file])
  const own = held.mine
  if (!isOwn) return { texts, own, isOwn, conflicts: [], closed: [] }
  const sides = { base, mine, theirs: languageOf(texts) }
  const undecided = mergeTexts(sides)
  const choices = await choicesFor(tx, { pack, hash, merged: undecided })
  const merged = choices.size === 0 ? undecided : mergeTexts(sides, choices)
  const conflicts = merged.conflicts.map(one => ({ ...one, choice: choices.get(placeOf(one)) ?? null }))
  const closed = closedFindings(sides.theirs, merged.texts)
  return { texts: { ...merged.texts, ...codeOf(texts) }, own, isOwn, conflicts, closed }
}

/** What was chosen about exactly these conflicts; one whose texts are others by now is open again. */
async function choicesFor(
  tx: Tx,
  { pack, hash, merged }: { pack: string; hash: string; merged: Merged },
): Promise<Choices> {
  if (merged.conflicts.length === 0) return new Map()
  const rows = await tx.query<{ place: string; how: Choice['how']; text: string | null; about: About }>(
    'select place, how, text, about from merge_choice where pack = $1 and release_hash = $2',
    [pack, hash],
  )
  const kept = new Map(rows.map(row => [row.place, row]))
  return new Map(
    merged.conflicts.flatMap((conflict): [string, Choice][] => {
      const row = kept.get(placeId(conflict))
      const isThis = row && sides.every(side => row.about[side] === aboutOf(conflict)[side])
      if (!isThis) return []
      return [
        [placeOf(conflict), row.how === 'merge' ? { how: row.how, text: row.text ?? '' } : { how: row.how }],
      ]
    }),
  )
}

/** Keeps what the desk chose about one of its conflicts with a release; what it chose before gives way. */
export async function keepChoice(
  tx: Tx,
  {
    pack,
    hash,
    conflict,
    choice,
    ...told
  }: {
    readonly tenant: string
    readonly pack: string
    readonly hash: string
    readonly conflict: Conflict
    readonly choice: Choice
    readonly by: string
    readonly at: number
  },
): Promise<void> {
  await tx.query(
    `insert into merge_choice (tenant, pack, release_hash, place, how, text, about, by_staff, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (tenant, pack, release_hash, place) do update set how = excluded.how, text = excluded.text,
       about = excluded.about, by_staff = excluded.by_staff, at = excluded.at`,
    [
      ...[told.tenant, pack, hash, placeId(conflict), choice.how],
      ...[choice.how === 'merge' ? choice.text : null, json(aboutOf(conflict)), told.by, Math.round(told.at)],
    ],
  )
}

/** A place as it is kept and asked for: rows may be long. */
export function placeId(conflict: Conflict): string {
  return createHash('sha256').update(placeOf(conflict)).digest('hex')
}

const sides = ['base', 'mine', 'theirs'] as const
type About = Readonly<Record<(typeof sides)[number], string | null>>

function aboutOf({ base, mine, theirs }: Conflict): About {
  return { base: base ?? null, mine: mine ?? null, theirs: theirs ?? null }
}

/** A conflict as people read it. */
export function conflictReply(conflict: DecidedConflict): ConflictReply {
  const { kind, choice } = conflict
  return {
    ...{ place: placeId(conflict), kind, ...aboutOf(conflict) },
    ...{ zh: sayConflict(conflict, 'zh'), en: sayConflict(conflict, 'en') },
    choice: choice && { how: choice.how, text: choice.how === 'merge' ? choice.text : null },
  }
}

/**
 * Throws Problem naming the conflicts that nobody decided, since what the desk wrote is neither dropped nor kept unseen; or what it
 * changed though the release closes it.
 */
export function refuseUndecided({ conflicts, closed }: Pick<MergedRelease, 'conflicts' | 'closed'>): void {
  const open = conflicts.filter(({ choice }) => choice === null)
  if (open.length > 0) throw refusal('conflicts-undecided', open.map(conflictReply))
  if (closed.length > 0) throw refusal('closed-changed', closed.map(closedReply))
}

function refusal(code: string, because: readonly SaidReply[]): Problem {
  const [zh, en] = [because.map(one => one.zh).join('；'), because.map(one => one.en).join('; ')]
  return new Problem(code, 409, { params: { count: String(because.length), zh, en } })
}

/** A finding as people read it. */
export function closedReply(found: Diagnostic): SaidReply {
  return { zh: messageOf(found, 'zh'), en: messageOf(found, 'en') }
}
