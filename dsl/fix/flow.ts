import type { Reaction, StationNode, TicketNode } from '#dsl/syntax'
import {
  changeTo,
  clauseIn,
  declared,
  insert,
  namesOf,
  replace,
  takeOut,
  type Case,
  type Draft,
  type Drafter,
} from './draft.ts'

/** Ways out for tickets: their nodes, ways, clocks and rights. */
export const flowFixes: Readonly<Record<string, Drafter>> = {
  AX5001: function* (at) {
    yield* wayTo(at)
    const station = stationAt(at)
    if (station) yield takeOut(at, ['删掉这个节点', 'Remove this node'], station)
  },
  AX5002: wayOut,
  AX5003: function* (at) {
    for (const clock of [
      [
        '加一个 24h 的时限，到时通知上下环节',
        'Add a clock of 24h that tells both sides',
        'clock 时限 24h { at 100% notify upstream, downstream }',
      ],
      ...namesOf(at, 'role').map(role => [
        `加一个 24h 的时限，超时升级${role}`,
        `Add a clock of 24h that escalates to ${role}`,
        `clock 时限 24h { at 100% escalate ${role} }`,
      ]),
    ] as const)
      yield* clauseIn(at, [clock[0]!, clock[1]!], {
        from: at.diagnostic.start,
        text: clock[2]!,
        place: 'first',
      })
  },
  AX5004: otherwise,
  AX5005: function* (at) {
    yield* beforeOthers(at)
    yield takeOut(at, ['删掉这条流转', 'Remove this transition'], at.diagnostic)
  },
  AX5007: function* (at) {
    yield changeTo(at, at.diagnostic, 'done')
    yield changeTo(at, at.diagnostic, `abort ${at.written}`)
    const [, abortless] = /^abort\s+(.+)$/.exec(at.written) ?? []
    if (abortless) yield changeTo(at, at.diagnostic, abortless)
  },
  AX5008: function* (at) {
    for (const end of endsOf(at))
      yield insert(
        at,
        [`最多 3 次，之后到${end}`, `At most 3 times, then to ${end}`],
        at.diagnostic.end,
        ` max 3 else -> ${end}`,
      )
  },
  AX5009: start,
  AX5010: misplaced,
  AX5011: at => {
    const { hoursOf, hours } = at.diagnostic.params
    const [behind] = /^\s*of\s+\S+/.exec(at.source.slice(at.diagnostic.end)) ?? []
    return [
      changeTo(at, at.diagnostic, `${hoursOf}h`),
      ...(behind
        ? [
            replace(
              at,
              [`按日历走，不看${hours}`, `By the calendar, without ${hours}`],
              { start: at.diagnostic.end, end: at.diagnostic.end + behind.length },
              '',
            ),
          ]
        : []),
    ]
  },
  AX5012: writeRight,
  AX5013: at => {
    const { around } = at
    if (!around) return []
    const cap = /\bcap\s+(0)\b/.exec(at.source.slice(around.start, around.end))
    const start = around.start + (cap?.index ?? 0) + (cap?.[0].length ?? 0) - 1
    return cap ? ['5', '1'].map(count => changeTo(at, { start, end: start + 1 }, count)) : []
  },
  AX8010: at => {
    const number = /\bfrom\s+\d+/.exec(at.source.slice(at.diagnostic.start))
    const end = at.diagnostic.start + (number ? number.index + number[0].length : 0)
    const start = end - (/\d+$/.exec(number?.[0] ?? '')?.[0].length ?? 0)
    const earlier = String(Number(at.diagnostic.params['version']) - 1)
    return [earlier, at.diagnostic.params['version']!].map(version => changeTo(at, { start, end }, version))
  },
  AX8011: withoutMove,
  AX8012: withoutMove,
  AX8013: function* (at) {
    const [owner] = at.diagnostic.params['from']!.split('.')
    const ticket = declared(at, 'ticket').find(({ name }) => name.text === owner)
    for (const { name } of stationsOf(ticket)) yield changeTo(at, at.diagnostic, `${owner}.${name.text}`)
    yield* withoutMove(at)
  },
  AX7005: function* (at) {
    const station = stationAt(at)
    const outcome = at.diagnostic.params['outcome']!
    const fault = station?.reactions.find(({ events }) => events.some(({ text }) => text === 'fault'))
    const name = fault?.events.find(({ text }) => text === 'fault')
    if (name)
      yield insert(
        at,
        [`「${outcome}」和 fault 一样处理`, `Treat “${outcome}” like fault`],
        name.start,
        `${outcome}, `,
      )
    const targets = (station?.reactions ?? []).flatMap(({ target }) =>
      target?.name ? [target.name.text] : [],
    )
    for (const target of new Set(targets))
      yield* clauseIn(at, [`「${outcome}」到${target}`, `“${outcome}” goes to ${target}`], {
        from: at.diagnostic.start,
        text: `on ${outcome} -> ${target}`,
        place: 'last',
      })
  },
}

