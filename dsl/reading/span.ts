import type { Blueprint, SpanBlueprint } from '#core/blueprint'
import { readCode } from './code.ts'

const units: Readonly<Record<string, string>> = {
  s: '秒',
  m: '分钟',
  h: '小时',
  d: '天',
  w: '周',
  mo: '个月',
}

/** A length of time: `2h` is 「2 小时」. */
export function readDuration(text: string): string {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(mo|[smhdw])/g)]
  return parts.length === 0 ? text : parts.map(([, count, unit]) => `${count} ${units[unit!]}`).join('')
}

/** A span: 「营业时间 2 小时」 when only working hours count. */
export function readSpan(blueprint: Blueprint, { duration, hours }: SpanBlueprint): string {
  const length = readCode(blueprint, duration)
  return hours === null
    ? length
    : `${blueprint.hours[hours]?.label ?? hours}时间 ${length}`.replace('时间时间', '时间')
}
