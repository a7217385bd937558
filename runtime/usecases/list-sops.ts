import type { SopReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { loadDesk, type DeskPack } from '../store/load-desk.ts'

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
    const sending = await tx.query<{ pack: string }>(
      `select pack from desk_install where state = 'live' and (outward->>'send')::boolean`,
    )
    const sends = ({ name }: DeskPack) => sending.some(({ pack }) => pack === name)
    return running.flatMap(pack =>
      Object.entries(pack.blueprint.sops).map(([sop, { label }]): SopReply => {
        const { running: on, reached, ended } = fared.find(one => one.sop === sop) ?? nobody
        return {
          ...{ sop, label, pack: pack.blueprint.pack.label, sends: sends(pack) },
          ...{ running: on, reached, ended, paused: pausedOf(pauses.find(one => one.sop === sop)) },
        }
      }),
    )
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
