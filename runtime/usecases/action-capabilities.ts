import { randomUUID } from 'node:crypto'
import type { ActionBlueprint, Blueprint } from '#core/blueprint'
import { filledForm, type DeskFacts, type TicketState } from '#core/desk'
import { formFacts, readRecord } from '#core/form'
import { encodeValue, isRecord, type JsonValue, type Value } from '#core/values'
import type { Deps } from '../deps.ts'
import { createNet, MAX_KV_NAMES, Refused, type Capabilities, type KvPort } from '../sandbox/index.ts'
import { json } from '../store/index.ts'
import { loadFacts } from '../store/load-facts.ts'
import { addSend, fieldToWrite, typeToRead } from './action-refusals.ts'
import { toAction } from './action-values.ts'
import { deskOf } from './run-command.ts'

/** What one run of an action is about. */
export interface ActionCase {
  readonly tenant: string
  readonly blueprint: Blueprint
  readonly action: ActionBlueprint
  readonly state: TicketState
  readonly secrets: Readonly<Record<string, string>>
}

/** What a run asked for and what is done when it has an outcome, together with it. */
export interface Asked {
  readonly fields: Record<string, JsonValue>
  readonly sends: string[]
}

/** What a declaration’s `needs` open to a run; what is written and sent is only noted in `asked`. */
export function capabilitiesFor(
  deps: Deps,
  of: ActionCase,
  { asked, offsetMs }: { readonly asked: Asked; readonly offsetMs: number },
): Capabilities {
  const { tenant, action, blueprint, secrets, state } = of
  const { net, reads, writes = [], sends, keeps } = action
  const values = Object.fromEntries(action.secrets.map(name => [name, secrets[name]]))
  const connector = deps.connector && { connector: deps.connector }
  return {
    time: () => deps.now() + offsetMs,
    random: randomUUID,
    ...(net.length > 0 && { net: createNet({ hosts: net, secrets: values, ...connector }) }),
    ...(action.secrets.length > 0 && { secrets: action.secrets }),
    ...(reads.length > 0 && { read: reader(deps, of) }),
    ...(writes.length > 0 && { write: (path, value) => note(asked, of, { path, value }) }),
    ...(sends && { send: text => send(asked, state, text) }),
    ...(keeps && { kv: kept(deps, { tenant, pack: blueprint.pack.name }) }),
  }
}

function reader(
  deps: Deps,
  { tenant, blueprint, action, state }: ActionCase,
): (path: string) => Promise<JsonValue> {
  let loaded: Promise<DeskFacts> | undefined
  const load = () =>
    deps.store.inTenant(tenant, async tx => {
      const { form } = blueprint.tickets[state.kind]!
      return loadFacts(tx, { blueprint, desk: await deskOf(tx), about: { ...state, form } })
    })
  return async path => {
    const type = typeToRead(blueprint, action, path)
    loaded ??= load()
    return toAction(blueprint, type, valueAt(blueprint, { state, facts: await loaded, path }))
  }
}

/** Absent where the ticket is about nothing of the kind. */
function valueAt(
  blueprint: Blueprint,
  { state, facts, path }: { readonly state: TicketState; readonly facts: DeskFacts; readonly path: string },
): JsonValue {
  const [owner = '', ...names] = path.split('.')
  const filled = filledForm(blueprint, state)
  const subject = blueprint.forms[filled.form]!.subject
  const key = owner === 'customer' ? state.customer : owner === subject ? state.subject : null
  let value: Value = null
  if (owner === filled.form) value = { entity: owner, key: null, fields: formFacts(blueprint, filled, facts) }
  else if (key !== null) value = readRecord(blueprint, facts, { entity: owner, key })
  for (const name of names) {
    if (!isRecord(value)) return null
    value = value.fields[name] ?? null
  }
  return encodeValue(value)
}

async function note(
  asked: Asked,
  { blueprint, action, state }: ActionCase,
  { path, value }: { readonly path: string; readonly value: unknown },
): Promise<void> {
  const field = fieldToWrite(blueprint, action, { path, value })
  if (blueprint.tickets[state.kind]!.form !== field.form) throw new Refused(`${path} was not granted`)
  asked.fields[field.name] = field.value
}

async function send({ sends }: Asked, state: TicketState, text: string): Promise<void> {
  if (state.customer === null) throw new Refused('the ticket has no customer')
  addSend(sends, text)
}

/** What actions of a pack remember on a desk; kept at once, whatever becomes of the run. */
function kept(deps: Deps, { tenant, pack }: { readonly tenant: string; readonly pack: string }): KvPort {
  return {
    get: name =>
      deps.store.inTenant(tenant, async tx => {
        const [row] = await tx.query<{ value: JsonValue }>(
          'select value from action_kv where pack = $1 and name = $2',
          [pack, name],
        )
        return row?.value ?? null
      }),
    set: (name, value) =>
      deps.store.inTenant(tenant, async tx => {
        await tx.query(
          `insert into action_kv (tenant, pack, name, value, changed_at) values ($1, $2, $3, $4, $5)
           on conflict (tenant, pack, name) do update set value = excluded.value, changed_at = excluded.changed_at`,
          [tenant, pack, name, json(value), deps.now()],
        )
        const [row] = await tx.query<{ count: number }>(
          'select count(*)::int as count from action_kv where pack = $1',
          [pack],
        )
        if (row!.count > MAX_KV_NAMES) throw new Refused('the pack keeps too many values')
      }),
    delete: name =>
      deps.store.inTenant(tenant, async tx => {
        await tx.query('delete from action_kv where pack = $1 and name = $2', [pack, name])
      }),
  }
}

/** Nothing asked for yet. */
export const nothingAsked = (): Asked => ({ fields: {}, sends: [] })
