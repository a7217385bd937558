import { addDecimal, parseDecimal, printDecimal, type Decimal } from '#core/values'
import {
  changeTo,
  clauseIn,
  declare,
  declared,
  insert,
  namesOf,
  replace,
  takeOut,
  type Case,
  type Draft,
  type Drafter,
  type Title,
} from './draft.ts'

/** Ways out for what is sent: journeys, campaigns, stages, limits, templates, classifiers. */
export const sendFixes: Readonly<Record<string, Drafter>> = {
  AX6001: at => {
    const entity = at.diagnostic.params['name']!.split('.')[0]
    return declared(at, 'entity')
      .filter(({ name }) => name.text === entity)
      .flatMap(({ name }) => {
        const file = at.index.model.placed.find(({ node }) => node.name === name)!.file
        const title = [`给「${entity}」加上客户`, `Give “${entity}” a customer`] as const
        return clauseIn(
          { ...at, diagnostic: { ...at.diagnostic, file }, source: at.texts[file] ?? '' },
          title,
          {
            ...{ from: name.start, text: '客户: customer', place: 'first' },
          },
        )
      })
  },
  AX6002: withoutWord,
  AX6003: at => [changeTo(at, at.diagnostic, '22:00..09:00')],
  AX6004: function* (at) {
    const before = at.source.slice(0, at.diagnostic.start)
    const service = /service\s*$/.exec(before)
    if (service)
      yield replace(
        at,
        ['按推广消息发', 'Send it as a promotion'],
        { start: service.index, end: service.index + 'service'.length },
        'promo',
      )
    yield* withoutWord(at)
  },
  AX6005: function* (at) {
    const indent = /[ \t\u3000]*$/.exec(at.source.slice(0, at.diagnostic.start))![0]
    for (const { name } of declared(at, 'ticket'))
      yield insert(
        at,
        [`「${name.text}」算投诉`, `“${name.text}” is a complaint`],
        at.diagnostic.start,
        `skip promo when open(${name.text})\n${indent}`,
      )
  },
  AX6006: function* (at) {
    const [role] = namesOf(at, 'role')
    for (const [title, text] of [
      [['加一步：发消息', 'Add a step that sends'], 'step 跟进 send wecom "待补充"'],
      ...(role
        ? [[[`加一步：请${role}去做`, `Add a step for ${role}`], `step 跟进 task ${role} "待补充" due 1d`]]
        : []),
    ] as const)
      yield* clauseIn(at, title as Title, { from: at.diagnostic.start, text: text as string, place: 'last' })
    yield* clauseIn(at, ['对所有客户', 'For every customer'], {
      from: at.diagnostic.start,
      text: 'for customer',
      place: 'first',
    })
  },
  AX6007: limitColumn,
  AX6008: at => [
    declare(
      at,
      ['加一张限制表：每天最多 1 条', 'Add a limit: one a day'],
      [
        'limit 触达 on send {',
        '  | purpose || per day | beyond |',
        '  |---------||---------|--------|',
        '  | else    || 1       | defer  |',
        '}',
      ].join('\n'),
    ),
  ],
  AX6009: function* (at) {
    const { name, channel } = at.diagnostic.params
    const template = declared(at, 'template').find(each => each.name.text === name)
    const [text] = template?.texts ?? []
    if (!template || !text) return
    const words = at.source.slice(text.text.start, text.text.end)
    yield* clauseIn(at, [`给模板加上 ${channel} 的文字`, `Give the template a text for ${channel}`], {
      from: template.name.start,
      text: `${channel} ${words}`,
      place: 'last',
    })
  },
  AX6010: armShares,
  AX6011: function* (at) {
    const { around } = at
    if (around?.kind !== 'stage') return
    yield* clauseIn(at, ['其余的人归入「其他」', 'Everybody else is 其他'], {
      from: around.name.start,
      text: '其他 else',
      place: 'last',
    })
    const last = around.stages.at(-1)
    if (last?.when)
      yield replace(
        at,
        [`其余的人归入「${last.name.text}」`, `Everybody else is ${last.name.text}`],
        { start: last.name.end, end: last.end },
        ' else',
      )
  },
  AX6014: at => {
    const place = /\{[\p{L}\d_.]*/u.exec(at.written)
    const from = at.diagnostic.start + (place?.index ?? 0)
    return [
      ...(place ? [insert(at, ['补上「}」', 'Add “}”'], from + place[0].length, '}')] : []),
      ...(place ? [replace(at, ['去掉「{」', 'Leave out “{”'], { start: from, end: from + 1 }, '')] : []),
      ...[at.written.lastIndexOf('}')].flatMap(index =>
        index < 0
          ? []
          : [
              replace(
                at,
                ['去掉「}」', 'Leave out “}”'],
                { start: at.diagnostic.start + index, end: at.diagnostic.start + index + 1 },
                '',
              ),
            ],
      ),
    ]
  },
  AX6015: at => [
    takeOut(at, ['去掉这个词', 'Leave out this word'], at.diagnostic),
    changeTo(at, at.diagnostic, '"待补充"'),
  ],
  AX6013: at =>
    namesOf(at, 'role').flatMap(role =>
      clauseIn(at, [`拿不准时交给${role}`, `What is unsure goes to ${role}`], {
        from: at.diagnostic.start,
        text: `unsure -> ${role}`,
        place: 'last',
      }),
    ),
}

function withoutWord(at: Case): Draft[] {
  const word = at.diagnostic.params['word']!
  const index = at.written.indexOf(word)
  if (index < 0) return []
  const start = at.diagnostic.start + index
  return [replace(at, [`去掉「${word}」`, `Leave out “${word}”`], { start, end: start + word.length }, '')]
}

/** A column that is none of a limit's becomes one; `beyond` is added where it is missing. */
function* limitColumn(at: Case): Generator<Draft> {
  const { around, written } = at
  if (around?.kind !== 'limit') return
  for (const word of ['per day', 'per week', 'per month', 'quiet', 'beyond', 'defer', 'drop', 'send'])
    if (word !== written) yield changeTo(at, at.diagnostic, word)
  const lines = at.source.slice(around.grid.start, around.grid.end).split('\n')
  let offset = around.grid.start
  const edits = lines.flatMap((line, index) => {
    const bar = line.trimEnd().lastIndexOf('|')
    const place = offset + bar + 1
    offset += line.length + 1
    if (bar < 0) return []
    const cell = index === 0 ? ' beyond |' : /---/.test(line) ? '--------|' : ' defer  |'
    return [{ file: at.diagnostic.file, start: place, end: place, text: cell }]
  })
  yield { title: ['加上 beyond 列：超出的顺延', 'Add the column beyond: defer'], edits }
}

/** The last arm takes what is missing of a whole, or all share alike. */
function* armShares(at: Case): Generator<Draft> {
  const { around } = at
  if (around?.kind !== 'campaign') return
  const last = around.arms.at(-1)
  let left: Decimal | undefined = { units: 100n, scale: 0 }
  for (const { share } of around.arms.slice(0, -1)) {
    const percent = parseDecimal(at.source.slice(share.start, share.end).replace(/[%％]$/, ''))
    left = left && percent && addDecimal(left, { units: -percent.units, scale: percent.scale })
  }
  if (last && left && left.units > 0n)
    yield changeTo(at, last.share, `${printDecimal(left).replace(/\.0+$/, '')}%`)
}
