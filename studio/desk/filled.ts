import type { EventReply, FieldReply, TicketReply } from '#core/wire'
import { nameOf, type Desk } from '../data/desk.ts'
import { valuesOf } from '../parts/axle-pictures.ts'
import { isEmpty, type FieldValue } from '../parts/read-value.ts'
import { shownValue } from '../parts/value-text.ts'
import { t } from '../text/text.ts'

type Fields = Readonly<Record<string, FieldValue>>
const pictured: ReadonlySet<string> = new Set(['photo', 'file'])

/** What was filled at each event that fills fields, by its place in the history: a line for every field the reader may read, with what stood there before. */
export function filledLines(desk: Desk, ticket: TicketReply): ReadonlyMap<number, readonly string[]> {
  const known = new Map<string, FieldValue>()
  const declared = new Map([...ticket.fields, ...ticket.hiddenFields].map(field => [field.name, field]))
  const line = (name: string, value: FieldValue) => {
    const field = declared.get(name)
    const [before, after] = [known.get(name) ?? null, value].map(one => valueText(desk, field, one))
    const label = nameOf(desk.vocabulary.labels, `${ticket.form}.${name}`)
    return before === after || isEmpty(known.get(name))
      ? t('event.filled', { label, value: after! })
      : t('event.refilled', { label, before: before!, value: after! })
  }
  const filled = ticket.events.flatMap(({ seq, happened }): [number, readonly string[]][] => {
    const fields = fieldsOf(happened)
    const lines = Object.entries(fields).map(([name, value]) => line(name, value))
    for (const [name, value] of Object.entries(fields)) known.set(name, value)
    return happened.kind === 'fields-filled' ? [[seq, lines]] : []
  })
  return new Map(filled)
}

const fieldsOf = (happened: EventReply['happened']): Fields => (happened as { fields?: Fields }).fields ?? {}

/** A value in a line; of pictures how many. */
function valueText(desk: Desk, field: FieldReply | undefined, value: FieldValue): string {
  if (isEmpty(value)) return t('field.empty')
  if (field && pictured.has(field.type)) return t('event.pictures', { count: valuesOf(value).length })
  const unknown = { type: 'text', typeName: null, columns: null, choices: null }
  return shownValue(field ?? unknown, value, desk.vocabulary.labels)
}
