import type { FieldValues } from '#core/form'
import {
  ChooseSettings,
  Consent,
  DecideConflict,
  ChooseFirstWords,
  InstallPack,
  GoLive,
  MapRoles,
  RollOut,
  TrustKey,
  type CatalogueReply,
  type FirstWordsReply,
  type KeyReply,
  type PlanReply,
  type RemainsReply,
  type RolloutReply,
  type TrialReply,
} from '#core/wire'
import { chooseSettings, consentTo, goLive, installPack, mapRoles } from '../../usecases/install-pack.ts'
import { decideConflict } from '../../usecases/decide-conflict.ts'
import { chooseFirstWords, firstWords } from '../../usecases/first-words.ts'
import { rollBackPack, uninstallPack, whatRemains } from '../../usecases/install-steps.ts'
import { planInstall } from '../../usecases/plan-install.ts'
import { rollOut } from '../../usecases/rollout.ts'
import { catalogue, takeArchive } from '../../usecases/take-archive.ts'
import { backToTrial, whatTrialHeld } from '../../usecases/trial.ts'
import { distrust, listKeys, trustForDesk } from '../../usecases/trust-key.ts'
import { ok, type Call, type Route } from '../route.ts'

const admin = { access: 'admin' } as const
/** Of a text that somebody wrote, in the record of what was done; UTF-16 units. */
const MAX_TOLD = 2_000

