import type { Context } from 'hono'
import { KeyReusedError } from '../store/once.ts'
import { Problem } from '../usecases/problem.ts'
import { sayProblem } from './problem-words.ts'

/** The one place where an error becomes an answer (RFC 9457); what is not a Problem says nothing of its inside. */
export function problemReply(error: unknown, context: Context): Response {
  const problem = error instanceof KeyReusedError ? new Problem('key-reused', 409) : error
  if (!(problem instanceof Problem)) {
    console.error(error)
    return answer(context, new Problem('internal', 500))
  }
  return answer(context, problem)
}

/** The language of the answer: what the caller asked for, else Chinese. */
export function languageOf(context: Context): 'zh' | 'en' {
  return context.req.header('accept-language')?.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

function answer(context: Context, { code, status, params, fields, findings }: Problem): Response {
  const language = languageOf(context)
  const body = {
    type: `about:blank#${code}`,
    title: sayProblem(code, params)?.[language] ?? code,
    ...{ status, code, params },
    ...(fields.length > 0 && { fields }),
    ...(findings.length > 0 && { findings }),
  }
  const headers = { 'content-type': 'application/problem+json' }
  return context.body(JSON.stringify(body), status as 400, headers)
}
