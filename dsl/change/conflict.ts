/** Two sides that cannot both be had. Until it is decided the merged text holds mine. */
export interface Conflict {
  readonly file: string
  /** Keys of the pieces around it, the declaration first; empty for a whole file. */
  readonly path: readonly string[]
  readonly kind: 'both-changed' | 'both-added' | 'mine-removed' | 'theirs-removed'
  /** The three texts; undefined where a side has none. */
  readonly base: string | undefined
  readonly mine: string | undefined
  readonly theirs: string | undefined
}

/** How a conflict is decided: the desk’s text stays, the release’s comes, or a text that somebody wrote stands there. */
export type Choice =
  { readonly how: 'keep' } | { readonly how: 'take' } | { readonly how: 'merge'; readonly text: string }

/** What tells a conflict from the others of one merge: no two of them stand at one place. */
export function placeOf({ file, path }: Pick<Conflict, 'file' | 'path'>): string {
  return [file, ...path].join('\n')
}

/** Choices by the places of their conflicts. */
export type Choices = ReadonlyMap<string, Choice>

/** What stands at a conflict once it is decided. */
export function chosen<T>(
  choice: Choice | undefined,
  { mine, theirs, written }: { mine: T; theirs: T; written: (text: string) => T },
): T {
  if (choice?.how === 'merge') return written(choice.text)
  return choice?.how === 'take' ? theirs : mine
}
