/**
 * What users would pick instead, as candidates beside Axle: packages of the `package.json` beside this file, which the product does
 * not need. They are loaded by name, so that types and tests do without them.
 */
const peer = async <T>(name: string): Promise<T> => (await import(name)) as T

/** The rule of the bench in plain names, since not every peer reads others. */
export interface PlainTicket {
  readonly amount: number
  readonly count: number
  readonly level: number
  readonly city: string
  readonly fresh: boolean
  readonly days: number
  readonly score: number
}

/** The seven tests of the rule, by three engines of rules and expressions. */
export async function ruleTests(): Promise<{ name: string; test: (ticket: PlainTicket) => unknown }[]> {
  const { LogicEngine } = await peer<{
    LogicEngine: new () => { build: (logic: unknown) => (data: unknown) => unknown }
  }>('json-logic-engine')
  const { compileExpression } = await peer<{
    compileExpression: (text: string) => (data: unknown) => unknown
  }>('filtrex')
  const { parse } = await peer<{ parse: (text: string) => (data: unknown) => unknown }>(
    '@marcbachmann/cel-js',
  )
  const v = (name: string) => ({ var: name })
  const logic = new LogicEngine().build({
    and: [
      ...[{ '>': [v('amount'), 100] }, { '<=': [v('count'), 20] }, { '===': [v('level'), 2] }],
      { in: [v('city'), ['上海', '杭州']] },
      ...[{ '!': v('fresh') }, { '<': [v('days'), 30] }, { '>=': [v('score'), 3] }],
    ],
  })
  const filtrex = compileExpression(
    'amount > 100 and count <= 20 and level == 2 and city in ("上海", "杭州") and not fresh and days < 30 and score >= 3',
  )
  const cel = parse(
    'amount > 100.0 && count <= 20.0 && level == 2.0 && city in ["上海", "杭州"] && !fresh && days < 30.0 && score >= 3.0',
  )
  return [
    { name: 'json-logic-engine, built', test: logic },
    { name: 'filtrex', test: ticket => Boolean(filtrex(ticket)) },
    { name: '@marcbachmann/cel-js', test: cel },
  ]
}

/** A line of the money bench: a unit price as text, and how many. */
export interface PlainLine {
  readonly price: string
  readonly count: number
}

/** The ticket of the money bench: 85 % of 106 % of each line, half up to the cent, summed and printed. */
export async function moneyTotals(): Promise<
  { name: string; total: (lines: readonly PlainLine[]) => string }[]
> {
  interface Numeric {
    times: (by: number | string) => Numeric
    plus: (other: Numeric) => Numeric
    round: (places: number, mode: number) => Numeric
    toFixed: (places: number) => string
    toDecimalPlaces: (places: number, mode: number) => Numeric
  }
  const { default: Big } = await peer<{ default: new (value: string | number) => Numeric }>('big.js')
  const { default: Decimal } = await peer<{ default: new (value: string | number) => Numeric }>('decimal.js')
  interface Dinero {
    readonly opaque: unique symbol
  }
  interface DineroModule {
    readonly dinero: (of: { amount: number; currency: unknown }) => Dinero
    readonly add: (a: Dinero, b: Dinero) => Dinero
    readonly multiply: (a: Dinero, by: number | { amount: number; scale: number }) => Dinero
    readonly transformScale: (a: Dinero, scale: number, divide: unknown) => Dinero
    readonly toDecimal: (a: Dinero) => string
    readonly halfUp: unknown
  }
  const { dinero, add, multiply, transformScale, toDecimal, halfUp } = await peer<DineroModule>('dinero.js')
  const { CNY } = await peer<{ CNY: unknown }>('dinero.js/currencies')
  const HALF_UP = { big: 1, decimal: 4 }
  const fen = (text: string) => {
    const [whole = '', cents = ''] = text.split('.')
    return Number(whole) * 100 + Number(cents)
  }
  return [
    {
      name: 'big.js',
      total: lines =>
        lines
          .map(({ price, count }) =>
            new Big(price).times(count).times('0.85').times('1.06').round(2, HALF_UP.big),
          )
          .reduce((sum, line) => sum.plus(line))
          .toFixed(2),
    },
    {
      name: 'decimal.js',
      total: lines =>
        lines
          .map(({ price, count }) =>
            new Decimal(price).times(count).times('0.85').times('1.06').toDecimalPlaces(2, HALF_UP.decimal),
          )
          .reduce((sum, line) => sum.plus(line))
          .toFixed(2),
    },
    {
      name: 'dinero.js',
      total: lines =>
        toDecimal(
          lines
            .map(({ price, count }) => {
              const base = multiply(dinero({ amount: fen(price), currency: CNY }), count)
              const part = multiply(multiply(base, { amount: 85, scale: 2 }), { amount: 106, scale: 2 })
              return transformScale(part, 2, halfUp)
            })
            .reduce((sum, line) => add(sum, line)),
        ),
    },
  ]
}

/** Readers of text as much as a pack has, into plain data: `yaml`, and `js-yaml` checked by a schema. */
export async function readers(): Promise<{ name: string; read: (yaml: string) => unknown }[]> {
  const { load } = await peer<{ load: (text: string) => unknown }>('js-yaml')
  const { parse } = await peer<{ parse: (text: string) => unknown }>('yaml')
  const { Ajv } = await import('ajv')
  const isPack = new Ajv().compile({
    type: 'array',
    items: {
      type: 'object',
      required: ['kind', 'name', 'items'],
      properties: {
        kind: { type: 'string' },
        name: { type: 'string' },
        items: {
          type: 'array',
          items: {
            type: 'object',
            required: ['name', 'type'],
            properties: { name: { type: 'string' }, type: { type: 'string' }, when: { type: 'string' } },
          },
        },
      },
    },
  })
  return [
    {
      name: 'js-yaml and Ajv',
      read: text => {
        const read = load(text)
        if (!isPack(read)) throw new Error('the peer does not read its text')
        return read
      },
    },
    { name: 'yaml', read: text => parse(text) },
  ]
}

/** Declarations with fields and conditions in YAML, of about so many bytes. */
export function yamlOf(bytes: number): string {
  const one = (at: number) =>
    `- kind: form\n  name: 表单${at}\n  items:\n` +
    Array.from(
      { length: 8 },
      (_, field) =>
        `    - name: 字段${field}\n      type: money\n      when: "字段${field} > ${at} and 等级 = 金卡"\n`,
    ).join('')
  let text = ''
  for (let at = 0; Buffer.byteLength(text) < bytes; at++) text += one(at)
  return text
}
