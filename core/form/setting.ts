import { orderOf, type Blueprint, type SettingBlueprint } from '#core/blueprint'
import { decodeValue, type JsonValue } from '#core/values'
import { fitsScalar, type FieldProblem } from './validate.ts'

/** Why a tenant may not give a setting this value: it is not of its type, or beyond a bound; null when they may. */
export function settingProblem(
  blueprint: Blueprint,
  { type, min, max }: SettingBlueprint,
  json: JsonValue,
): Pick<FieldProblem, 'problem' | 'detail'> | null {
  const value = decodeValue(json, type)
  if (value === null) return { problem: 'required', detail: null }
  if (value === undefined || !fitsScalar(blueprint, type, json)) return { problem: 'type', detail: null }
  const order = (end: JsonValue | undefined) => {
    const bound = end === undefined ? null : (decodeValue(end, type) ?? null)
    return bound === null ? 0 : (orderOf(blueprint, type, [value, bound]) ?? 0)
  }
  if (min !== undefined && order(min) < 0) return { problem: 'below', detail: String(min) }
  return max !== undefined && order(max) > 0 ? { problem: 'above', detail: String(max) } : null
}

/** The blueprint as it answers on a desk that chose these settings: what was chosen stands for what is declared. */
export function withSettings(blueprint: Blueprint, chosen: Readonly<Record<string, JsonValue>>): Blueprint {
  const settings = Object.entries(blueprint.settings).map(([name, setting]) => [
    name,
    chosen[name] === undefined ? setting : { ...setting, default: chosen[name] },
  ])
  return { ...blueprint, settings: Object.fromEntries(settings) as Blueprint['settings'] }
}
