// Databases for suites that must hold on both: PGlite in a temporary directory and a real PostgreSQL.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, inject } from 'vitest'
import type { StoreOptions } from '../../runtime/store/index.ts'
import { createDatabase, runSql, urlOf, type Postgres } from './cluster.ts'

/** A database to run a suite on; with a `reason` it could not start and the suite is to be skipped. */
export type TestDatabase = {
  readonly name: 'PGlite' | 'PostgreSQL'
  readonly reason?: string
  /** Options of a store that was opened once and holds nothing. */
  fresh(): Promise<StoreOptions>
  /** Options of a store nobody has opened yet: an empty directory, and a new database where there is a server. */
  empty(): Promise<StoreOptions>
}

/**
 * What suites of behaviour run on: PostgreSQL, which takes half the time, or PGlite where there is none; with CI both.
 * For `describe.skipIf(database.reason)`.
 */
export function databases(): readonly TestDatabase[] {
  const [pglite, postgres] = bothDatabases()
  if (process.env.CI) return [pglite, postgres]
  return [postgres.reason === undefined ? postgres : pglite]
}

/** Both databases, for suites of the store itself; everything made is removed after the file's tests. */
export function bothDatabases(): readonly [pglite: TestDatabase, postgres: TestDatabase] {
  const { dataDir, postgres } = inject('prepared')
  const folders: string[] = []
  const made: string[] = []
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'axle-store-'))
    folders.push(path)
    return path
  }
  afterAll(async () => {
    if ('url' in postgres)
      await runSql(
        postgres.url,
        made.map(name => `drop database ${name} with (force)`),
      )
    for (const path of folders) rmSync(path, { recursive: true, force: true })
  })
  const pglite: TestDatabase = {
    name: 'PGlite',
    fresh: async () => ({ dataDir: copyOf(dataDir, folder()) }),
    empty: async () => ({ dataDir: folder() }),
  }
  if ('reason' in postgres) {
    const none = () => Promise.reject(new Error(postgres.reason))
    return [pglite, { name: 'PostgreSQL', reason: postgres.reason, fresh: none, empty: none }]
  }
  const create = async (server: Postgres, template: string): Promise<StoreOptions> => {
    const name = `axle_test_${crypto.randomUUID().replaceAll('-', '')}`
    await createDatabase(server, name, template)
    made.push(name)
    return { dataDir: folder(), databaseUrl: urlOf(server, name) }
  }
  return [
    pglite,
    {
      name: 'PostgreSQL',
      fresh: () => create(postgres, postgres.template),
      empty: () => create(postgres, 'template1'),
    },
  ]
}

/** A data directory for one file's service: opened once, holding nothing; removed after the file's tests. */
export function freshDataDir(): string {
  const folder = copyOf(inject('prepared').dataDir, mkdtempSync(join(tmpdir(), 'axle-data-')))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function copyOf(from: string, to: string): string {
  cpSync(from, to, { recursive: true })
  return to
}
