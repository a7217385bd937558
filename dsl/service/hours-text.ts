import type { HoursBlueprint } from '#core/blueprint'
import type { Language } from '#dsl/diagnostics'

const days = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const

/** A working week on one line: `周一–周五 09:00–12:00, 13:30–18:00; 周六–周日 10:00–17:00`. */
export function hoursText({ week }: HoursBlueprint, language: Language): string {
  const texts = week.map(ranges => ranges.map(([from, to]) => `${from}–${to}`).join(', '))
  const groups: { from: number; to: number; text: string }[] = []
  texts.forEach((text, day) => {
    const last = groups.at(-1)
    if (last?.text === text) last.to = day
    else groups.push({ from: day, to: day, text })
  })
  const name = (day: number) => days[language][day] ?? ''
  return groups
    .filter(({ text }) => text !== '')
    .map(({ from, to, text }) => `${from === to ? name(from) : `${name(from)}–${name(to)}`} ${text}`)
    .join('; ')
}
