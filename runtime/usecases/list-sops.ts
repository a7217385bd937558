import type { SopReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { loadDesk } from '../store/load-desk.ts'
import { silenceOf } from './gate-sends.ts'

interface Fared {
  readonly sop: string
  readonly running: number
  readonly reached: number
  readonly ended: number
}

interface Pause {
  readonly sop: string
  readonly at: number
  readonly reason: { readonly limit: string; readonly complaints: number }
}

/** Every SOP of the packs that run, with how its customers fare, whether it sends, and which are paused. */
export function listSops(deps: Deps, tenant: string): Promise<SopReply[]> {
  return deps.store.snapshot(tenant, async tx => {
    const running = (await loadDesk(tx))?.running ?? []
    const fared = await tx.query<Fared>(
      `select sop, count(*) filter (where status in ('running', 'watching'))::int as running,
         count(*) filter (where status = 'reached')::int as reached,
         count(*) filter (where status in ('done', 'stopped'))::int as ended
       from enrolment group by sop`,
    )
    const pauses = await tx.query<Pause>('select sop, at, reason from sop_pause')
    const replies: SopReply[] = []
    for (const { name, blueprint } of running) {
      const sends = (await silenceOf(tx, { pack: name, kind: 'send' })) === undefined
      for (const [sop, { label }] of Object.entries(blueprint.sops)) {
        const { running: on, reached, ended } = fared.find(one => one.sop === sop) ?? nobody
        const paused = pausedOf(pauses.find(one => one.sop === sop))
        replies.push({ sop, label, pack: blueprint.pack.label, sends, running: on, reached, ended, paused })
      }
    }
    return replies
  })
}

const nobody = { running: 0, reached: 0, ended: 0 }

function pausedOf(pause: Pause | undefined): SopReply['paused'] {
  if (!pause) return null
  const { limit, complaints } = pause.reason
  return {
    at: pause.at,
    why: {
      zh: `「${limit}」：${complaints} 起投诉`,
      en: `“${limit}”: ${complaints} ${complaints === 1 ? 'complaint' : 'complaints'}`,
    },
  }
}
