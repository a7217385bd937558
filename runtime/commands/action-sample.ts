import { randomUUID } from 'node:crypto'
import { Ajv } from 'ajv'
import { Type, type Static } from 'typebox'
import type { ActionBlueprint, Blueprint } from '#core/blueprint'
import { FileError, misfit } from '../json-file.ts'
import { callOf, createNet, guardedConnector, Refused, type Capabilities } from '../sandbox/index.ts'
import { addSend, fieldToWrite, typeToRead } from '../usecases/action-refusals.ts'

const closed = { additionalProperties: false } as const
const values = Type.Record(Type.String(), Type.Unknown())

/** A sample file: what goes in as the action reads it, what the outside answers, and what should come of it. */
const SampleFile = Type.Object(
  {
    name: Type.Optional(Type.String()),
    in: values,
    key: Type.Optional(Type.String()),
    /** Epoch ms. */
    now: Type.Optional(Type.Number()),
    /** Answers in the order in which the action asks; `url` and `method` are checked where they are given. */
    net: Type.Optional(
      Type.Array(
        Type.Object(
          {
            method: Type.Optional(Type.String()),
            url: Type.Optional(Type.String()),
            status: Type.Integer(),
            json: Type.Optional(Type.Unknown()),
            text: Type.Optional(Type.String()),
            /** Instead of an answer: the call comes to nothing. */
            fails: Type.Optional(Type.String()),
          },
          closed,
        ),
      ),
    ),
    /** Path to value. */
    read: Type.Optional(values),
    kv: Type.Optional(values),
    secrets: Type.Optional(Type.Record(Type.String(), Type.String())),
    expect: Type.Optional(
      Type.Object(
        {
          outcome: Type.Optional(Type.String()),
          out: Type.Optional(values),
          /** How the fault begins: `thrown`, `deadline`, `result: 流水`. */
          fault: Type.Optional(Type.String()),
          calls: Type.Optional(Type.Array(values)),
          writes: Type.Optional(values),
          sends: Type.Optional(Type.Array(Type.String())),
          kept: Type.Optional(values),
        },
        closed,
      ),
    ),
  },
  closed,
)
type SampleFile = Static<typeof SampleFile>

export interface Sample extends Required<
  Pick<SampleFile, 'name' | 'in' | 'key' | 'net' | 'read' | 'kv' | 'secrets'>
> {
  readonly now: number | undefined
  readonly expect: NonNullable<SampleFile['expect']>
}

const fits = new Ajv({ strict: true, verbose: true }).compile(SampleFile)

/** A sample: a whole one, or the plain inputs alone. `where` names it, a file and its case. Throws FileError. */
export function readSample(json: unknown, where: string): Sample {
  const isWhole = typeof json === 'object' && json !== null && 'in' in json
  const read = (isWhole ? json : { in: json }) as SampleFile
  if (!fits(read)) throw new FileError(`${where}: ${misfit(fits.errors)}`)
  const { name = 'sample', key = 'sample', net = [], kv = {}, secrets = {}, expect = {} } = read
  return { ...{ name, key, net, kv, secrets, expect }, read: read.read ?? {}, in: read.in, now: read.now }
}

/** The outside of a run, with what the action asked of it. */
export interface Script {
  readonly capabilities: Capabilities
  readonly asked: {
    readonly calls: unknown[]
    readonly writes: Record<string, unknown>
    readonly sends: string[]
    readonly kept: Record<string, unknown>
  }
}

/** Answers as the sample says; with `live`, the hosts that the declaration names are really called. */
export function scripted(
  blueprint: Blueprint,
  action: ActionBlueprint,
  { sample, live }: { readonly sample: Sample; readonly live: boolean },
): Script {
  const { net, secrets, reads, writes = [], sends, keeps } = action
  const asked: Script['asked'] = { calls: [], writes: {}, sends: [], kept: { ...sample.kv } }
  const answers = [...sample.net]
  const call: Capabilities['net'] = async request => {
    const { method, url, body } = request
    callOf(request, { hosts: net, protocols: guardedConnector.protocols })
    asked.calls.push({ method, url, ...(body !== undefined && { body }) })
    const answer = answers.shift()
    const isMeant = answer && (answer.url ?? url) === url && (answer.method ?? method) === method
    if (!isMeant) throw new Refused(`the sample of ${blueprint.pack.name} has no answer for ${method} ${url}`)
    if (answer.fails !== undefined) throw new Refused(answer.fails)
    return { status: answer.status, text: answer.text ?? JSON.stringify(answer.json ?? null) }
  }
  const granted = Object.fromEntries(secrets.map(name => [name, sample.secrets[name] ?? '']))
  return {
    asked,
    capabilities: {
      time: () => sample.now ?? Date.now(),
      random: randomUUID,
      ...(net.length > 0 && { net: live ? createNet({ hosts: net, secrets: granted }) : call }),
      ...(secrets.length > 0 && { secrets }),
      ...(reads.length > 0 && {
        read: async path => (typeToRead(blueprint, action, path), sample.read[path] ?? null),
      }),
      ...(writes.length > 0 && {
        write: async (path, value) => {
          fieldToWrite(blueprint, action, { path, value })
          asked.writes[path] = value
        },
      }),
      ...(sends && { send: async text => addSend(asked.sends, text) }),
      ...(keeps && {
        kv: {
          get: async name => asked.kept[name] ?? null,
          set: async (name, value) => void (asked.kept[name] = value),
          delete: async name => void delete asked.kept[name],
        },
      }),
    },
  }
}
