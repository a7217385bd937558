import type { FieldValues } from '#core/form'
import { ChooseSettings, Consent, GoLive, MapRoles, type CatalogueReply, type PlanReply } from '#core/wire'
import {
  addRelease,
  catalogue,
  chooseSettings,
  consentTo,
  goLive,
  installPack,
  mapRoles,
  planInstall,
} from '../../usecases/install-pack.ts'
import { ok, type Call, type Route } from '../route.ts'

const admin = { access: 'admin' } as const

export const packRoutes: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/packs', ...admin },
    summary: 'The catalogue, and how far this desk is with each pack',
    handle: async ({ deps, session }) =>
      ok((await catalogue(deps, session.tenant)) satisfies CatalogueReply[]),
  },
  {
    ...{ method: 'post', path: '/api/packs', ...admin, body: 'bytes' },
    summary: 'Takes a signed archive into the catalogue',
    handle: async ({ deps, bytes }) => ({ status: 201, body: await addRelease(deps, bytes) }),
  },
  {
    ...{ method: 'get', path: '/api/packs/:pack/plan', ...admin },
    summary: 'What installing the newest release would do',
    handle: async ({ deps, session, params }) =>
      ok((await planInstall(deps, session.tenant, params.pack!)) satisfies PlanReply),
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/consent', ...admin, body: Consent },
    summary: 'Agrees to what the plan of exactly this release asks for',
    handle: async ({ deps, session, params, body }: Call<Consent>) => {
      await consentTo(deps, {
        tenant: session.tenant,
        name: params.pack!,
        hash: body.hash,
        by: session.staff.id,
      })
      return ok()
    },
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/settings', ...admin, body: ChooseSettings },
    summary: 'The desk’s values for the pack’s settings',
    handle: async ({ deps, session, params, body }: Call<ChooseSettings>) => {
      await chooseSettings(deps, {
        ...{ tenant: session.tenant, name: params.pack! },
        values: body.values as FieldValues,
      })
      return ok()
    },
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/roles', ...admin, body: MapRoles },
    summary: 'Which people hold which of the pack’s roles',
    handle: async ({ deps, session, params, body }: Call<MapRoles>) => {
      await mapRoles(deps, { tenant: session.tenant, name: params.pack!, roles: body.roles })
      return ok()
    },
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/install', ...admin },
    summary: 'Puts the consented release on the desk, in trial',
    handle: async ({ deps, session, params }) =>
      ok(await installPack(deps, { tenant: session.tenant, name: params.pack!, by: session.staff.id })),
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/live', ...admin, body: GoLive },
    summary: 'Ends the trial; the outward acts named go out from now on',
    handle: async ({ deps, session, params, body }: Call<GoLive>) => {
      await goLive(deps, { tenant: session.tenant, name: params.pack!, outward: body.outward })
      return ok()
    },
  },
]
