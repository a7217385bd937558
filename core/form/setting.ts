import { orderOf, type Blueprint, type SettingBlueprint } from '#core/blueprint'
import { decodeValue, type JsonValue } from '#core/values'
import { fitsScalar } from './validate.ts'

/** Whether a tenant may give a setting this value: one of its type, within its bounds. */
export function settingFits(
  blueprint: Blueprint,
  { type, min, max }: SettingBlueprint,
  json: JsonValue,
): boolean {
  const value = decodeValue(json, type)
  if (value === undefined || value === null || !fitsScalar(blueprint, type, json)) return false
  const order = (end: JsonValue | undefined) => {
    const bound = end === undefined ? null : (decodeValue(end, type) ?? null)
    return bound === null ? 0 : (orderOf(blueprint, type, [value, bound]) ?? 0)
  }
  return (min === undefined || order(min) >= 0) && (max === undefined || order(max) <= 0)
}
