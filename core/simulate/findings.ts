import type { ClockReport, Report, SendReport, StockReport } from './report.ts'

/** Something a month of traffic shows that nobody wants. */
export type Finding =
  /** Clocks of a role's places that too few hold. */
  | { readonly finding: 'late'; readonly role: string; readonly clocks: readonly ClockReport[] }
  | { readonly finding: 'short'; readonly stock: StockReport }
  /** More of a step's messages were dropped, or held by a pause, than went out. */
  | { readonly finding: 'blocked'; readonly send: SendReport }
  /** Somebody could not go on for want of something that the desk asks for. */
  | { readonly finding: 'stuck'; readonly where: string; readonly times: number }

/** So many ends of a clock say something. */
const ENOUGH = 20

/** What is wrong, parts first, then what is late most. */
export function findingsOf(report: Report): Finding[] {
  const roles = new Map(report.nodes.map(({ ticket, node, role }) => [`${ticket}.${node}`, role]))
  const late = new Map<string, ClockReport[]>()
  for (const clock of report.clocks) {
    if (clock.inTime + clock.late < ENOUGH || clock.share >= report.target) continue
    const role = roles.get(`${clock.ticket}.${clock.node}`)!
    late.set(role, [...(late.get(role) ?? []), clock])
  }
  const times = (clocks: readonly ClockReport[]) => clocks.reduce((sum, clock) => sum + clock.late, 0)
  return [
    ...report.stock.filter(({ short }) => short > 0).map((stock): Finding => ({ finding: 'short', stock })),
    ...[...late]
      .sort(([, a], [, b]) => times(b) - times(a))
      .map(([role, clocks]): Finding => ({ finding: 'late', role, clocks })),
    ...report.sends
      .filter(({ sent, dropped, held }) => dropped + held > sent)
      .map((send): Finding => ({ finding: 'blocked', send })),
    ...report.stuck.map((stuck): Finding => ({ finding: 'stuck', ...stuck })),
  ]
}

/** What a finding is about, whatever its figures. */
export function findingKey(found: Finding): string {
  switch (found.finding) {
    case 'late':
      return `late ${found.role}`
    case 'short':
      return `short ${found.stock.entity} ${found.stock.item} ${found.stock.region ?? ''}`
    case 'blocked':
      return `blocked ${found.send.from} ${found.send.step} ${found.send.channel}`
    case 'stuck':
      return `stuck ${found.where}`
  }
}
