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

/** The desk's text and its versions on the server. All throw ApiError. */
export const loadSource = (): Promise<SourceReply> => get('/api/source')

export const saveSource = (files: Files, revision: number): Promise<{ revision: number }> =>
  api('PUT', '/api/source', { files }, matching(revision))

export const testSource = (files: Files): Promise<TestRunReply> => post('/api/source/test', { files })

/** What publishing the saved text would do. */
export const planPublish = (): Promise<PublishPlanReply> => get('/api/source/publish')

export const publishSource = (revision: number): Promise<PublishReply> =>
  api('POST', '/api/source/publish', undefined, matching(revision))

export const loadVersions = (): Promise<VersionReply[]> => get('/api/versions')

/** How far the tickets in flight are on their way to a version. */
export const loadMoves = (seq: number): Promise<MoveProgressReply> => get(`/api/versions/${seq}/moves`)

export const rollBack = (seq: number): Promise<{ version: number }> => post(`/api/versions/${seq}/rollback`)
