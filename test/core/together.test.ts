import { describe, expect, test } from 'vitest'
import { strictest, type PackJudgement } from '#core/limit'
import { asDeskKeeps, asPackReads, clashesWith, fieldsApart, sayClash, wholeOf } from '#core/together'
import { checkPack } from '#dsl'
import { blueprintOf } from '../support/packs.ts'
import { twin } from '../support/twin-packs.ts'

const pack = (text: string) => checkPack({ 'p.axle': text }).blueprint
const small = (name: string, more: string) => pack(`pack ${name} "${name}包" version 1\n${more}\n`)
const clashes = (...texts: readonly [string, string]) => {
  const [one, other] = [small('one', texts[0]), small('other', texts[1])]
  return clashesWith(other, [one]).map(({ what, name }) => `${what} ${name}`)
}

describe('packs on one desk', () => {
  test('go together where they share customers, roles, teams, settings and limits', () => {
    const [jia, yi] = [twin('jia', '甲'), twin('yi', '乙')].map(texts => checkPack(texts).blueprint)
    expect(clashesWith(yi!, [jia!])).toEqual([])
  })

  test('clash where the desk goes by the name alone', () => {
    const [jia, bing] = ['jia', 'bing'].map(name => checkPack(twin(name, '甲')).blueprint)
    expect(clashesWith(bing!, [jia!]).map(({ what, name }) => `${what} ${name}`)).toEqual([
      ...['ticket 甲事', 'form 甲单', 'sop 甲问候'],
    ])
  })

  test('clash in a record of two meanings, not in one that each fills in part', () => {
    const device = 'entity 设备 "设备" { 码: text key, 型号: text, 重: decimal }'
    expect(clashes(device, 'entity 设备 "设备" { 码: text key, 型号: text, 到期: date? }')).toEqual([])
    expect(clashes(device, 'entity 设备 "设备" { 码: text key, 型号: int }')).toEqual(['field 设备.型号'])
    expect(clashes(device, 'entity 设备 "设备" { 号: text key }')).toEqual(['key 设备'])
    const grade = (values: string) => `enum 级 { ${values} }\nentity 车 "车" { 牌: text key, 级: 级 }`
    expect(clashes(grade('高, 低'), grade('高, 低'))).toEqual([])
    expect(clashes(grade('高, 低'), grade('高, 中, 低'))).toEqual(['field 车.级'])
  })

  test('clash in what is said in words', () => {
    const at = (what: 'ticket' | 'field', name: string) => sayClash({ what, name, other: '零售' })
    expect(at('ticket', '退换')).toEqual({
      ...{ zh: '工单「退换」与「零售」的同名', en: 'the ticket “退换” is in “零售” too' },
    })
    expect(at('field', '设备.型号').zh).toBe('档案的字段「设备.型号」与「零售」的不一样')
  })

  test('of the three packs of the repository each pair goes together', () => {
    const packs = ['retail', 'education', 'manufacturing'].map(name => blueprintOf(`plugins/${name}`))
    const found = packs.flatMap((one, index) =>
      packs.slice(index + 1).map(other => [one.pack.name, other.pack.name, clashesWith(other, [one])]),
    )
    expect(found).toEqual([
      ['retail', 'education', []],
      ['retail', 'manufacturing', []],
      ['education', 'manufacturing', []],
    ])
  })
})

