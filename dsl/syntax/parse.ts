import { NoViableAltException, type IRecognitionException, type IToken, type Rule } from 'chevrotain'
import { layout } from './layout.ts'
import { lex, type Token } from './lexer.ts'
import { ActionParser } from './parser-action.ts'
import * as T from './tokens.ts'
import type { Declaration, Span } from './tree.ts'

/** What went wrong at a place: the token met, and the words for what would have fitted there. */
export interface SyntaxFault extends Span {
  readonly kind: 'unexpected' | 'unclosed-text' | 'unknown-character'
  readonly found: string
  readonly inside: string
}

/** A parsed file: every token, the declarations that could be read, and the faults. */
export interface ParsedFile {
  readonly source: string
  readonly tokens: readonly Token[]
  readonly declarations: readonly Declaration[]
  readonly faults: readonly SyntaxFault[]
}

class FileParser extends ActionParser {
  constructor() {
    super()
    this.performSelfAnalysis()
  }

  file = this.RULE('file', (): Declaration[] => {
    const declarations: Declaration[] = []
    this.MANY(() =>
      this.OR([
        { ALT: () => void this.CONSUME(T.End) },
        {
          ALT: () => {
            const node = this.guardedDeclaration(() => this.SUBRULE(this.declaration))
            if (node) declarations.push(node)
          },
        },
        { ALT: () => this.SUBRULE(this.stray), IGNORE_AMBIGUITIES: true },
      ]),
    )
    return declarations
  })

  /** Whatever stands where only a declaration may: one fault, then on to the next declaration. */
  private stray = this.RULE('stray', () => {
    const token = this.CONSUME(T.Any)
    this.ACTION(() => {
      const previous = this.LA(0)
      this.errors = [...this.errors, new NoViableAltException('a declaration', token, previous)]
      this.skipToDeclaration()
    })
  })

  private declaration = this.RULE('declaration', (): Declaration =>
    this.OR([
      { ALT: () => this.SUBRULE(this.pack) },
      { ALT: () => this.SUBRULE(this.use) },
      { ALT: () => this.SUBRULE(this.setting) },
      { ALT: () => this.SUBRULE(this.enum) },
      { ALT: () => this.SUBRULE(this.names) },
      { ALT: () => this.SUBRULE(this.table) },
      { ALT: () => this.SUBRULE(this.tableTest) },
      { ALT: () => this.SUBRULE(this.hours) },
      { ALT: () => this.SUBRULE(this.entity) },
      { ALT: () => this.SUBRULE(this.form) },
      { ALT: () => this.SUBRULE(this.access) },
      { ALT: () => this.SUBRULE(this.ticket) },
      { ALT: () => this.SUBRULE(this.route) },
      { ALT: () => this.SUBRULE(this.action) },
      { ALT: () => this.SUBRULE(this.library) },
      { ALT: () => this.SUBRULE(this.price) },
      { ALT: () => this.SUBRULE(this.settle) },
      { ALT: () => this.SUBRULE(this.scenario) },
      { ALT: () => this.SUBRULE(this.labels) },
      { ALT: () => this.SUBRULE(this.lexicon) },
      { ALT: () => this.SUBRULE(this.segment) },
      { ALT: () => this.SUBRULE(this.limit) },
      { ALT: () => this.SUBRULE(this.sop) },
      { ALT: () => this.SUBRULE(this.other) },
    ]),
  )
}

let parser: FileParser | undefined

/** Parses any string; never throws on text. Faults keep to their own clause, row or declaration. */
export function parse(source: string): ParsedFile {
  parser ??= new FileParser()
  const tokens = lex(source)
  parser.input = layout(tokens)
  const declarations = parser.file()
  const unread = tokens.filter(token => token.tokenType === T.Unknown).map(unknownFault)
  const unexpected = parser.errors
    .map(error =>
      faultOf(
        error,
        tokens.findLast(token => token.tokenType !== T.End),
      ),
    )
    .filter(fault => !unread.some(cause => cause.start <= fault.start && sameLine(source, cause, fault)))
  const faults = [...unread, ...unexpected].sort((a, b) => a.start - b.start)
  return { source, tokens, declarations: declarations ?? [], faults }
}

/** The text again, from the tokens and what lies between them. */
export function print(file: ParsedFile): string {
  let at = 0
  let text = ''
  for (const token of file.tokens) {
    text += file.source.slice(at, token.startOffset) + token.image
    at = token.endOffset
  }
  return text + file.source.slice(at)
}

/** What follows an unread character on its line is its consequence, not a second fault. */
function sameLine(source: string, cause: SyntaxFault, fault: SyntaxFault): boolean {
  return !source.slice(cause.start, fault.start).includes('\n')
}

function unknownFault(token: Token): SyntaxFault {
  const isText = /^["“”＂]/.test(token.image)
  const kind = isText ? 'unclosed-text' : 'unknown-character'
  return { kind, found: token.image, inside: '', start: token.startOffset, end: token.endOffset }
}

/** A declaration that runs into the end of the file is faulted where its text ends. */
function faultOf(error: IRecognitionException, lastToken: Token | undefined): SyntaxFault {
  const met: IToken = error.token
  const atEnd = met.tokenType.name === 'EOF'
  const start = atEnd ? (lastToken?.endOffset ?? 0) : met.startOffset
  return {
    kind: 'unexpected',
    found: atEnd ? '' : met.image,
    inside: error.context?.ruleStack.at(-1) ?? 'file',
    start,
    end: atEnd ? start : (met as Token).endOffset,
  }
}

/** The rules as the parser has them, the file's first; for the reference. */
export function grammarRules(): readonly Rule[] {
  parser ??= new FileParser()
  const { file, ...rules } = parser.getGAstProductions()
  return [file!, ...Object.values(rules)]
}
