import type {
  MoveProgressReply,
  PublishPlanReply,
  PublishReply,
  SourceReply,
  TestRunReply,
  VersionReply,
} from '#core/wire'
import { api, get, post } from './api.ts'

export type Files = Readonly<Record<string, string>>

const matching = (revision: number) => ({ 'if-match': `"${revision}"` })

/** Which pack's text; the first one's without a name. */
const ofPack = (pack: string) => (pack === '' ? '' : `?pack=${encodeURIComponent(pack)}`)

/** The desk's text of a pack and its versions on the server. All throw ApiError. */
export const loadSource = (pack: string): Promise<SourceReply> => get(`/api/source${ofPack(pack)}`)

export const saveSource = (
  pack: string,
  { files, revision }: { files: Files; revision: number },
): Promise<{ revision: number }> => api('PUT', `/api/source${ofPack(pack)}`, { files }, matching(revision))

export const testSource = (files: Files): Promise<TestRunReply> => post('/api/source/test', { files })

/** What publishing the saved text would do. */
export const planPublish = (pack: string): Promise<PublishPlanReply> =>
  get(`/api/source/publish${ofPack(pack)}`)

export const publishSource = (pack: string, revision: number): Promise<PublishReply> =>
  api('POST', `/api/source/publish${ofPack(pack)}`, undefined, matching(revision))

export const loadVersions = (pack: string): Promise<VersionReply[]> => get(`/api/versions${ofPack(pack)}`)

/** How far the tickets in flight are on their way to a version. */
export const loadMoves = (seq: number): Promise<MoveProgressReply> => get(`/api/versions/${seq}/moves`)

export const rollBack = (seq: number): Promise<{ version: number }> => post(`/api/versions/${seq}/rollback`)