export const packRoutes: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/first-words', ...admin },
    summary: 'Which kind of ticket customers’ first words open, and which kinds might',
    handle: async ({ deps, session }) =>
      ok((await firstWords(deps, session.tenant)) satisfies FirstWordsReply),
  },
  {
    ...{ method: 'put', path: '/api/first-words', ...admin, body: ChooseFirstWords },
    summary: 'Says which kind of ticket customers’ first words open',
    handle: async ({ deps, session, body }: Call<ChooseFirstWords>) => {
      await chooseFirstWords(deps, { tenant: session.tenant, ticket: body.ticket })
      return ok()
    },
  },
  {
    ...{ method: 'get', path: '/api/packs', ...admin },
    summary: 'The catalogue, and how far this desk is with each pack',
    handle: async ({ deps, session }) =>
      ok((await catalogue(deps, session.tenant)) satisfies CatalogueReply[]),
  },
  {
    ...{ method: 'post', path: '/api/packs', ...admin, body: 'bytes' },
    summary: 'Takes a signed archive into the catalogue',
    handle: async ({ deps, session, bytes }) => {
      const taken = await takeArchive(deps, session.tenant, bytes)
      return { status: 201, body: taken, told: { about: `${taken.name} ${taken.version}` } }
    },
  },
  {
    ...{ method: 'get', path: '/api/packs/:pack/plan', ...admin },
    summary: 'What installing the newest release would do',
    handle: async ({ deps, session, params }) =>
      ok((await planInstall(deps, session.tenant, params.pack!)) satisfies PlanReply),
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/conflicts', ...admin, body: DecideConflict },
    summary: 'What is to stand where the desk and the release changed one thing; the plan as it is then',
    handle: async ({ deps, session, params, body }: Call<DecideConflict>) => {
      const { hash, place, ...choice } = body
      const who = { tenant: session.tenant, name: params.pack!, by: session.staff.id }
      const { plan, told } = await decideConflict(deps, { ...who, hash, place, choice })
      const written = choice.how === 'merge' ? { text: choice.text.slice(0, MAX_TOLD) } : {}
      return { ...ok(plan satisfies PlanReply), told: { about: told, how: choice.how, ...written } }
    },
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
      const { roles, departments } = body
      await mapRoles(deps, {
        ...{ tenant: session.tenant, name: params.pack!, roles },
        ...(departments && { departments }),
      })
      return ok()
    },
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/install', ...admin, body: InstallPack, mayBeEmpty: true },
    summary:
      'Puts the consented release on the desk, in trial; with `stores`, for new tickets of those first; with `result`, only if it is what was planned',
    handle: async ({ deps, session, params, body }: Call<InstallPack>) => {
      const installing = { tenant: session.tenant, name: params.pack!, by: session.staff.id }
      const { stores, result } = body
      const { version, release } = await installPack(deps, { ...installing, stores, result })
      return { ...ok({ version }), told: { about: [String(release), ...(stores ?? [])].join(' ') } }
    },
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/rollout', ...admin, body: RollOut },
    summary:
      'Says for which stores the version is that some use first: these, all, or none, which takes it back',
    handle: async ({ deps, session, params, body }: Call<RollOut>) => {
      const stores = 'all' in body ? 'all' : body.stores
      const rolling = { tenant: session.tenant, name: params.pack!, by: session.staff.id, stores } as const
      const rollout: RolloutReply | null = await rollOut(deps, rolling)
      const way = stores === 'all' ? 'all' : stores.length === 0 ? 'back' : 'stores'
      return { ...ok({ rollout }), told: { about: way === 'stores' ? [...stores].join(' ') : '', way } }
    },
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/live', ...admin, body: GoLive },
    summary: 'Ends the trial; the outward acts named go out from now on',
    handle: async ({ deps, session, params, body }: Call<GoLive>) => {
      await goLive(deps, { tenant: session.tenant, name: params.pack!, outward: body.outward })
      return { ...ok(), told: { about: body.outward.join(' ') } }
    },
  },
  {
    ...{ method: 'get', path: '/api/packs/:pack/trial', ...admin },
    summary: 'What the pack would have sent but for the trial',
    handle: async ({ deps, session, params }) =>
      ok((await whatTrialHeld(deps, { tenant: session.tenant, name: params.pack! })) satisfies TrialReply),
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/trial', ...admin },
    summary: 'Takes a live pack back into trial: nothing goes out',
    handle: async ({ deps, session, params }) => {
      await backToTrial(deps, { tenant: session.tenant, name: params.pack! })
      return ok()
    },
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/rollback', ...admin },
    summary: 'Puts back the release before the last one, with what was decided about it',
    handle: async ({ deps, session, params }) =>
      ok(await rollBackPack(deps, { tenant: session.tenant, name: params.pack!, by: session.staff.id })),
  },
  {
    ...{ method: 'get', path: '/api/packs/:pack/uninstall', ...admin },
    summary: 'What uninstalling would leave',
    handle: async ({ deps, session, params }) =>
      ok((await whatRemains(deps, { tenant: session.tenant, name: params.pack! })) satisfies RemainsReply),
  },
  {
    ...{ method: 'post', path: '/api/packs/:pack/uninstall', ...admin },
    summary: 'Takes the pack off the desk; what it made stays',
    handle: async ({ deps, session, params }) =>
      ok((await uninstallPack(deps, { tenant: session.tenant, name: params.pack! })) satisfies RemainsReply),
  },
  {
    ...{ method: 'get', path: '/api/keys', ...admin },
    summary: 'Whose archives the desk takes',
    handle: async ({ deps, session }) => ok((await listKeys(deps, session.tenant)) satisfies KeyReply[]),
  },
  {
    ...{ method: 'post', path: '/api/keys', ...admin, body: TrustKey },
    summary: 'From now on this desk takes archives signed with the key',
    handle: async ({ deps, session, body }: Call<TrustKey>) => ({
      status: 201,
      body: await trustForDesk(deps, { tenant: session.tenant, by: session.staff.id, ...body }),
    }),
  },
  {
    ...{ method: 'delete', path: '/api/keys/:id', ...admin },
    summary: 'Takes nothing more by the key; what is installed goes on',
    handle: async ({ deps, session, params }) => {
      await distrust(deps, { tenant: session.tenant, id: params.id! })
      return ok()
    },
  },
]
