import type { Type } from '#core/values'
import type { Blueprint, FieldBlueprint } from './blueprint.ts'

type Fields = Readonly<Record<string, FieldBlueprint>>

/**
 * The type at the end of `customer.name` or `退款单.订单.金额`: a form or an entity, and a field of what each name before leads
 * to; undefined where there is none. Keys and what the desk itself keeps of customers and staff are texts.
 */
export function typeAtPath({ forms, entities }: Blueprint, path: string): Type | undefined {
  const [owner = '', ...names] = path.split('.')
  const form = Object.hasOwn(forms, owner) ? forms[owner]!.fields : undefined
  let type: Type | undefined =
    form || !Object.hasOwn(entities, owner) ? undefined : { kind: 'ref', name: owner }
  for (const [at, name] of names.entries()) {
    const fields: Fields | undefined =
      at === 0 && form ? form : type?.kind === 'ref' ? entities[type.name]?.fields : undefined
    if (!fields) return undefined
    if (Object.hasOwn(fields, name)) type = fields[name]!.type
    else type = name === 'id' || name === 'name' ? { kind: 'text' } : undefined
  }
  return type
}
