import {
  EmbeddedActionsParser,
  LLkLookaheadStrategy,
  type IRecognitionException,
  type IToken,
  type ParserMethod,
  type SubruleMethodOpts,
} from 'chevrotain'
import { composed } from './character.ts'
import { expectations } from './expected.ts'
import type { Token } from './lexer.ts'
import { NotedLookahead } from './lookahead.ts'
import * as T from './tokens.ts'
import type { Label, Name, Span } from './tree.ts'

/** What a shortcut says of a text that its rule has to read. */
export const unread = Symbol('unread')

function shortly<A extends unknown[], R>(rule: ParserMethod<A, R>): R | typeof unread {
  const { short } = rule as { readonly short?: () => R | typeof unread }
  return short === undefined ? unread : short()
}

export interface ParserOptions {
  /** The grammar is validated by a test, not at each start. */
  readonly skipValidations: boolean
  /** Whether texts are read by shortcuts where there are some; they read what the rules would. */
  readonly shortens: boolean
}

/** What every grammar rule builds on: places, names, labels, and a guard that keeps an error in its own clause. */
export class BaseParser extends EmbeddedActionsParser {
  /** The places of clauses and declarations that broke and left nothing in the tree. */
  lost: Span[] = []

  private readonly shortens: boolean

  constructor({ skipValidations, shortens }: ParserOptions) {
    super(T.vocabulary, {
      ...{ recoveryEnabled: false, maxLookahead: 2, skipValidations },
      lookaheadStrategy: shortens
        ? new NotedLookahead({ maxLookahead: 2 })
        : new LLkLookaheadStrategy({ maxLookahead: 2 }),
      errorMessageProvider: expectations,
    })
    this.shortens = shortens
  }

  /**
   * A rule that most texts need not be walked through: `short` reads what it can, or says `unread` having touched nothing.
   * It is tried before the rule, and reads what the rule would.
   */
  protected shortened<R>(rule: ParserMethod<[], R>, short: () => R | typeof unread): ParserMethod<[], R> {
    return this.shortens ? Object.assign(rule, { short }) : rule
  }

  // While Chevrotain records the grammar it has methods of its own in the place of these.
  protected override SUBRULE<A extends unknown[], R>(
    rule: ParserMethod<A, R>,
    options?: SubruleMethodOpts<A>,
  ): R {
    const read = shortly(rule)
    return read === unread ? super.SUBRULE(rule, options) : read
  }

  protected override SUBRULE2<A extends unknown[], R>(
    rule: ParserMethod<A, R>,
    options?: SubruleMethodOpts<A>,
  ): R {
    const read = shortly(rule)
    return read === unread ? super.SUBRULE2(rule, options) : read
  }

  protected get nextStart(): number {
    return this.LA(1).startOffset
  }

  protected from(start: number): Span {
    return { start, end: (this.LA(0) as Token).endOffset }
  }

  /** Why the fallback: while Chevrotain records the grammar, choices and sub-rules yield no tokens. */
  protected imageOf(token: IToken | undefined): string {
    return token?.image ?? ''
  }

  protected nameOf(token: IToken): Name {
    return {
      text: composed(this.imageOf(token)),
      start: token?.startOffset,
      end: (token as Token)?.endOffset,
    }
  }

  /** A name without a dot. */
  protected plainName(): Name | typeof unread {
    const token = this.LA(1)
    if (!T.isName(token.tokenType) || this.LA(2).tokenType === T.P['.']) return unread
    this.SKIP_TOKEN()
    return this.nameOf(token)
  }

  protected labelOf(token: IToken): Label {
    const value = unquote(this.imageOf(token))
    return { value, start: token?.startOffset, end: (token as Token)?.endOffset }
  }

  /** Runs one clause; what breaks it is kept and skipped to the end of the clause. What was read before stray words stays. */
  protected guarded<R>(clause: () => R): R | undefined {
    if (this.RECORDING_PHASE) return clause()
    const before = this.LA(1)
    let read: R | undefined
    let start = before.startOffset
    try {
      read = clause()
      start = this.nextStart
      if (!this.atClauseEnd()) this.CONSUME(T.End)
    } catch (error) {
      if (!(error as IRecognitionException).token) throw error
      this.skipClause(this.LA(1) === before)
      this.lost.push(this.from(start))
    }
    return read
  }

  /** Runs one declaration; what breaks it costs that declaration alone. */
  protected guardedDeclaration<R>(declaration: () => R): R | undefined {
    if (this.RECORDING_PHASE) return declaration()
    const start = this.nextStart
    try {
      return declaration()
    } catch (error) {
      if (!(error as IRecognitionException).token) throw error
      this.skipToDeclaration()
      this.lost.push(this.from(start))
      return undefined
    }
  }

  protected skipToDeclaration(): void {
    do this.SKIP_TOKEN()
    while (!this.atEnd() && !(this.LA(0).tokenType === T.End && this.atDeclaration()))
  }

  private skipClause(stuck: boolean): void {
    let depth = 0
    if (stuck && !this.atDeclaration() && !this.at('}') && !this.atEnd()) depth += this.step()
    while (this.LA(1).tokenType !== T.End || depth > 0) {
      if (
        this.atEnd() ||
        (depth <= 0 && this.at('}')) ||
        (this.LA(0).tokenType === T.End && this.atDeclaration())
      )
        return
      depth += this.step()
      if (depth < 0) return
    }
  }

  private step(): number {
    const token = this.SKIP_TOKEN()
    if (token.tokenType === T.P['{']) return 1
    return token.tokenType === T.P['}'] ? -1 : 0
  }

  private at(text: T.Punctuation): boolean {
    return this.LA(1).tokenType === T.P[text]
  }

  private atClauseEnd(): boolean {
    return this.LA(1).tokenType === T.End || this.at('}') || this.at(',') || this.atEnd()
  }

  private atEnd(): boolean {
    return this.LA(1).tokenType.name === 'EOF'
  }

  private atDeclaration(): boolean {
    return T.declarationWords.has(this.LA(1).image)
  }
}

/** The value of a text literal: quotes off, `\n \t \" \\` resolved, NFC. */
export function unquote(image: string): string {
  const inner = image.slice(1, -1)
  if (!inner.includes('\\')) return inner.normalize('NFC')
  return inner.replace(/\\(.)/gs, (_, char: string) => ({ n: '\n', t: '\t' })[char] ?? char).normalize('NFC')
}
