import { checkDesk } from '../usecases/check-desk.ts'
import type { CommandOptions } from './source.ts'
import { withDesks } from './with-store.ts'

const marks = { pass: '✓', warn: '!', fail: '✕' } as const

/** `axle doctor`: the check-up of a desk; 1 when something fails. */
export function doctor(tenant: string, options: CommandOptions): Promise<number> {
  return withDesks(options, [tenant], async deps => {
    const found = await checkDesk(deps, tenant)
    const lines = found.flatMap(({ state, title, says, todo }) => [
      `${marks[state]} ${title[options.lang]}  ${says[options.lang]}`,
      ...(todo && state !== 'pass' ? [`    ${todo[options.lang]}`] : []),
    ])
    console.log(options.json ? JSON.stringify(found, null, 2) : lines.join('\n'))
    return found.some(({ state }) => state === 'fail') ? 1 : 0
  })
}