/** The line of `migrate` that a finding is about goes, and a block that would be empty goes with it. */
function* withoutMove(at: Case): Generator<Draft> {
  const { around } = at
  if (around?.kind !== 'migrate') return
  const title = ['去掉这一条', 'Remove this line'] as const
  const { start } = at.diagnostic
  const drain = around.drains.find(name => name.start === start)
  const move = around.moves.find(each => each.start <= start && start < each.end)
  if (around.moves.length + around.drains.length === 1) yield takeOut(at, title, around)
  else if (move) yield takeOut(at, title, move)
  else if (drain) {
    const word = /\bdrain\s+$/.exec(at.source.slice(0, start))
    yield takeOut(at, title, { start: word?.index ?? start, end: drain.end })
  }
}

function ticketOf({ around }: Case): TicketNode | undefined {
  return around?.kind === 'ticket' ? around : undefined
}

function stationsOf(ticket: TicketNode | undefined): StationNode[] {
  if (!ticket) return []
  const inside = ticket.parallels.flatMap(({ branches }) => branches.flatMap(({ nodes }) => nodes))
  return [...ticket.nodes, ...inside]
}

/** The node the finding names or lies in. */
function stationAt(at: Case): StationNode | undefined {
  const { start } = at.diagnostic
  return stationsOf(ticketOf(at)).find(node => node.start <= start && start < node.end)
}

function endsOf(at: Case): string[] {
  return (ticketOf(at)?.ends ?? []).flatMap(({ name, outcomes }) =>
    outcomes.map(outcome => `${name.text}.${outcome.name.text}`),
  )
}

/** A way to the node from the one that stands before it. */
function* wayTo(at: Case): Generator<Draft> {
  const name = at.diagnostic.params['name']!
  const stations = stationsOf(ticketOf(at)).filter(node => node.by && node.name.text !== name)
  for (const from of stations)
    yield* clauseIn(at, [`从「${from.name.text}」走过来`, `Lead there from “${from.name.text}”`], {
      ...{ from: from.name.start, text: `on 转${name} -> ${name}`, place: 'last' },
    })
}

/** On to an end: where a reaction leads nowhere, or by a clause of its own. */
function* wayOut(at: Case): Generator<Draft> {
  const station = stationAt(at)
  if (!station) return
  const stuck = station.reactions.find(({ target, trigger }) => !target && trigger === 'on')
  for (const end of endsOf(at)) {
    if (stuck)
      yield insert(
        at,
        [`「${stuck.events[0]?.text}」之后到${end}`, `Then on to ${end}`],
        stuck.end,
        ` -> ${end}`,
      )
    yield* clauseIn(at, [`加一条路到${end}`, `Add a way to ${end}`], {
      from: station.name.start,
      text: `on 完成 -> ${end}`,
      place: 'last',
    })
  }
}

function reactionAt(at: Case): { station: StationNode; reaction: Reaction } | undefined {
  const station = stationAt(at)
  const reaction = station?.reactions.find(({ start }) => start === at.diagnostic.start)
  return station && reaction && { station, reaction }
}

/** A way for what the guards leave, to where one of the guarded ways leads or to another place of the ticket. */
function* otherwise(at: Case): Generator<Draft> {
  const found = reactionAt(at)
  if (!found) return
  const event = found.reaction.events[0]?.text ?? ''
  const same = found.station.reactions.filter(({ events }) => events.some(({ text }) => text === event))
  const last = same.at(-1)!
  const targets = [...same.flatMap(({ target }) => (target?.name ? [target.name.text] : [])), ...endsOf(at)]
  const lines = at.source.slice(found.station.start, found.station.end).includes('\n')
  const indent = /[ \t\u3000]*$/.exec(at.source.slice(0, last.start))![0]
  for (const target of new Set(targets))
    yield insert(
      at,
      [`其余情况到${target}`, `Otherwise to ${target}`],
      last.end,
      `${lines ? `\n${indent}` : '; '}on ${event} -> ${target}`,
    )
}

