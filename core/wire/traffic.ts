import Type, { type Static } from 'typebox'

// What a simulation is given besides the pack: a JSON file, every part of which may be left out.

const name = Type.String({ minLength: 1, maxLength: 200 })
const closed = { additionalProperties: false } as const
const weight = Type.Number({ minimum: 0 })
const share = Type.Number({ minimum: 0, maximum: 1 })
const bound = Type.Union([Type.Number(), Type.String({ maxLength: 40 })])
const none = Type.Optional(share)

/** A value that is drawn: one of several by weight, one between two bounds, or always the same; `none`: how often there is none. */
const Always = Type.Object({ always: Type.Unknown(), none }, closed)
const Pick = Type.Object({ pick: Type.Record(name, weight, { minProperties: 1 }), none }, closed)
const Between = Type.Object({ between: Type.Tuple([bound, bound]), none }, closed)
const FlatDraw = Type.Union([Always, Pick, Between])
/** A list whose rows are drawn field by field. */
const Rows = Type.Object(
  { rows: Type.Object({ count: FlatDraw, fields: Type.Record(name, FlatDraw) }, closed), none },
  closed,
)
const Draw = Type.Union([Always, Pick, Between, Rows])
const Draws = Type.Record(name, Draw)
export type Draw = Static<typeof Draw>

/** How the day (24 hours) and the week (from Monday) share out what comes; all alike without it. */
const rhythm = {
  perDay: Type.Number({ minimum: 0, maximum: 1_000_000 }),
  hours: Type.Optional(Type.Array(weight, { minItems: 24, maxItems: 24 })),
  weekdays: Type.Optional(Type.Array(weight, { minItems: 7, maxItems: 7 })),
}
const count = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' })

/** When somebody works: hours of the pack by name, or days (1 is Monday) with one stretch of local time. */
const Shift = Type.Union([
  name,
  Type.Object(
    {
      days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
      from: time,
      to: time,
    },
    closed,
  ),
])

/** Tickets of one kind that come for different reasons are streams of their own, each with a name. */
const Stream = Type.Object(
  {
    ticket: name,
    entry: Type.Optional(name),
    /** The role whose members open them, on the desk; without it customers do. */
    by: Type.Optional(name),
    ...rhythm,
    fields: Type.Optional(Draws),
    /** Fields of the record each ticket is about; without it records are taken from the pool. */
    about: Type.Optional(Draws),
  },
  closed,
)

const Crew = Type.Object(
  {
    role: name,
    count,
    teams: Type.Optional(Type.Array(name)),
    skills: Type.Optional(Type.Array(name)),
    store: Type.Optional(Type.Union([name, Type.Null()])),
    shift: Type.Optional(Shift),
    /** Pay for an hour on shift, in the pack's currency. */
    hourly: Type.Optional(Type.Number({ minimum: 0 })),
  },
  closed,
)

/** What is done at a node (`工单.节点`): how long it takes, how it ends, what is filled in. */
const Work = Type.Object(
  {
    /** The median, of hands on the work; of a customer's node until the answer. */
    minutes: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
    /** Of the logarithm: 0 is always the median, 0.5 a usual scatter. */
    spread: Type.Optional(Type.Number({ minimum: 0, maximum: 3 })),
    /** Transitions by weight. */
    ends: Type.Optional(Type.Record(name, weight)),
    /** How many customers answer at all. */
    answers: Type.Optional(share),
    fields: Type.Optional(Draws),
  },
  closed,
)

const Run = Type.Object(
  {
    minutes: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
    /** Outcomes by weight, `fault` among them. */
    ends: Type.Optional(Type.Record(name, weight)),
    output: Type.Optional(Draws),
  },
  closed,
)

/** So many of an item where a region's tickets use it, and how many come again how often. */
const Shelf = Type.Object(
  {
    entity: name,
    item: name,
    /** Without it, for everywhere. */
    region: Type.Optional(name),
    onHand: count,
    deliveries: Type.Optional(
      Type.Object({ everyDays: Type.Integer({ minimum: 1, maximum: 365 }), count }, closed),
    ),
    unitCost: Type.Optional(Type.Number({ minimum: 0 })),
  },
  closed,
)

export const Traffic = Type.Object(
  {
    /** Where editors find this schema. */
    $schema: Type.Optional(Type.String()),
    /** The first day, local. */
    startsOn: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    streams: Type.Optional(Type.Record(name, Stream)),
    /** What other systems report of customers and their records, by a name of one's own. */
    events: Type.Optional(Type.Record(name, Type.Object({ entity: name, event: name, ...rhythm }, closed))),
    customers: Type.Optional(Type.Object({ count, fields: Type.Optional(Draws) }, closed)),
    records: Type.Optional(Type.Record(name, Type.Object({ count, fields: Type.Optional(Draws) }, closed))),
    staff: Type.Optional(Type.Array(Crew, { maxItems: 1000 })),
    work: Type.Optional(Type.Record(name, Work)),
    actions: Type.Optional(Type.Record(name, Run)),
    stock: Type.Optional(Type.Array(Shelf, { maxItems: 10_000 })),
    /** Parties whose shares are the desk's own. */
    own: Type.Optional(Type.Array(name)),
    /** Which share of clocks is to be in time; 0.95 without it. */
    inTime: Type.Optional(share),
  },
  closed,
)
export type Traffic = Static<typeof Traffic>
