import type { Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { Tx } from './transaction.ts'

/** A record as something to choose: its key, and what people call it. */
export interface RecordChoice {
  readonly value: string
  readonly label: string
}

/** How many records of one entity are offered at most. */
export const MAX_CHOICES = 200

/** The records of each entity that a reference may name, by key; the rows of a library come with the pack. */
export async function recordChoices(
  tx: Tx,
  blueprint: Blueprint,
  entities: readonly string[],
): Promise<Readonly<Record<string, readonly RecordChoice[]>>> {
  const kept = await tx.query<{ entity: string; key: string; data: FieldValues }>(
    `select entity, key, data from (
       select *, row_number() over (partition by entity order by key) as place from record where entity = any($1)
     ) numbered where place <= ${MAX_CHOICES} order by key`,
    [entities],
  )
  const choicesOf = (entity: string) => [
    ...Object.entries(blueprint.library[entity] ?? {}).map(([key, data]) => ({ key, data })),
    ...kept.filter(row => row.entity === entity),
  ]
  return Object.fromEntries(
    entities.map(entity => [entity, choicesOf(entity).map(row => choiceOf(blueprint, entity, row))]),
  )
}

/** The records of an entity that belong to a customer, by key; of an entity without customers, any. */
export async function recordsOf(
  tx: Tx,
  blueprint: Blueprint,
  { entity, customer, limit }: { entity: string; customer: string | null; limit: number },
): Promise<RecordChoice[]> {
  const fields = Object.entries(blueprint.entities[entity]?.fields ?? {})
  const links = fields.flatMap(([name, { type }]) =>
    type.kind === 'ref' && type.name === 'customer' ? [name] : [],
  )
  const rows = await tx.query<{ key: string; data: FieldValues }>(
    `select key, data from record
     where entity = $1 and ($2::text[] = '{}' or exists (select 1 from unnest($2::text[]) link where data->>link = $3))
     order by key limit $4`,
    [entity, links, customer, limit],
  )
  return rows.map(row => choiceOf(blueprint, entity, row))
}

/** A record is called by its name, else by its key and its first other text. */
function choiceOf(
  blueprint: Blueprint,
  entity: string,
  { key, data }: { readonly key: string; readonly data: FieldValues },
): RecordChoice {
  if (typeof data.name === 'string') return { value: key, label: data.name }
  const { key: keyField, fields } = blueprint.entities[entity] ?? { key: null, fields: {} }
  const texts = Object.entries(fields).filter(([name, { type }]) => type.kind === 'text' && name !== keyField)
  const text = texts.map(([name]) => data[name]).find(value => typeof value === 'string')
  return { value: key, label: text === undefined ? key : `${key} ${String(text)}` }
}