/** A guarded way stands before the one without a condition. */
function* beforeOthers(at: Case): Generator<Draft> {
  const found = reactionAt(at)
  const event = found?.reaction.events[0]?.text
  const open = found?.station.reactions.find(
    ({ when, events, start }) =>
      !when && start < at.diagnostic.start && events.some(({ text }) => text === event),
  )
  if (!open) return
  const { file } = at.diagnostic
  const text = (span: { start: number; end: number }) => at.source.slice(span.start, span.end)
  yield {
    title: ['移到不带条件的那条之前', 'Move it before the one without a condition'],
    edits: [
      { file, start: open.start, end: open.end, text: text(at.diagnostic) },
      { file, start: at.diagnostic.start, end: at.diagnostic.end, text: text(open) },
    ],
  }
}

function* start(at: Case): Generator<Draft> {
  const ticket = ticketOf(at)
  for (const { name } of [...(ticket?.nodes ?? []), ...(ticket?.parallels ?? [])]) {
    const entry = /\n([ \t]*)entry\b[^\n]*/.exec(at.source.slice(ticket!.start, ticket!.end))
    const title = [`从「${name.text}」开始`, `Start at “${name.text}”`] as const
    if (entry)
      yield insert(
        at,
        title,
        ticket!.start + entry.index + entry[0].length,
        `\n${entry[1]}start -> ${name.text}`,
      )
    yield* clauseIn(at, title, { from: ticket!.form.end, text: `start -> ${name.text}`, place: 'first' })
  }
}

/** `on` in a clock is `at 100%`; `at` in a node is `after`. */
function* misplaced(at: Case): Generator<Draft> {
  const { start, end } = at.diagnostic
  const [trigger] = /^(on\s+\S+|at\s+\S+|after\s+\S+)/.exec(at.written) ?? []
  if (!trigger) return
  const span = { start, end: start + trigger.length }
  for (const text of trigger.startsWith('at') ? ['after 24h'] : ['at 100%']) yield changeTo(at, span, text)
  yield takeOut(at, ['删掉它', 'Remove it'], { start, end })
}

/** The right to write the field, or a row of its own in the form's access; or it is not asked for here. */
function* writeRight(at: Case): Generator<Draft> {
  const { field = '', role = '' } = at.diagnostic.params
  const form = ticketOf(at)?.form.text
  for (const access of declared(at, 'access')) {
    if (access.name.text !== form) continue
    const column = access.roles.findIndex(({ text }) => text === role)
    const row = access.rows.find(({ fields }) => fields.some(({ text }) => text === field))
    const right = row?.rights[column]
    const title = [`让${role}能写「${field}」`, `Let ${role} write “${field}”`] as const
    const file = at.index.model.placed.find(({ node }) => node === access)!.file
    if (right) yield { title, edits: [{ file, start: right.start, end: right.end, text: 'write' }] }
    else if (!row && column >= 0) {
      const rights = access.roles.map((_, index) => (index === column ? 'write' : 'read')).join(' | ')
      const { start: first, end } = access.rows.at(-1) ?? access
      const indent = /[ \t\u3000]*$/.exec((at.texts[file] ?? '').slice(0, first))![0]
      const last = first + (at.texts[file] ?? '').slice(first, end).trimEnd().length
      yield { title, edits: [{ file, start: last, end: last, text: `\n${indent}| ${field} | ${rights} |` }] }
    }
  }
  const asked = /\bask\s+\S+\s*$/.exec(at.source.slice(0, at.diagnostic.end))
  if (asked)
    yield replace(
      at,
      [`不在这里要「${field}」`, `Do not ask for “${field}” here`],
      { start: asked.index, end: at.diagnostic.end },
      '',
    )
  else yield takeOut(at, [`不在这里要「${field}」`, `Do not ask for “${field}” here`], at.diagnostic)
}
