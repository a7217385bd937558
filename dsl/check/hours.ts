import type { HoursBlueprint } from '#core/blueprint'
import type { Expression, HoursLine, HoursNode, Name } from '#dsl/syntax'
import { literalOf } from './literal.ts'
import type { Scope } from './scope.ts'

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const calendars: ReadonlySet<string> = new Set(['CN'])

/** Checks working hours: known days, intervals that do not overlap, a holiday calendar that exists. */
export function checkHours(scope: Scope, node: HoursNode): HoursBlueprint {
  const week: [string, string][][] = days.map(() => [])
  for (const line of node.lines) readLine(scope, line, week)
  if (node.lines.length === 0) scope.report(node.name, 'AX3017', { name: node.name.text })
  for (const day of week) day.sort(([a], [b]) => (a < b ? -1 : 1))
  const holidays = node.except.map(except => holidayOf(scope, except)).find(id => id !== undefined)
  return { label: node.label?.value ?? node.name.text, week, holidays: holidays ?? null }
}

function readLine(scope: Scope, line: HoursLine, week: [string, string][][]): void {
  const from = dayOf(scope, line.fromDay)
  const to = line.toDay ? dayOf(scope, line.toDay) : from
  if (from === undefined || to === undefined) return
  for (const written of line.ranges) {
    const range = intervalOf(scope, written)
    if (!range) continue
    const span = Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, step) => week[(from + step) % 7]!)
    if (span.some(day => day.some(other => range[0] < other[1] && other[0] < range[1])))
      scope.report(written, 'AX3007')
    else for (const day of span) day.push(range)
  }
}

function dayOf(scope: Scope, name: Name): number | undefined {
  const index = days.indexOf(name.text)
  if (index >= 0) return index
  scope.report(name, 'AX2002', { name: name.text })
  return undefined
}

function intervalOf(scope: Scope, range: Expression): [string, string] | undefined {
  const ends = range.kind === 'binary' && range.operator === '..' ? [range.left, range.right] : []
  const [from, to] = ends.map(end => {
    const literal = literalOf(end)
    return literal?.type.kind === 'time' ? String(literal.value).padStart(5, '0') : undefined
  })
  if (from !== undefined && to !== undefined && from < to) return [from, to]
  scope.report(range, 'AX3007')
  return undefined
}

/** `holiday(CN)` */
function holidayOf(scope: Scope, except: Expression): string | undefined {
  if (except.kind === 'call' && except.callee.kind === 'name' && except.callee.name === 'holiday') {
    const [arg] = except.args
    if (arg?.value.kind === 'name' && calendars.has(arg.value.name)) return arg.value.name
  }
  scope.report(except, 'AX2002', { name: 'holiday(…)' })
  return undefined
}
