import {
  getLookaheadPaths,
  LLkLookaheadStrategy,
  type ILookaheadStrategy,
  type IOrAlt,
  type IToken,
  type TokenType,
} from 'chevrotain'

type Path = readonly TokenType[]
type Choice = Parameters<ILookaheadStrategy['buildLookaheadForAlternation']>[0]
type Optional = Parameters<ILookaheadStrategy['buildLookaheadForOptional']>[0]

/** The parser as a look ahead sees it. */
interface Reader {
  LA_FAST(howMuch: number): IToken
}

/**
 * Chooses as Chevrotain's own strategy does, the first alternative one of whose paths fits. That one tries path after path
 * wherever two tokens count; this one notes for each pair of kinds it meets which alternatives fit.
 */
export class NotedLookahead extends LLkLookaheadStrategy {
  override buildLookaheadForAlternation(choice: Choice): (orAlts?: IOrAlt<unknown>[]) => number | undefined {
    const { prodOccurrence: occurrence, rule, maxLookahead } = choice
    const fitting = noted(getLookaheadPaths({ occurrence, rule, prodType: 'Alternation', maxLookahead }))
    if (!choice.hasPredicates)
      return function (this: Reader) {
        return fitting(this)[0]
      } as () => number | undefined
    return function (this: Reader, alternatives: IOrAlt<unknown>[]) {
      return fitting(this).find(index => alternatives[index]!.GATE?.call(this) !== false)
    } as (orAlts?: IOrAlt<unknown>[]) => number | undefined
  }

  override buildLookaheadForOptional(optional: Optional): () => boolean {
    const { prodOccurrence: occurrence, rule, prodType, maxLookahead } = optional
    const [inside] = getLookaheadPaths({ occurrence, rule, prodType, maxLookahead })
    const fitting = noted([inside!])
    return function (this: Reader) {
      return fitting(this).length > 0
    } as () => boolean
  }
}

/** The alternatives that fit what comes next, in their order; each answer is worked out once. */
function noted(alternatives: readonly (readonly Path[])[]): (reader: Reader) => readonly number[] {
  const looksFar = alternatives.some(paths => paths.some(path => path.length > 1))
  const byFirst: (readonly number[])[] = []
  const bySecond: (readonly number[])[][] = []
  const fittingOf = (...kinds: number[]) =>
    alternatives.flatMap((paths, index) => (paths.some(path => fits(path, kinds)) ? [index] : []))
  if (!looksFar)
    return reader => {
      const { tokenTypeIdx } = reader.LA_FAST(1)
      return (byFirst[tokenTypeIdx] ??= fittingOf(tokenTypeIdx))
    }
  return reader => {
    const [first, second] = [reader.LA_FAST(1).tokenTypeIdx, reader.LA_FAST(2).tokenTypeIdx]
    const known = (bySecond[first] ??= [])
    return (known[second] ??= fittingOf(first, second))
  }
}

function fits(path: Path, kinds: readonly number[]): boolean {
  return path.every(
    ({ tokenTypeIdx, categoryMatches }, index) =>
      tokenTypeIdx === kinds[index] || categoryMatches!.includes(kinds[index]!),
  )
}
