import fc from 'fast-check'
import type { Code } from '#core/blueprint'
import type { Type, Value } from '#core/values'

/** Names that would be something else than a name if they were ever read as code, or that objects know already. */
export const hostileNames = [
  ...['"', "'", '`', '\\', '\\"', '"];throw 1;["', '${1}', '*/', '//', '\n', '\r', '\u2028', '\u2029', '\0'],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'hasOwnProperty',
    'f',
    'k',
    'k0',
    't0',
    'return',
    '\ud800',
    '',
  ],
  ...['金额', '</script>', '<!--', '-->'],
]

const bool: Type = { kind: 'bool' }
const int: Type = { kind: 'int' }
const text: Type = { kind: 'text' }
const money: Type = { kind: 'money' }

const names: Readonly<Record<string, Type>> = {
  ...{ 真: bool, 假: bool, 一: int, 二: int, 文: text, '"]': text, 钱: money, 价: money },
}

const decimal = fc
  .tuple(fc.integer(), fc.nat(3))
  .map(([units, scale]): Value => ({ units: BigInt(units), scale }))
const amount = fc
  .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 10, max: 99 }))
  .map(([whole, cents]) => `${whole}.${cents}`)
const valueOf: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  bool: fc.boolean(),
  int: fc.integer({ min: -50, max: 50 }),
  text: fc.constantFrom('a', 'b', 'ab', '', ...hostileNames),
  money: decimal,
}

/** Values for some of the names that `codes` reads; the others are absent or not there at all. */
export const namedValues = fc.record(
  Object.fromEntries(Object.entries(names).map(([name, { kind }]) => [name, fc.option(valueOf[kind]!)])),
  { requiredKeys: [] },
) as fc.Arbitrary<Readonly<Record<string, Value>>>

const named = ({ kind }: Type): fc.Arbitrary<Code> =>
  fc
    .constantFrom(...Object.keys(names).filter(name => names[name]!.kind === kind))
    .map(name => ({ op: 'name', type: names[name]!, name }))
const constants: Readonly<Record<string, fc.Arbitrary<Code>>> = {
  bool: fc.boolean().map(value => ({ op: 'const', type: bool, value })),
  int: fc
    .oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(2 ** 31, Number.MAX_SAFE_INTEGER))
    .map(value => ({ op: 'const', type: int, value })),
  text: fc
    .constantFrom('a', 'b', ...hostileNames)
    .map(value => ({ op: 'const', type: text, value: value.toWellFormed() })),
  money: amount.map(value => ({ op: 'const', type: money, value })),
}

const apply = (type: Type, fns: readonly string[], args: readonly fc.Arbitrary<Code>[]) =>
  fc
    .tuple(fc.constantFrom(...fns), fc.tuple(...args))
    .map(([fn, given]): Code => ({ op: 'apply', type, fn, args: given }))

const orders = ['=', '!=', '<', '<=', '>', '>=']

/** Codes of four types, nested at random: logic, comparisons, arithmetic, texts, lists, records, tables and folds. */
const grown = fc.letrec<{ bool: Code; int: Code; text: Code; money: Code; ints: Code; any: Code }>(tie => {
  const one = (type: Type, more: readonly fc.Arbitrary<Code>[]) =>
    fc.oneof({ maxDepth: 5 }, named(type), constants[type.kind]!, ...more)
  const either = (type: Type) => fc.tuple(tie('bool'), tie(type.kind as 'int'), tie(type.kind as 'int'))
  const chosen = (type: Type) =>
    either(type).map((args): Code => ({ op: 'apply', type, fn: 'if', args: [...args] }))
  const itself: Code = { op: 'name', type: int, name: '一' }
  return {
    bool: one(bool, [
      apply(bool, ['and', 'or', '=', '!='], [tie('bool'), tie('bool')]),
      apply(bool, ['not', 'known'], [tie('bool')]),
      apply(bool, ['known'], [tie('any')]),
      ...['int', 'text', 'money'].map(kind => apply(bool, orders, [tie(kind as 'int'), tie(kind as 'int')])),
      apply(bool, orders, [tie('int'), tie('money')]),
      apply(bool, ['contains', 'starts_with'], [tie('text'), tie('text')]),
      apply(bool, ['in'], [tie('int'), tie('ints')]),
    ]),
    int: one(int, [
      apply(int, ['+', '-', '*', 'min', 'max', 'mod'], [tie('int'), tie('int')]),
      apply(int, ['negate', 'abs'], [tie('int')]),
      apply(int, ['length'], [tie('text')]),
      apply(int, ['floor'], [tie('money')]),
      apply(int, ['min'], [tie('int'), tie('int'), tie('int'), tie('int')]),
      chosen(int),
      fc
        .tuple(fc.constantFrom('sum', 'count', 'max'), tie('ints'), tie('bool'))
        .map(([fn, over, where]): Code => ({ op: 'fold', type: int, fn, over, where, value: itself })),
    ]),
    text: one(text, [
      apply(text, ['text+'], [tie('text'), tie('text')]),
      apply(text, ['substring'], [tie('text'), tie('int'), tie('int')]),
      chosen(text),
    ]),
    money: one(money, [
      apply(money, ['+', '-', '*'], [tie('money'), tie('money')]),
      apply(money, ['*', '/'], [tie('money'), tie('int')]),
      chosen(money),
    ]),
    ints: fc
      .array(tie('int'), { maxLength: 10 })
      .map((items): Code => ({ op: 'list', type: { kind: 'list', of: int }, items })),
    any: fc.oneof(
      { maxDepth: 5 },
      ...[tie('bool'), tie('int'), tie('text'), tie('money'), tie('ints')],
      fc
        .tuple(fc.constantFrom(...hostileNames), fc.array(tie('any'), { maxLength: 3 }))
        .map(([name, args]): Code => ({
          ...{ op: 'member', type: { kind: 'list', of: text }, name: 'asked' },
          of: { op: 'table', type: { kind: 'answer', name }, name, args },
        })),
    ),
  }
})

export const codes = grown.any
