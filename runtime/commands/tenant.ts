import { createDesk } from '../usecases/create-desk.ts'
import type { CommandOptions } from './source.ts'
import { withStore } from './with-store.ts'

/** `axle tenant create`: a desk with its first administrator; prints the one-time token to set a password with. */
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
  return withStore(options, async deps => {
    const { name, admin } = options
    const startsAt = options.startsAt === undefined ? deps.now() : Date.parse(options.startsAt)
    if (Number.isNaN(startsAt)) {
      console.error('--starts-at takes a time such as 2026-03-02T09:00+08:00')
      return 2
    }
    const demo = options.demo ? { startsAt } : undefined
    const { token } = await createDesk(deps, { id, name, admin, demo })
    console.log(options.json ? JSON.stringify({ id, token }) : `/setup?token=${token}`)
    return 0
  })
}
