import { createToken, Lexer, type TokenType } from 'chevrotain'

/**
 * The token kinds of the language. Words are lexed once; a word that serves as a keyword somewhere gets a kind of
 * its own in the category Word, so that it still works as a name wherever the grammar expects one.
 */
const make = (name: string, categories: TokenType[] = [Any]) =>
  createToken({ name, pattern: Lexer.NA, categories })

/** The category of every token: what may stand where nothing fits. */
export const Any = createToken({ name: 'Any', pattern: Lexer.NA })

export const Word = make('Word')
export const Text = make('Text')
export const Int = make('Int')
export const Decimal = make('Decimal')
export const Percent = make('Percent')
export const Money = make('Money')
export const Duration = make('Duration')
export const Date = make('Date')
export const Time = make('Time')
/** A newline or `;` where it ends a clause. */
export const End = make('End')
/** The line of dashes under a table's header. */
export const Rule = make('Rule')
/** Characters that belong to no token; the parser never sees them, the diagnostics do. */
export const Unknown = make('Unknown')

const punctuation = [
  ...[
    '..<',
    '..',
    '->',
    '||',
    '!=',
    '<=',
    '>=',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ',',
    ':',
    '.',
    '|',
    '=',
    '<',
    '>',
  ],
  ...['+', '-', '*', '/', '?'],
] as const
export type Punctuation = (typeof punctuation)[number]
export const P = Object.fromEntries(punctuation.map(text => [text, make(`'${text}'`)])) as Record<
  Punctuation,
  TokenType
>

const reserved = ['and', 'or', 'not', 'in', 'if', 'then', 'else', 'true', 'false', 'null'] as const
const contextual = [
  ...[
    'pack',
    'version',
    'locale',
    'currency',
    'zone',
    'use',
    'region',
    'channel',
    'setting',
    'default',
    'help',
  ],
  ...[
    'hours',
    'except',
    'enum',
    'ordered',
    'extend',
    'entity',
    'key',
    'event',
    'role',
    'extends',
    'team',
    'skill',
  ],
  ...[
    'party',
    'form',
    'for',
    'required',
    'when',
    'visible',
    'at',
    'max',
    'check',
    'access',
    'ticket',
    'entry',
  ],
  ...[
    'start',
    'clock',
    'of',
    'node',
    'by',
    'run',
    'public',
    'notify',
    'escalate',
    'mark',
    'ask',
    'send',
    'on',
  ],
  ...[
    'after',
    'parallel',
    'join',
    'all',
    'any',
    'branch',
    'done',
    'abort',
    'end',
    'ok',
    'fail',
    'route',
    'pick',
  ],
  ...[
    'cap',
    'per',
    'keep',
    'within',
    'table',
    'partial',
    'unique',
    'first',
    'priority',
    'rule',
    'order',
    'output',
  ],
  ...['collect', 'sum', 'min', 'count', 'round', 'test', 'given', 'create', 'do', 'as', 'wait', 'expect'],
  ...['labels', 'where', 'has', 'open', 'action', 'pause', 'write', 'read', 'filter', 'score', 'property'],
  ...[
    'returns',
    'report',
    'price',
    'line',
    'base',
    'times',
    'plus',
    'total',
    'settle',
    'hold',
    'split',
    'rest',
    'equal',
  ],
  ...['library', 'out', 'needs', 'timeout', 'retry', 'backoff', 'undo', 'net', 'secret', 'kv'],
  ...['segment', 'sop', 'lexicon', 'limit', 'step', 'stop', 'goal', 'once', 'until', 'task', 'due'],
  ...['skip', 'words', 'block', 'warn', 'slow', 'require', 'rows', 'from', 'closed', 'spawn', 'reserve'],
  ...['pool', 'mode', 'overlay', 'rebate', 'marginal', 'whole', 'rates', 'quote', 'option', 'valid', 'claim'],
  ...['protect', 'return', 'stage', 'template', 'category', 'campaign', 'arm', 'winner', 'during', 'yearly'],
  ...[
    'every',
    'signal',
    'bound',
    'alert',
    'metric',
    'board',
    'show',
    'classify',
    'unsure',
    'source',
    'migrate',
    'field',
    'value',
    'drain',
  ],
] as const
export type Keyword = (typeof reserved)[number] | (typeof contextual)[number]
export const K = Object.fromEntries([
  ...reserved.map(word => [word, make(`'${word}'`)]),
  ...contextual.map(word => [word, make(`'${word}'`, [Word])]),
]) as Record<Keyword, TokenType>

/** Words that start a declaration when a name follows: where a broken declaration ends and the next begins. */
export const declarationWords: ReadonlySet<string> = new Set([
  ...[
    'pack',
    'use',
    'setting',
    'hours',
    'enum',
    'extend',
    'entity',
    'role',
    'team',
    'skill',
    'party',
    'form',
    'access',
  ],
  ...['ticket', 'route', 'table', 'test', 'labels', 'action', 'open', 'closed'],
  ...['price', 'settle', 'library', 'segment', 'sop', 'lexicon', 'limit'],
  ...['overlay', 'rebate', 'rates', 'quote', 'pool', 'mode', 'template', 'stage', 'campaign'],
  ...['property', 'migrate', 'signal', 'alert', 'metric', 'board', 'classify', 'source'],
])

export const wordKinds: ReadonlyMap<string, TokenType> = new Map([
  ...Object.entries(K as Record<string, TokenType>),
])

/** Whether a token of the kind may be a name: a word, one that serves as a keyword elsewhere included. */
export function isName(kind: TokenType): boolean {
  return kind === Word || kind.CATEGORIES!.includes(Word)
}

export const vocabulary: TokenType[] = [
  ...[Any, Word, Text, Int, Decimal, Percent, Money, Duration, Date, Time, End, Rule, Unknown],
  ...Object.values(P),
  ...Object.values(K),
]
