import { describe, expect, test } from 'vitest'
import { dice, judge, mutantsOf, textsOf, type Mutant } from '../support/mutation.ts'

// The whole: `node test/bench/mutation.ts`. Here a sample, the same each time.
const SEED = 7
const SAMPLE = 80
const packs = ['education', 'manufacturing', 'retail']
const all = packs.flatMap(pack => mutantsOf(textsOf(pack), dice(SEED)))
const roll = dice(SEED)
const sample = Array.from({ length: SAMPLE }, () => all[roll(all.length)]!)
const seen = (mutant: Mutant) => {
  const { codes, failedTests } = judge(mutant.texts)
  return codes.length > 0 || failedTests > 0
}

describe('a slip in a sound pack', () => {
  test.each(packs)('is none in %s as it stands', pack => {
    expect(judge(textsOf(pack))).toEqual({ codes: [], failedTests: 0 })
  })

  test('of a name, a type or a share is noticed in nine of ten cases', () => {
    const sure = sample.filter(({ slip }) => ['typo', 'name', 'type', 'share'].includes(slip))
    expect(sure.length).toBeGreaterThan(SAMPLE / 2)
    const missed = sure
      .filter(mutant => !seen(mutant))
      .map(({ file, line, from, to }) => `${file}:${line} ${from} → ${to}`)
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(sure.length / 10)
  })

  /** Every share whose block has no rest, in every pack. */
  test('of a share is noticed wherever no party takes the rest', () => {
    const shares = all.filter(({ slip, texts, file, line }) => {
      const text = texts[file]!.split('\n')[line - 1]!
      return slip === 'share' && !text.includes('rest')
    })
    expect(shares.length).toBeGreaterThan(0)
    for (const { texts } of shares) expect(judge(texts).codes).toContain('AX6103')
  })

  test.each([
    ['the type of a record’s field', 'retail', '门店: store, 实付', '门店: store错, 实付', 'AX2003'],
    ['what is extended', 'retail', 'extend store {', 'extend store错 {', 'AX2002'],
    ['what an action reads', 'retail', 'read customer.id', 'read customer.身份', 'AX2002'],
    ['the type of a key', 'retail', '号: text key', '号: int key', 'AX3001'],
    ['the type of a total', 'manufacturing', '应收: money = sum', '应收: date = sum', 'AX3001'],
    [
      'a right that one role alone had',
      'retail',
      '| read  | read  | write | read     |',
      '| read  | read  | read  | read     |',
      'AX5012',
    ],
  ])('in %s is noticed', (_, pack, from, to, code) => {
    const texts = textsOf(pack)
    const file = Object.keys(texts).find(name => texts[name]!.includes(from))!
    expect(judge({ ...texts, [file]: texts[file]!.replace(from, to) }).codes).toContain(code)
  })
})
