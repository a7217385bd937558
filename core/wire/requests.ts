import Type, { type Static } from 'typebox'
import { MAX_FILE_LENGTH } from './source.ts'

// The bodies of requests: one schema serves as type, as check at the edge, and in the OpenAPI document.

const id = Type.String({ minLength: 1, maxLength: 100 })
const closed = { additionalProperties: false } as const
const fields = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown())

const ofLogIn = { desk: id, password: Type.String({ minLength: 1, maxLength: 200 }) }
/** Who logs in: `login`, as everywhere else, or `name`. */
export const LogIn = Type.Union([
  Type.Object({ ...ofLogIn, login: id }, closed),
  Type.Object({ ...ofLogIn, name: id }, closed),
])
export type LogIn = Static<typeof LogIn>

export const AcceptInvite = Type.Object({ token: id, password: Type.String({ maxLength: 200 }) }, closed)
export type AcceptInvite = Static<typeof AcceptInvite>

export const ReadLink = Type.Object({ token: id }, closed)
export type ReadLink = Static<typeof ReadLink>

/** The first desk of an empty server, and who administers it. */
export const SetUp = Type.Object(
  { token: id, id, name: id, login: id, password: Type.String({ maxLength: 200 }) },
  closed,
)
export type SetUp = Static<typeof SetUp>

/** Which tickets are listed, as the query of an address says it. */
export const ListTickets = Type.Object(
  {
    status: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('closed')])),
    ...{ assignee: Type.Optional(id), team: Type.Optional(id), customer: Type.Optional(id) },
    /** `true`: only those at a place of staff that nobody holds. */
    unassigned: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
    /** A ticket's number (`12`, `#12`) or a part of the customer's name. */
    search: Type.Optional(Type.String({ maxLength: 100 })),
    rows: Type.Optional(Type.String({ pattern: '^[0-9]{1,6}$' })),
  },
  closed,
)
export type ListTickets = Static<typeof ListTickets>

export const OpenTicket = Type.Object(
  {
    ticket: id,
    entry: id,
    customer: Type.Union([id, Type.Null()]),
    /** The name of somebody the desk does not know yet, in the place of `customer`. */
    newCustomer: Type.Optional(id),
    subject: Type.Optional(Type.Union([id, Type.Null()])),
    fields,
  },
  closed,
)
export type OpenTicket = Static<typeof OpenTicket>

/** A ticket that is not opened yet, as far as it is filled. */
export const FillOpening = Type.Object(
  { ticket: id, customer: Type.Union([id, Type.Null()]), subject: Type.Union([id, Type.Null()]), fields },
  closed,
)
export type FillOpening = Static<typeof FillOpening>

/** What somebody typed into the form of a ticket and did not hand in yet. */
export const FillTicket = Type.Object({ fields }, closed)
export type FillTicket = Static<typeof FillTicket>

export const TakeTransition = Type.Object({ node: id, event: id, fields: Type.Optional(fields) }, closed)
export type TakeTransition = Static<typeof TakeTransition>

/** `reason`: why it is handed to somebody. */
export const AssignTicket = Type.Object(
  { node: id, to: Type.Union([id, Type.Null()]), reason: Type.Optional(Type.String({ maxLength: 500 })) },
  closed,
)
export type AssignTicket = Static<typeof AssignTicket>

export const ChooseSubject = Type.Object({ subject: id }, closed)
export type ChooseSubject = Static<typeof ChooseSubject>

const words = Type.String({ minLength: 1, maxLength: 2_000 })

/** Words of staff on a ticket: an answer to its customer, or a note for staff alone. */
export const SayWords = Type.Object(
  { to: Type.Union([Type.Literal('customer'), Type.Literal('staff')]), text: words },
  closed,
)
export type SayWords = Static<typeof SayWords>

/** An answer that is not given yet. */
export const JudgeWords = Type.Object({ text: words }, closed)
export type JudgeWords = Static<typeof JudgeWords>

export const MoveClock = Type.Object({ byMs: Type.Integer({ minimum: 0 }) }, closed)
export type MoveClock = Static<typeof MoveClock>

const names = Type.Array(id, { maxItems: 50 })
const ofStaff = {
  roles: Type.Optional(names),
  teams: Type.Optional(names),
  skills: Type.Optional(names),
  onShift: Type.Optional(Type.Boolean()),
  departments: Type.Optional(names),
  store: Type.Optional(Type.Union([id, Type.Null()])),
  wecomUser: Type.Optional(Type.Union([id, Type.Null()])),
}
export const AddStaff = Type.Object({ name: id, login: id, ...ofStaff }, closed)
export type AddStaff = Static<typeof AddStaff>

/** What is to be different; what is left out stays. */
export const ChangeStaff = Type.Object({ name: Type.Optional(id), ...ofStaff }, closed)
export type ChangeStaff = Static<typeof ChangeStaff>

