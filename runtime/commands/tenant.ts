import { readConfig } from '../config.ts'
import { createDesk } from '../usecases/create-desk.ts'
import type { CommandOptions } from './source.ts'
import { withNewStore } from './with-store.ts'

/** `axle tenant create`: a desk with its first administrator; prints the one-time link to set a password with. */
export function createTenant(
  id: string,
  options: CommandOptions & {
    readonly name: string
    readonly admin: string
    readonly demo?: boolean
    /** Local time in the CLI's own zone, or with an offset; only of a demo desk. */
    readonly startsAt?: string
  },
): Promise<number> {
  return withNewStore(options, async deps => {
    const { name, admin } = options
    const startsAt = options.startsAt === undefined ? deps.now() : Date.parse(options.startsAt)
    if (Number.isNaN(startsAt)) {
      console.error('--starts-at takes a time such as 2026-03-02T09:00+08:00')
      return 2
    }
    const demo = options.demo ? { startsAt } : undefined
    const { token } = await createDesk(deps, { id, name, admin, demo })
    if (options.json) console.log(JSON.stringify({ id, token }))
    else sayLink(token, options.lang)
    return 0
  })
}

/** The link as this machine reaches it; behind another name only its path counts. */
function sayLink(token: string, lang: CommandOptions['lang']): void {
  const { host, port } = readConfig(process.env)
  console.error(
    lang === 'zh'
      ? '服务启动后，用这个一次性链接设置管理员密码（72 小时内有效）：'
      : 'Once the service runs, set the administrator’s password by this one-time link (good for 72 hours):',
  )
  console.log(`http://${host}:${port}/setup?token=${token}`)
}
