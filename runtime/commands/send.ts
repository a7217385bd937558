import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkPack } from '#dsl'
import { signWebhook } from '../channels/webhook/index.ts'
import { devFile, type DevFile } from '../dev/desk.ts'
import type { MessageProblem } from '../usecases/receive-message.ts'
import { readPack, type CommandOptions } from './source.ts'

export interface SendOptions extends CommandOptions {
  readonly pack: string
  readonly url: string
  readonly desk: string
  readonly secret?: string
  readonly id?: string
  /** When it happened; a message that was sent by this id before keeps what it said then. */
  readonly at?: string
}

/** `axle send`: what another system would send to a source of a desk, signed; prints what became of it. */
export async function send(
  { source, type, data = '{}' }: { source: string; type: string; data?: string | undefined },
  options: SendOptions,
): Promise<number> {
  const { sources } = checkPack(await readPack(options.pack)).blueprint
  const declared = Object.hasOwn(sources, source) ? sources[source] : undefined
  if (!declared) {
    console.error(`The pack has no source ${source}; it has: ${Object.keys(sources).join(', ') || 'none'}.`)
    return 2
  }
  const secret = await secretOf(declared.secret, options)
  if (secret === undefined) {
    console.error(`There is no secret ${declared.secret}: start \`axle dev\`, or name a file with --secret.`)
    return 2
  }
  const text = existsSync(data) ? await readFile(data, 'utf8') : data
  const read = parsed(text)
  if (read === undefined) {
    console.error(`This is not JSON: ${text.slice(0, 80)}`)
    return 2
  }
  const happenedAt = options.at === undefined ? new Date() : new Date(options.at)
  if (Number.isNaN(happenedAt.getTime())) {
    console.error('--at takes a time such as 2026-03-02T09:00+08:00')
    return 2
  }
  const id = options.id ?? randomUUID()
  const known = `${options.url} ${options.desk} ${source} ${id}`
  const timestamp = await firstTime(options.pack, known, happenedAt.toISOString())
  const body = Buffer.from(JSON.stringify({ type, timestamp, data: read }))
  const message = { id, timestamp: String(Math.floor(Date.now() / 1000)), body }
  const url = `${options.url}/api/sources/${encodeURIComponent(source)}?desk=${encodeURIComponent(options.desk)}`
  const headers = {
    ...{ 'webhook-id': message.id, 'webhook-timestamp': message.timestamp },
    ...{ 'webhook-signature': signWebhook(message, secret), 'accept-language': options.lang },
  }
  const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined)
  if (!answer) {
    console.error(`Nobody answers at ${options.url}: start \`axle dev\`, or name the service with --url.`)
    return 1
  }
  const said = (await answer.json()) as Said
  console.log(
    options.json ? JSON.stringify(said) : `${answer.status} ${said.state ?? said.title}${whyOf(said)}`,
  )
  return answer.ok && said.state !== 'dead' ? 0 : 1
}

/** So many messages are remembered beside the desk of `axle dev`. */
const MAX_REMEMBERED = 1_000

/**
 * When a message was said to have happened, when it was first sent: the same id with another body would be another message.
 * Nothing is remembered where there is no desk of `axle dev`.
 */
async function firstTime(pack: string, known: string, time: string): Promise<string> {
  const folder = join(pack, '.axle')
  const file = join(folder, 'sent.json')
  const sent = existsSync(file)
    ? (JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, string>>)
    : {}
  if (sent[known] !== undefined || !existsSync(folder)) return sent[known] ?? time
  const kept = Object.entries(sent).slice(1 - MAX_REMEMBERED)
  await writeFile(file, JSON.stringify(Object.fromEntries([...kept, [known, time]]), null, 2))
  return time
}

interface Said {
  readonly state?: string
  readonly title?: string
  readonly problem?: MessageProblem
}

/** `: 实付 type "free"`. */
function whyOf({ problem }: Said): string {
  if (!problem) return ''
  const fields = problem.fields.map(({ field, problem: what, detail }) =>
    `${field} ${what} ${detail ?? ''}`.trim(),
  )
  return `: ${[problem.code, problem.detail ?? [], ...fields].flat().join(' · ')}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Why: whoever typed it is told.
    return undefined
  }
}

async function secretOf(name: string, { pack, secret }: SendOptions): Promise<string | undefined> {
  if (secret !== undefined) return (await readFile(secret, 'utf8')).trim()
  const file = devFile(join(pack, '.axle'))
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as DevFile).secrets[name] : undefined
}