/** `externalId`: how WeCom knows a customer. */
export const PutRecord = Type.Object({ data: fields, externalId: Type.Optional(id) }, closed)
export type PutRecord = Static<typeof PutRecord>

/** `at`: when it happened (epoch ms), for what is reported late. */
export const ReportEvent = Type.Object({ event: id, at: Type.Optional(Type.Integer({ minimum: 0 })) }, closed)
export type ReportEvent = Static<typeof ReportEvent>

export const ConnectWecom = Type.Object(
  {
    account: id,
    baseUrl: Type.String({ pattern: '^https?://', maxLength: 200 }),
    corpId: id,
    secret: id,
    agentId: Type.Integer({ minimum: 0 }),
    token: id,
    aesKey: Type.String({ minLength: 43, maxLength: 43 }),
  },
  closed,
)
export type ConnectWecom = Static<typeof ConnectWecom>

/** What is typed at a step of connecting WeCom; a secret left out is the one typed before. */
export const ConnectStep = Type.Object(
  {
    baseUrl: Type.Optional(Type.String({ pattern: '^https?://', maxLength: 200 })),
    corpId: Type.Optional(id),
    secret: Type.Optional(id),
    agentId: Type.Optional(Type.Integer({ minimum: 0 })),
    account: Type.Optional(id),
    publicUrl: Type.Optional(Type.String({ pattern: '^https?://[^/?#]+$', maxLength: 200 })),
    token: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' })),
    aesKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{43}$' })),
  },
  closed,
)
export type ConnectStep = Static<typeof ConnectStep>

/** What the administrator of an emulated corp does in its console. */
export const ClickConsole = Type.Object(
  { click: Type.Union([Type.Literal('callback'), Type.Literal('domain')]) },
  closed,
)
export type ClickConsole = Static<typeof ClickConsole>

export const HireMembers = Type.Object({ users: Type.Array(id, { minItems: 1, maxItems: 500 }) }, closed)
export type HireMembers = Static<typeof HireMembers>

/** Which stores' new tickets begin with a version first; without, all do. */
export const ForStores = Type.Object(
  { stores: Type.Optional(Type.Array(id, { minItems: 1, maxItems: 2_000, uniqueItems: true })) },
  closed,
)
export type ForStores = Static<typeof ForStores>

/** Which kind of ticket customers' first words open. */
export const ChooseFirstWords = Type.Object({ ticket: id }, closed)
export type ChooseFirstWords = Static<typeof ChooseFirstWords>

/** What is installed, for some stores first, and only if it is what was planned (`result` of the plan). */
export const InstallPack = Type.Object(
  { ...ForStores.properties, result: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })) },
  closed,
)
export type InstallPack = Static<typeof InstallPack>

/** Where a version that some stores use first goes on: these stores (none takes it back), or all. */
export const RollOut = Type.Union([
  Type.Object({ stores: Type.Array(id, { maxItems: 2_000, uniqueItems: true }) }, closed),
  Type.Object({ all: Type.Literal(true) }, closed),
])
export type RollOut = Static<typeof RollOut>

export const Consent = Type.Object({ hash: id }, closed)
export type Consent = Static<typeof Consent>

const ofConflict = {
  /** The release that was planned, and which of its conflicts. */
  hash: id,
  place: id,
}
/** What is to stand where a desk and a release both changed one thing: the desk’s, the release’s, or another text. */
export const DecideConflict = Type.Union([
  Type.Object({ ...ofConflict, how: Type.Union([Type.Literal('keep'), Type.Literal('take')]) }, closed),
  Type.Object(
    { ...ofConflict, how: Type.Literal('merge'), text: Type.String({ maxLength: MAX_FILE_LENGTH }) },
    closed,
  ),
])
export type DecideConflict = Static<typeof DecideConflict>

export const ChooseSettings = Type.Object({ values: fields }, closed)
export type ChooseSettings = Static<typeof ChooseSettings>

const holders = Type.Record(id, Type.Array(id, { maxItems: 1000 }))
/** Staff ids, and names of departments, by role. */
export const MapRoles = Type.Object({ roles: holders, departments: Type.Optional(holders) }, closed)
export type MapRoles = Static<typeof MapRoles>

/** A public key (PEM) and what people call whoever signs with it. */
export const TrustKey = Type.Object({ pem: Type.String({ maxLength: 2_000 }), name: id }, closed)
export type TrustKey = Static<typeof TrustKey>

export const GoLive = Type.Object({ outward: Type.Array(id, { maxItems: 50 }) }, closed)
export type GoLive = Static<typeof GoLive>

export const WriteAsCustomer = Type.Object(
  {
    externalId: Type.Optional(id),
    name: Type.Optional(id),
    text: Type.String({ minLength: 1, maxLength: 2000 }),
  },
  closed,
)
export type WriteAsCustomer = Static<typeof WriteAsCustomer>
