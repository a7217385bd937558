import Type, { type Static } from 'typebox'

// What happened on a desk, as a file: tickets with their events as `GET /api/tickets/:id` answers them, and what was known then.

const name = Type.String({ minLength: 1, maxLength: 200 })
const closed = { additionalProperties: false } as const
const at = Type.Number()
const fields = Type.Record(Type.String(), Type.Unknown())

const Event = Type.Object({
  seq: Type.Integer({ minimum: 1 }),
  at,
  actor: Type.Object({
    kind: Type.Union([Type.Literal('staff'), Type.Literal('customer'), Type.Literal('system')]),
    id: Type.String(),
  }),
  happened: Type.Object({ kind: name }),
})

export const History = Type.Object(
  {
    /** Whole answers of the API may stand here: what else they say is not read. */
    tickets: Type.Array(Type.Object({ id: name, events: Type.Array(Event, { minItems: 1 }) })),
    /** By entity and key; customers among them. */
    records: Type.Optional(Type.Record(name, Type.Record(name, fields))),
    /** Who worked there; without it assignments are not compared. */
    staff: Type.Optional(
      Type.Array(
        Type.Object(
          {
            ...{ id: name, name: Type.Optional(name), roles: Type.Array(name) },
            ...{ teams: Type.Optional(Type.Array(name)), skills: Type.Optional(Type.Array(name)) },
            ...{
              onShift: Type.Optional(Type.Boolean()),
              store: Type.Optional(Type.Union([name, Type.Null()])),
            },
          },
          closed,
        ),
      ),
    ),
    /** When somebody's shift began or ended. */
    shifts: Type.Optional(Type.Array(Type.Object({ at, staff: name, onShift: Type.Boolean() }, closed))),
  },
  closed,
)
export type History = Static<typeof History>
