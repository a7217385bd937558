import type { LimitNode, Reaction, SopNode, SopStep, Span, TicketNode } from '#dsl/syntax'
import {
  changeTo,
  clauseIn,
  declared,
  insert,
  replace,
  takeOut,
  type Case,
  type Draft,
  type Drafter,
} from './draft.ts'

/** Ways out of what is proved of the whole: conditions, sends, what nothing uses, what actions are handed. */
export const proofFixes: Readonly<Record<string, Drafter>> = {
  AX5020: at =>
    reactionsAt(at).flatMap(reaction => {
      const { when, start, end } = reaction
      if (!when) return []
      const text = at.source
        .slice(start, end)
        .replace(/\s+when\s[\s\S]*?(?=\s*(?:->|notify|escalate|mark|ask))/, '')
      const isAlone = /\n[ \t]*$/.test(at.source.slice(0, start))
      const gap = isAlone ? `\n${/[ \t]*$/.exec(at.source.slice(0, start))![0]}` : '; '
      return insert(at, ['再写一条不带条件的', 'Add one without a condition'], end, `${gap}${text}`)
    }),
  AX5021: at => reactionsAt(at).map(reaction => takeOut(at, ['删掉这一条', 'Remove it'], reaction)),
  AX5022: at => reactionsAt(at).map(reaction => takeOut(at, ['删掉这一条', 'Remove it'], reaction)),
  AX5030: at => {
    const { around, diagnostic } = at
    if (!around) return []
    const isOne = !('names' in around) || around.kind === 'use' || around.names.length === 1
    return [takeOut(at, ['删掉它', 'Remove it'], isOne ? around : diagnostic)]
  },
  AX5032: at => {
    const fields = at.around?.kind === 'form' ? at.around.fields : []
    const field = fields.find(({ name }) => name.start === at.diagnostic.start)
    const clause = field?.clauses.find(each => each.kind === 'visible')
    return clause?.kind === 'visible' ? without(at, 'visible when', clause.value) : []
  },
  AX7012: at =>
    at.around?.kind === 'source'
      ? clauseIn(at, ['加上 secret', 'Add a secret'], {
          ...{ from: at.diagnostic.start, text: 'secret TOKEN', place: 'first' as const },
        })
      : [],
  AX7013: at => {
    const { around, diagnostic } = at
    const mapping =
      around?.kind === 'source' ? around.mappings.find(({ start }) => start === diagnostic.start) : undefined
    const [first] = mapping?.record.kind === 'record' ? mapping.record.entries : []
    const key = diagnostic.params['key']!
    return first ? [insert(at, [`加上「${key}」`, `Add “${key}”`], first.start, `${key}: ${key}, `)] : []
  },
  AX7014: at => {
    const name = /[\p{L}_][\p{L}\p{N}_.]*/u.exec(at.written)?.[0]
    return name === undefined ? [] : [changeTo(at, at.diagnostic, name)]
  },
  AX7015: at => {
    const { around, diagnostic } = at
    const entries =
      around?.kind === 'source'
        ? around.mappings.flatMap(({ record }) => (record.kind === 'record' ? record.entries : []))
        : []
    const entry = entries.find(({ name }) => name.start === diagnostic.start)
    return entry ? [takeOut(at, ['去掉这一项', 'Leave it out'], entry)] : []
  },
  AX6020: onceEach,
  AX6030: onceEach,
  AX6021: at => [changeTo(at, at.diagnostic, '-')],
  AX6022: at => {
    const { grid } = at.around as LimitNode
    const column = grid.outputs.findIndex(
      ({ subject }) => subject.kind === 'name' && subject.name === 'quiet',
    )
    const cell = grid.rows.find(({ start }) => start === at.diagnostic.start)?.outputs[column]
    return cell ? [replace(at, ['去掉它的静默时段', 'Take its quiet hours away'], cell, '-')] : []
  },
  AX6023: at =>
    stepsAt(at).flatMap(step => {
      if (step.kind !== 'send') return []
      const title = ['按服务通知发', 'Send it as a service message'] as const
      const last = step.channels.at(-1)
      if (step.purpose) return [replace(at, title, step.purpose, 'service')]
      return last ? [insert(at, title, last.end, ' service')] : []
    }),
  AX6024: at =>
    stepsAt(at).map(({ start }) => insert(at, ['先等一天', 'Wait a day before it'], start, 'wait 1d; ')),
  AX6025: at => {
    const { start, end } = at.around!
    const time = /\d{2}:\d{2}/.exec(at.source.slice(start, end))
    if (!time) return []
    const from = start + time.index
    return [replace(at, ['改到 12:00', 'Do it at 12:00'], { start: from, end: from + 5 }, '12:00')]
  },
  AX6027: at =>
    stepsAt(at).flatMap(step => ('when' in step && step.when ? without(at, 'when', step.when) : [])),
  AX6028: at => {
    const trigger = (at.around as SopNode).triggers.find(
      ({ subject }) => subject.start === at.diagnostic.start,
    )
    return trigger?.when ? without(at, 'when', trigger.when) : []
  },
  AX7010: at => {
    const { name, data } = at.diagnostic.params
    const action = declared(at, 'action').find(each => each.name.text === name)
    const last = action?.kind === 'action' ? action.needs.at(-1) : undefined
    const file = at.index.model.placed.find(({ node }) => node === action)?.file
    if (!last || file === undefined) return []
    const title = [`在「${name}」的 needs 里写明`, `Say so in the needs of “${name}”`] as const
    return [{ title, edits: [{ file, start: last.end, end: last.end, text: `, read ${data}` }] }]
  },
}

/** `once per 30d` behind each trigger that has none. */
function onceEach(at: Case): Draft[] {
  const open = (at.around as SopNode).triggers.filter(({ once }) => !once)
  const edits = open.map(({ end }) => ({ file: at.diagnostic.file, start: end, end, text: ' once per 30d' }))
  return [{ title: ['30 天内只进入一次', 'Enter once within 30 days'], edits }]
}

/** A condition taken out with the word before it. */
function without(at: Case, word: string, { start, end }: Span): Draft[] {
  const from = at.source.lastIndexOf(word, start)
  if (from < 0) return []
  const gap = /[ \t]*$/.exec(at.source.slice(0, from))![0].length
  return [replace(at, ['去掉条件', 'Take the condition away'], { start: from - gap, end }, '')]
}

function stepsAt(at: Case): SopStep[] {
  const steps = at.around?.kind === 'sop' ? at.around.steps : []
  return steps.filter(({ start, end }) => start <= at.diagnostic.start && at.diagnostic.end <= end)
}

/** The reactions of a ticket's nodes that hold the finding. */
function reactionsAt(at: Case): Reaction[] {
  if (at.around?.kind !== 'ticket') return []
  const { nodes, parallels }: TicketNode = at.around
  const inside = parallels.flatMap(({ branches }) => branches.flatMap(branch => branch.nodes))
  return [...nodes, ...inside]
    .flatMap(({ reactions }) => reactions)
    .filter(({ start, end }) => start <= at.diagnostic.start && at.diagnostic.end <= end)
}
