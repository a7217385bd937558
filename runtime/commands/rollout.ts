import { handlersOf } from '../handlers/index.ts'
import { declareQueues } from '../jobs/index.ts'
import { audited } from '../usecases/audit.ts'
import { rollOut } from '../usecases/rollout.ts'
import type { CommandOptions } from './source.ts'
import { withDesks } from './with-store.ts'

export interface RolloutOptions extends CommandOptions {
  readonly tenant: string
  /** With commas between. */
  readonly stores?: string
  readonly all?: boolean
  readonly back?: boolean
}

/** `axle rollout`: for which stores a version is that some use first: these, all, or none, which takes it back. */
export async function rollout(name: string, options: RolloutOptions): Promise<number> {
  const { tenant, stores, all, back } = options
  const wanted = all ? 'all' : back ? [] : stores?.split(',')
  if (wanted === undefined) {
    console.error('Say where it goes on: --stores a,b, --all or --back.')
    return 2
  }
  return withDesks(options, [tenant], async deps => {
    await declareQueues(deps.store.boss, Object.keys(handlersOf(deps)))
    const rolling = { tenant, name, by: 'cli', stores: wanted } as const
    const act = { tenant, actor: 'cli', action: 'rollout', target: name }
    const staged = await audited(deps, act, () => rollOut(deps, rolling))
    console.log(
      options.json
        ? JSON.stringify({ rollout: staged })
        : (staged?.stores.join(',') ?? (all ? 'all' : 'back')),
    )
    return 0
  })
}