describe('a field of customers that two packs mean otherwise', () => {
  const one = { blueprint: checkPack(twin('jia', '甲')).blueprint, apart: [] }
  const other = { blueprint: checkPack(twin('yi', '乙')).blueprint, apart: [] }

  test('is kept apart for the later one, and stays so without the first', () => {
    expect(fieldsApart(other, [one])).toEqual(['customer.等级'])
    const kept = { ...other, apart: ['customer.等级'] }
    expect([fieldsApart(kept, []), fieldsApart(one, [kept])]).toEqual([['customer.等级'], []])
  })

  test('is read and said by each pack under its own name', () => {
    const kept = { ...other, apart: ['customer.等级'] }
    const row = { 退订: true, 等级: '甲高', 'yi/等级': '乙低' }
    expect(asPackReads(kept, 'customer', row)).toMatchObject({ 退订: true, 等级: '乙低' })
    expect(asPackReads(kept, 'customer', { 等级: '甲高' })).toEqual({})
    expect(asPackReads(one, 'customer', row).等级).toBe('甲高')
    expect(asDeskKeeps(kept, 'customer', { 等级: '乙低', 退订: false })).toEqual({
      'yi/等级': '乙低',
      退订: false,
    })
    expect(asDeskKeeps(kept, 'store', { 等级: 'A' })).toEqual({ 等级: 'A' })
  })

  test('stands twice in what the desk names, each with its own values', () => {
    const whole = wholeOf([one, { ...other, apart: ['customer.等级'] }])
    const { fields } = whole.entities.customer!
    expect([fields.等级!.type, fields['yi/等级']!.type, fields['yi/等级']!.label]).toEqual([
      { kind: 'enum', name: '甲级' },
      { kind: 'enum', name: '乙级' },
      '等级（乙店）',
    ])
    expect(Object.keys(whole.tickets)).toEqual(['甲事', '乙事'])
    expect(whole.entities.customer!.events).toEqual(one.blueprint.entities.customer!.events)
    expect(wholeOf([one])).toBe(one.blueprint)
  })

  test('enums of one name and other values are told apart', () => {
    const [first, second] = ['高, 低', '好, 坏'].map((values, index) =>
      small(`p${index}`, `enum 级 { ${values} }\nentity 物${index} "物" { 码: text key, 级: 级 }`),
    )
    const whole = wholeOf([
      { blueprint: first!, apart: [] },
      { blueprint: second!, apart: [] },
    ])
    expect(whole.entities.物1!.fields.级!.type).toEqual({ kind: 'enum', name: 'p1/级' })
    expect(Object.keys(whole.enums['p1/级']!.values)).toEqual(['好', '坏'])
    expect(Object.keys(whole.enums.级!.values)).toEqual(['高', '低'])
  })
})

describe('the limits of several packs', () => {
  const row = { reason: 'row', limit: '触达', row: 0 } as const
  const cap = (until: number) =>
    ({ reason: 'cap', limit: '触达', row: 1, per: 'day', cap: 1, used: 1, until }) as const
  const judged = (pack: string, verdict: PackJudgement['verdict'], more: Partial<PackJudgement> = {}) =>
    ({ pack, verdict, until: null, reasons: [row], ...more }) satisfies PackJudgement

  test('of one pack alone are its own', () => {
    expect(strictest([judged('甲', 'allow')])).toEqual({ verdict: 'allow', until: null, reasons: [row] })
  })

  test('together are the strictest, with its reasons first and those of all', () => {
    const answer = strictest([
      judged('甲', 'allow'),
      judged('乙', 'defer', { until: 5, reasons: [cap(5)] }),
      judged('丙', 'defer', { until: 9, reasons: [cap(9)] }),
    ])
    expect([answer.verdict, answer.until]).toEqual(['defer', 9])
    expect(answer.reasons.map(reason => 'limit' in reason && reason.limit)).toEqual([
      ...['乙 · 触达', '丙 · 触达', '甲 · 触达'],
    ])
    expect(strictest([judged('甲', 'defer', { until: 5 }), judged('乙', 'drop')])).toMatchObject({
      ...{ verdict: 'drop', until: null },
    })
  })

  test('say a word that both forbid once', () => {
    const word = { reason: 'word', lexicon: '广告法', word: '最', start: 0, act: 'block' } as const
    const { reasons } = strictest(['甲', '乙'].map(name => judged(name, 'drop', { reasons: [word] })))
    expect(reasons).toEqual([word])
  })
})
