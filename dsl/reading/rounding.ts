import type { Blueprint, RoundingBlueprint } from '#core/blueprint'
import { readValue } from './code.ts'

/** 「四舍五入到 ¥0.01」 */
export function readRounding(blueprint: Blueprint, { mode, step }: RoundingBlueprint): string {
  const to = readValue(blueprint, { kind: 'money' }, step)
  return `${{ half_up: '四舍五入', half_down: '五舍六入', half_even: '四舍六入五取偶', up: '向上取整', down: '向下取整' }[mode]}到 ${to}`
}
