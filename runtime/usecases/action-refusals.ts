// What an action may do by its declaration, whoever runs it: a desk and `axle action` refuse the same.
import { typeAtPath, type ActionBlueprint, type Blueprint } from '#core/blueprint'
import type { JsonValue, Type } from '#core/values'
import { Refused } from '../sandbox/index.ts'
import { fromAction, mismatch } from './action-values.ts'

/** Messages that one run may ask for. */
export const MAX_SENDS = 3

/** The type of what an action reads at a path. Throws Refused for what was not granted. */
export function typeToRead(blueprint: Blueprint, { reads }: ActionBlueprint, path: string): Type {
  if (!reads.some(read => path === read || path.startsWith(`${read}.`)))
    throw new Refused(`${path} was not granted`)
  const type = typeAtPath(blueprint, path)
  if (!type) throw new Refused(`there is no ${path}`)
  return type
}

/** The field of a form that an action writes, and its value as it is kept. Throws Refused for what was not granted or does not fit. */
export function fieldToWrite(
  blueprint: Blueprint,
  { writes = [] }: ActionBlueprint,
  { path, value }: { readonly path: string; readonly value: unknown },
): { readonly form: string; readonly name: string; readonly value: JsonValue } {
  if (!writes.includes(path)) throw new Refused(`${path} was not granted`)
  const [form = '', name = ''] = path.split('.')
  const field = blueprint.forms[form]!.fields[name]!
  if (field.computed !== undefined) throw new Refused(`this is no value of ${path}: it is computed`)
  const written = fromAction(blueprint, field.type, value as JsonValue)
  if (written === undefined)
    throw new Refused(`this is no value of ${path}: ${mismatch(blueprint, field, value as JsonValue)}`)
  return { form, name, value: written }
}

/** One message more to the ticket's customer. Throws Refused beyond MAX_SENDS. */
export function addSend(sends: string[], text: string): void {
  if (sends.length >= MAX_SENDS) throw new Refused(`a run sends ${MAX_SENDS} messages at most`)
  sends.push(text)
}
