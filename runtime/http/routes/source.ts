import { ForStores, SaveSource, TestSource, type SourceReply } from '#core/wire'
import { Problem } from '../../usecases/problem.ts'
import { showMoves } from '../../usecases/plan-moves.ts'
import { planPublish } from '../../usecases/publish-plan.ts'
import { publishSource, testSource } from '../../usecases/publish-source.ts'
import { saveSource, showSource } from '../../usecases/source.ts'
import { listVersions, rollBack } from '../../usecases/versions.ts'
import { ok, type Call, type Route } from '../route.ts'

const admin = { access: 'admin' } as const
const etag = (revision: number) => ({ etag: `"${revision}"` })

/** The desk's text and its versions, for who writes them. */
export const sourceRoutes: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/source', ...admin },
    summary: 'The desk’s text of a pack (`pack`, else the first one) with its revision, as it was saved last',
    handle: async ({ deps, session, query }) => {
      const source: SourceReply = await showSource(deps, session.tenant, query.pack)
      return { ...ok(source), headers: etag(source.revision) }
    },
  },
  {
    ...{ method: 'put', path: '/api/source', ...admin, body: SaveSource },
    summary: 'Saves the text, sound or not; If-Match holds the revision it was read at',
    handle: async (call: Call<SaveSource>) => {
      const { deps, session, body, query } = call
      const of = { tenant: session.tenant, name: query.pack }
      const saved = await saveSource(deps, { ...of, files: body.files, revision: revisionOf(call) })
      return { ...ok(saved), headers: etag(saved.revision) }
    },
  },
  {
    ...{ method: 'post', path: '/api/source/test', ...admin, body: TestSource },
    summary: 'Runs the tests of the given text, saved or not',
    handle: async ({ body, language }: Call<TestSource>) => {
      const run = testSource(body.files, language)
      const isBroken = run.findings.some(({ severity }) => severity === 'error')
      const failed = isBroken || run.results.some(({ passed }) => !passed)
      return { ...ok(run), told: { checked: failed ? 'fail' : 'pass' } }
    },
  },
  {
    ...{ method: 'get', path: '/api/source/publish', ...admin },
    summary:
      'What publishing the saved text would do: what changes, and what becomes of the tickets in flight',
    handle: async ({ deps, session, query, language }) =>
      ok(await planPublish(deps, { tenant: session.tenant, name: query.pack, language })),
  },
  {
    ...{ method: 'post', path: '/api/source/publish', ...admin, body: ForStores, mayBeEmpty: true },
    summary:
      'Makes the saved text the newest version, with `stores` for new tickets of those first; refused with the findings when it has errors',
    handle: async (call: Call<ForStores>) => {
      const { deps, session, query, body, language } = call
      const { tenant, staff } = session
      const of = { tenant, name: query.pack, by: staff.id, stores: body.stores }
      return ok(await publishSource(deps, { ...of, revision: revisionOf(call), language }))
    },
  },
  {
    ...{ method: 'get', path: '/api/versions', ...admin },
    summary: 'Every version of a pack (`pack`, else the first one) on the desk, the newest first',
    handle: async ({ deps, session, query }) => ok(await listVersions(deps, session.tenant, query.pack)),
  },
  {
    ...{ method: 'post', path: '/api/versions/:seq/rollback', ...admin },
    summary: 'Appends a version with the blueprint of an older one',
    handle: async ({ deps, session, params }) => {
      const seq = seqOf(params.seq!)
      return ok(await rollBack(deps, { tenant: session.tenant, seq, by: session.staff.id }))
    },
  },
  {
    ...{ method: 'get', path: '/api/versions/:seq/moves', ...admin },
    summary: 'How far the tickets in flight are on their way to a version',
    handle: async ({ deps, session, params }) =>
      ok(await showMoves(deps, session.tenant, seqOf(params.seq!))),
  },
]

/** The number of a version; -1, which none has, for what is no number. */
function seqOf(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : -1
}

/** The revision the caller has read; without one nothing is written over unseen. */
function revisionOf({ ifMatch }: Pick<Call, 'ifMatch'>): number {
  const [, digits] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch ?? '') ?? []
  if (digits === undefined) throw new Problem('revision-missing', 428)
  return Number(digits)
}
