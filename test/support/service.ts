import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { StoreOptions } from '../../runtime/store/index.ts'

/** The running service as its users meet it: a process of its own, reached over HTTP. */
export interface Service {
  readonly url: string
  readonly output: () => string
  /** Ends the process at once, as a power cut would. */
  readonly kill: () => Promise<void>
  /** Asks the process to end and waits for its exit code. */
  readonly stop: () => Promise<number | null>
}

const READY_MS = 120_000

const environment = ({ dataDir, databaseUrl }: StoreOptions) => ({
  ...process.env,
  ...{ AXLE_DATA: dataDir, AXLE_PORT: '0', AXLE_DEMO: 'off', NODE_NO_WARNINGS: '1' },
  AXLE_DATABASE_URL: databaseUrl ?? '',
})

/** Starts `runtime/main.ts` on the given data, with more of the environment when given, and waits until it says that it is ready. */
export async function startService(
  options: StoreOptions,
  extra: Readonly<Record<string, string>> = {},
): Promise<Service> {
  const child = spawn(process.execPath, ['runtime/main.ts'], { env: { ...environment(options), ...extra } })
  let said = ''
  child.stdout.on('data', chunk => (said += String(chunk)))
  child.stderr.on('data', chunk => (said += String(chunk)))
  const url = await readyUrl(child, () => said)
  return {
    url,
    output: () => said,
    kill: () => end(child, 'SIGKILL').then(() => undefined),
    stop: () => end(child, 'SIGTERM'),
  }
}

/** Runs the CLI on the given data. */
export function axle(options: StoreOptions, ...args: string[]) {
  return spawnSync(process.execPath, ['runtime/cli.ts', ...args], {
    env: environment(options),
    encoding: 'utf8',
  })
}

/** Runs the CLI on the given data while this process goes on answering. */
export async function axleBeside(options: StoreOptions, ...args: string[]) {
  const child = startAxle(options, ...args)
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { status, stdout, stderr }
}

/** Starts the CLI on the given data and lets it run. */
export function startAxle(options: StoreOptions, ...args: string[]): ChildProcess {
  return spawn(process.execPath, ['runtime/cli.ts', ...args], { env: environment(options) })
}

async function readyUrl(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + READY_MS
  while (Date.now() < deadline) {
    const [, url] = /ready: (http:\S+)/.exec(output()) ?? []
    if (url) return url
    if (child.exitCode !== null) break
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  throw new Error(`the service did not start:\n${output()}`)
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
  return child.exitCode
}

/** An answer of the API. */
export interface Answer {
  readonly status: number
  readonly body: any
  readonly headers: Headers
}

export type Api = ((
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>) & { readonly token: string }

/** Calls the API with a token; a Uint8Array goes as it is, anything else as JSON. */
export function apiOf(url: string, token?: string): Api {
  const call = async (...[method, path, body, headers = {}]: Parameters<Api>): Promise<Answer> => {
    const isBytes = body instanceof Uint8Array
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        'content-type': isBytes ? 'application/octet-stream' : 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
    })
    const content = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      body: isJson ? JSON.parse(content) : content,
      headers: response.headers,
    }
  }
  return Object.assign(call, { token: token ?? '' })
}

/** Asks again and again until the answer is there; fails with what was seen last. */
export async function until<T>(
  ask: () => Promise<T | undefined | false>,
  what: string,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
