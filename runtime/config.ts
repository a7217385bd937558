/** How this process runs, read from the environment once. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly role: 'all' | 'web' | 'worker'
  readonly demo: boolean
  /** Wraps what belongs to a tenant; in demo mode one is made when there is none. */
  readonly masterKey: string | undefined
  /** Who answers for a host that actions call, an address by host; all others as they are found. */
  readonly net: Readonly<Record<string, string>>
}

/** A setting that cannot be used; the message says what to do. */
export class ConfigError extends Error {}

/** Reads the variables of the contract; throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const port = Number(env.AXLE_PORT ?? 4100)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new ConfigError('AXLE_PORT must be a port number, such as 4100.')
  const role = env.AXLE_ROLE ?? 'all'
  if (role !== 'all' && role !== 'web' && role !== 'worker')
    throw new ConfigError('AXLE_ROLE must be all, web or worker.')
  const databaseUrl = env.AXLE_DATABASE_URL || undefined
  if (role !== 'all' && databaseUrl === undefined)
    throw new ConfigError(
      `AXLE_ROLE=${role} needs AXLE_DATABASE_URL: the embedded database serves one process.`,
    )
  return {
    ...{ port, role, databaseUrl },
    host: env.AXLE_HOST ?? '127.0.0.1',
    dataDir: env.AXLE_DATA ?? '.axle',
    demo: env.AXLE_DEMO !== 'off',
    masterKey: env.AXLE_MASTER_KEY || undefined,
    net: standInsOf((env.AXLE_NET ?? '').split(',').filter(each => each !== '')),
  }
}

/** `erp.example.com=http://127.0.0.1:4900` each; throws ConfigError. */
export function standInsOf(said: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    said.map(each => {
      const [host = '', ...rest] = each.trim().split('=')
      const url = rest.join('=')
      const { protocol, pathname } = URL.canParse(url) ? new URL(url) : { protocol: '', pathname: '/' }
      if (host === '' || !['http:', 'https:'].includes(protocol) || pathname !== '/')
        throw new ConfigError(
          `${each}: say a host and who answers for it, erp.example.com=http://127.0.0.1:4900`,
        )
      return [host.toLowerCase(), url]
    }),
  )
}
