import { NoViableAltException, type IRecognitionException, type IToken, type Rule } from 'chevrotain'
import { expectedIn } from './expected.ts'
import { hiddenCharacters } from './hidden.ts'
import { layout } from './layout.ts'
import { lex, reservedNames, type Token } from './lexer.ts'
import { MAX_FAULTS, MAX_SOURCE, tooDeep } from './limit.ts'
import type { ParserOptions } from './parser-base.ts'
import { WatchParser } from './parser-watch.ts'
import * as T from './tokens.ts'
import type { Declaration, Span } from './tree.ts'

export type FaultKind =
  | 'unexpected'
  | 'unclosed-text'
  | 'unknown-character'
  | 'too-long'
  | 'too-deep'
  | 'hidden-character'
  | 'reserved-name'

/** What went wrong at a place: the token met, and what would have fitted there. */
export interface SyntaxFault extends Span {
  readonly kind: FaultKind
  readonly found: string
  /** The words that would have fitted, as `expectedIn` gives them. */
  readonly expected: readonly string[]
}

/** A parsed file: its text, every token of it, the declarations that could be read, the faults, and what left nothing in the tree. */
export interface ParsedFile {
  readonly source: string
  /** Cut from the text again each time it is asked for: only the tree is kept. None of a text that is too long. */
  readonly tokens: readonly Token[]
  readonly declarations: readonly Declaration[]
  readonly faults: readonly SyntaxFault[]
  readonly lost: readonly Span[]
}

class FileParser extends WatchParser {
  /** Kept apart: adding to `errors` copies them all. */
  strays: IRecognitionException[] = []

  constructor(options: ParserOptions) {
    super(options)
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
      if (this.strays.length < MAX_FAULTS)
        this.strays.push(new NoViableAltException('@declaration', token, this.LA(0)))
      this.skipToDeclaration()
    })
  })

  // Why fields: alternatives that are written where they are chosen from are made anew each time.
  private readonly kinds = [
    { ALT: () => this.SUBRULE(this.structure) },
    { ALT: () => this.SUBRULE(this.behaviour) },
  ]

  /** A tenant may change what is marked `open`. */
  private declaration = this.RULE('declaration', (): Declaration => {
    const point = this.OPTION(() =>
      this.OR([
        { ALT: () => (this.CONSUME(T.K.open), 'open' as const) },
        { ALT: () => (this.CONSUME(T.K.closed), 'closed' as const) },
      ]),
    )
    const node = this.OR2(this.kinds) as Declaration
    return point ? { ...node, point } : node
  })

  private readonly structures = [
    { ALT: () => this.SUBRULE(this.pack) },
    { ALT: () => this.SUBRULE(this.use) },
    { ALT: () => this.SUBRULE(this.setting) },
    { ALT: () => this.SUBRULE(this.enum) },
    {
      GATE: () => this.LA(3).tokenType === T.P['{'],
      ALT: () => this.SUBRULE(this.leadPool),
      IGNORE_AMBIGUITIES: true,
    },
    { ALT: () => this.SUBRULE(this.names) },
    { ALT: () => this.SUBRULE(this.table) },
    { ALT: () => this.SUBRULE(this.tableTest) },
    { ALT: () => this.SUBRULE(this.hours) },
    { ALT: () => this.SUBRULE(this.entity) },
    { ALT: () => this.SUBRULE(this.form) },
    { ALT: () => this.SUBRULE(this.access) },
    { ALT: () => this.SUBRULE(this.library) },
    { ALT: () => this.SUBRULE(this.labels) },
    { ALT: () => this.SUBRULE(this.lexicon) },
    { ALT: () => this.SUBRULE(this.template) },
    { ALT: () => this.SUBRULE(this.rates) },
  ]

  private structure = this.RULE('structure', (): Declaration => this.OR(this.structures))

  private readonly behaviours = [
    { ALT: () => this.SUBRULE(this.ticket) },
    { ALT: () => this.SUBRULE(this.route) },
    { ALT: () => this.SUBRULE(this.action) },
    { ALT: () => this.SUBRULE(this.price) },
    { ALT: () => this.SUBRULE(this.overlay) },
    { ALT: () => this.SUBRULE(this.rebate) },
    { ALT: () => this.SUBRULE(this.quote) },
    { ALT: () => this.SUBRULE(this.settle) },
    { ALT: () => this.SUBRULE(this.scenario) },
    { ALT: () => this.SUBRULE(this.property) },
    { ALT: () => this.SUBRULE(this.segment) },
    { ALT: () => this.SUBRULE(this.stage) },
    { ALT: () => this.SUBRULE(this.limit) },
    { ALT: () => this.SUBRULE(this.sop) },
    { ALT: () => this.SUBRULE(this.campaign) },
    { ALT: () => this.SUBRULE(this.signal) },
    { ALT: () => this.SUBRULE(this.alert) },
    { ALT: () => this.SUBRULE(this.metric) },
    { ALT: () => this.SUBRULE(this.board) },
    { ALT: () => this.SUBRULE(this.classify) },
    { ALT: () => this.SUBRULE(this.source) },
    { ALT: () => this.SUBRULE(this.migrate) },
  ]

  private behaviour = this.RULE('behaviour', (): Declaration => this.OR(this.behaviours))
}

let parser: FileParser | undefined
let plainParser: FileParser | undefined

function quickParser(): FileParser {
  return (parser ??= new FileParser({ skipValidations: true, shortens: true }))
}

/**
 * Parses any string; never throws on text. Faults keep to their own clause, row or declaration; a text beyond a limit is
 * not read at all.
 */
