import type { FieldProblemReply, ProblemReply } from '#core/wire'
import { language, t } from '../text/text.ts'

const FILE = 'application/octet-stream'

/** What the API answered instead of what was asked for; `problem` null when it could not be reached. */
export class ApiError extends Error {
  readonly problem: ProblemReply | null

  constructor(problem: ProblemReply | null) {
    super(problem?.title ?? t('offline'))
    this.problem = problem
  }
}

/** One call, with a body as JSON or a file as it is; the answer's JSON, undefined for none. Throws ApiError; without a session the reader goes to log in. */
export async function api<Answer>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return answerOf(path, await send(method, path, body, headers))
}

/** The rows of a list, with how many there are in all. Throws ApiError. */
export async function getCounted<Row>(path: string): Promise<{ rows: readonly Row[]; total: number }> {
  const response = await send('GET', path, undefined, {})
  const rows = await answerOf<readonly Row[]>(path, response)
  return { rows, total: Number(response.headers.get('x-total-count') ?? rows.length) }
}

async function answerOf<Answer>(path: string, response: Response): Promise<Answer> {
  if (response.status === 204) return undefined as Answer
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as Answer
  if (response.status === 401 && path !== '/api/session') goToLogin()
  throw new ApiError(answer as ProblemReply | null)
}

export const get = <Answer>(path: string): Promise<Answer> => api('GET', path)
export const post = <Answer>(path: string, body?: unknown): Promise<Answer> => api('POST', path, body)
export const put = <Answer>(path: string, body?: unknown): Promise<Answer> => api('PUT', path, body)

/** Why something failed, in words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What is wrong with fields, where that is why something failed. */
export function problemsOf(error: unknown): readonly FieldProblemReply[] {
  return (error instanceof ApiError && error.problem?.fields) || []
}

export function goToLogin(): void {
  const here = location.pathname + location.search
  location.assign(`/login?next=${encodeURIComponent(here)}`)
}

async function send(
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const isFile = body instanceof Blob
  try {
    return await fetch(path, {
      method,
      headers: {
        'accept-language': language() === 'en' ? 'en' : 'zh-CN',
        ...(body !== undefined && { 'content-type': isFile ? FILE : 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
    })
  } catch {
    // Why: fetch fails only when nobody could be reached.
    throw new ApiError(null)
  }
}

/** What a list of a desk without a pack is: empty. Throws what else went wrong. */
export function noneWithoutPack(error: unknown): [] {
  if (error instanceof ApiError && error.problem?.code === 'nothing-published') return []
  throw error
}
