import { hasField, type RecordValue } from '#core/values'
import type { Facts } from './compile.ts'

/** A record's names before those around it; what is worked out is worked out when it is read. */
export function layered(around: Facts, record: RecordValue): Facts {
  return new Proxy(around, {
    get: (names, name: string) => (hasField(record, name) ? record.fields[name] : names[name]),
  })
}
