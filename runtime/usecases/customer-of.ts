import type { Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { Tx } from '../store/index.ts'

/** The customer that a record belongs to: itself, or the one in its first customer field. */
export async function customerOf(
  tx: Tx,
  blueprint: Blueprint,
  { entity, key }: { entity: string; key: string },
): Promise<string | undefined> {
  let id: unknown = key
  if (entity !== 'customer') {
    const fields = Object.entries(blueprint.entities[entity]!.fields)
    const [link] = fields.find(([, { type }]) => type.kind === 'ref' && type.name === 'customer') ?? []
    const [row] = await tx.query<{ data: FieldValues }>(
      'select data from record where entity = $1 and key = $2',
      [entity, key],
    )
    id = link === undefined ? undefined : row?.data[link]
  }
  if (typeof id !== 'string') return undefined
  const [known] = await tx.query<{ id: string }>('select id from customer where id = $1', [id])
  return known?.id
}
