/** The words a clause may begin with, by the block it stands in. */
export const startsIn: Readonly<Record<string, readonly string[]>> = {
  pack: ['locale', 'currency', 'zone'],
  ticket: ['entry', 'start', 'clock', 'node', 'parallel', 'end'],
  node: ['public', 'ask', 'clock', 'on', 'after'],
  clock: ['at'],
  parallel: ['branch'],
  branch: ['node'],
  route: ['pick', 'cap', 'after', 'keep'],
  form: ['check'],
  entity: ['event'],
  price: ['line', 'total'],
  line: ['base', 'times', 'plus', 'cap', 'round'],
  settle: ['base', 'hold', 'round', 'split'],
  test: ['at', 'given', 'create', 'do', 'wait', 'expect'],
}

/** The words that may follow in a clause, by the word it begins with. */
export const followsIn: Readonly<Record<string, readonly string[]>> = {
  ticket: ['for'],
  form: ['for'],
  route: ['first', 'unique'],
  table: [
    ...['partial', 'unique', 'first', 'any', 'priority', 'rule order', 'output order'],
    ...['collect', 'collect sum', 'collect min', 'collect max', 'collect count'],
  ],
  enum: ['ordered'],
  role: ['extends'],
  setting: ['in', 'default', 'help'],
  node: ['by', 'run'],
  parallel: ['join', 'all', 'any'],
  branch: ['when'],
  clock: ['of'],
  public: ['notify'],
  on: ['when', 'ask', 'notify', 'escalate', 'mark', '->', 'max', 'else'],
  after: ['of', 'when', 'notify', 'escalate', 'mark', '->'],
  at: ['notify', 'escalate', 'mark'],
  keep: ['within'],
  cap: ['per'],
  end: ['ok', 'fail'],
  line: ['per', 'when'],
  base: ['when'],
  times: ['when'],
  plus: ['when'],
}

/** What may follow the type of a field. */
export const fieldWords = ['required', 'when', 'visible', 'default', 'in', 'max', 'help', 'key']

/** The words of expressions. */
export const expressionWords = [
  'and',
  'or',
  'not',
  'in',
  'if',
  'then',
  'else',
  'true',
  'false',
  'null',
  'has',
]