export function parse(source: string): ParsedFile {
  return remember(recalled(source) ?? readApart(source))
}

/** Reads a text that is not to be remembered. */
export function readApart(source: string): ParsedFile {
  return read(source, quickParser())
}

/** A text that was read lately. */
export function recalled(source: string): ParsedFile | undefined {
  return remembered.get(source)
}

/**
 * So many characters of the files used last are remembered: an editor asks several questions about one text. Why not many
 * more: old versions of a text that is typed in would fill the memory, and cost more to keep than to read again.
 */
const MAX_REMEMBERED = 400_000
const remembered = new Map<string, ParsedFile>()
let rememberedLength = 0

/** Puts a file last in the order in which files are forgotten. */
export function remember(file: ParsedFile): ParsedFile {
  if (!remembered.delete(file.source)) rememberedLength += file.source.length
  remembered.set(file.source, file)
  for (const { source } of remembered.values()) {
    if (rememberedLength <= MAX_REMEMBERED || remembered.size === 1) break
    remembered.delete(source)
    rememberedLength -= source.length
  }
  return file
}

function read(source: string, by: FileParser): ParsedFile {
  if (source.length > MAX_SOURCE) return unread(source, { kind: 'too-long', start: 0, end: 0 })
  const tokens = lex(source)
  const kept = layout(tokens)
  const deep = tooDeep(kept)
  if (deep) return unread(source, { kind: 'too-deep', start: deep.startOffset, end: deep.endOffset })
  by.input = kept
  by.strays = []
  by.lost = []
  const declarations = by.file()
  const lastToken = tokens.findLast(token => token.tokenType !== T.End)
  const errors = [...by.errors, ...by.strays]
  const unexpected = inOrder(errors.map(error => faultOf(error, lastToken)))
  const causes = inOrder([...hiddenFaults(source), ...unknownFaults(tokens)])
  const faults = inOrder([...causes, ...withoutConsequences(source, causes, unexpected)])
  const lost = [...by.lost, ...causes.map(({ start, end }) => ({ start, end }))].toSorted(
    (a, b) => a.start - b.start,
  )
  return fileOf({ source, declarations: declarations ?? [], faults, lost })
}

/** A text that is not read, and the limit it is beyond. */
function unread(source: string, at: Span & { kind: FaultKind }): ParsedFile {
  return fileOf({ source, declarations: [], faults: [{ found: '', expected: [], ...at }], lost: [] })
}

/** A parsed file from what was read of it. */
export function fileOf(read: Omit<ParsedFile, 'tokens'>): ParsedFile {
  const { source } = read
  return {
    ...read,
    get tokens() {
      return source.length > MAX_SOURCE ? [] : lex(source)
    },
  }
}

function inOrder(faults: readonly SyntaxFault[]): SyntaxFault[] {
  return faults.toSorted((a, b) => a.start - b.start).slice(0, MAX_FAULTS)
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
function withoutConsequences(
  source: string,
  causes: readonly SyntaxFault[],
  faults: readonly SyntaxFault[],
): SyntaxFault[] {
  const sameLine = (cause: SyntaxFault, fault: SyntaxFault) =>
    !source.slice(cause.start, fault.start).includes('\n')
  return faults.filter(fault => {
    const cause = causes.findLast(({ start }) => start <= fault.start)
    return !cause || !sameLine(cause, fault)
  })
}

function hiddenFaults(source: string): SyntaxFault[] {
  return hiddenCharacters(source, MAX_FAULTS).map(({ at, name }) => ({
    ...{ kind: 'hidden-character', found: name, expected: [], start: at, end: at + 1 },
  }))
}

/** What the lexer could not read, hidden characters left out: those are found wherever they stand. */
function unknownFaults(tokens: readonly Token[]): SyntaxFault[] {
  const faults: SyntaxFault[] = []
  for (const { tokenType, image, startOffset: start, endOffset: end } of tokens) {
    if (tokenType !== T.Unknown || hiddenCharacters(image, 1)[0]?.at === 0) continue
    if (faults.push({ kind: unknownKind(image), found: image, expected: [], start, end }) === MAX_FAULTS)
      break
  }
  return faults
}

function unknownKind(image: string): FaultKind {
  if (/^["“”＂]/.test(image)) return 'unclosed-text'
  return reservedNames.has(image) ? 'reserved-name' : 'unknown-character'
}

/** A declaration that runs into the end of the file is faulted where its text ends. */
function faultOf(error: IRecognitionException, lastToken: Token | undefined): SyntaxFault {
  const met: IToken = error.token
  const atEnd = met.tokenType.name === 'EOF'
  const start = atEnd ? (lastToken?.endOffset ?? 0) : met.startOffset
  return {
    kind: 'unexpected',
    found: atEnd ? '' : met.image,
    expected: expectedIn(error.message),
    start,
    end: atEnd ? start : (met as Token).endOffset,
  }
}

/** Throws when two ways of the grammar cannot be told apart, or a rule is never come to. */
export function validateGrammar(): void {
  new FileParser({ skipValidations: false, shortens: false })
}

/** What `parse` gives, read by the rules alone: for the test that the shortcuts change nothing. */
export function parseByRules(source: string): ParsedFile {
  plainParser ??= new FileParser({ skipValidations: true, shortens: false })
  return read(source, plainParser)
}

/** The rules as the parser has them, the file's first; for the reference. */
export function grammarRules(): readonly Rule[] {
  const { file, ...rules } = quickParser().getGAstProductions()
  return [file!, ...Object.values(rules)]
}
