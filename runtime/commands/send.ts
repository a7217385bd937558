import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
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
  const body = Buffer.from(JSON.stringify({ type, timestamp: new Date().toISOString(), data: read }))
  const message = { id: options.id ?? randomUUID(), timestamp: String(Math.floor(Date.now() / 1000)), body }
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
