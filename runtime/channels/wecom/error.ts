/**
 * A call to WeCom that failed: its errcode, or one of NO_ANSWER, HTTP_FAULT, UNREADABLE; retryable when trying later may help.
 * `why`, of a call that WeCom did not answer: Node's code of the fault (`ENOTFOUND`), or the HTTP status.
 */
export class WecomError extends Error {
  override readonly name = 'WecomError'
  readonly code: number
  readonly retryable: boolean
  readonly why: string | undefined

  constructor(code: number, message: string, why?: string) {
    super(`${message} (${code})`)
    this.code = code
    this.why = why
    this.retryable = RETRYABLE.has(code)
  }
}

/** The code of a call without an answer (refused, cut, five seconds over): its effect may have happened. */
export const NO_ANSWER = -1001
/** The code of a call answered with an HTTP status other than 2xx: its effect may have happened. */
export const HTTP_FAULT = -1002
/** The code of an answer that is not what the API documents: its effect may have happened. */
export const UNREADABLE = -1003
/** The customer has had five messages since last writing: only their next message reopens the window. */
export const KF_COUNT_LIMIT = 95001
/** The customer last wrote more than 48 hours ago: only their next message reopens the window. */
export const KF_TIME_LIMIT = 95002
/** A mass send in which no customer is anybody's contact. */
export const NO_RECEIVER = 41048
/** The callback's token is unknown or older than ten minutes: pull again without it. */
export const BAD_MSG_TOKEN = 95007

/** The corp id, the secret, the application's id. */
export const BAD_CORP = 40013
export const BAD_SECRET = 40001
export const BAD_AGENT = 40056
/** The application may not ask about another one. */
export const FOREIGN_AGENT = 301002
/** The address calls come from is not among 企业可信IP. */
export const IP_REFUSED = 60020
/** The application has not this part of the API. */
export const API_FORBIDDEN = 48002
/** The application may not see this member or department. */
export const NO_PRIVILEGE = 60011

/** The cursor is unknown: pull again from the start, the inbox keeps out what came before. */
export const INVALID_CURSOR = 40058

/** The codes of an access token that is invalid, expired. */
export const STALE_TOKEN: ReadonlySet<number> = new Set([40014, 42001])

// -1 busy; 45009, 45011 and 45033 rates and concurrency; a stale token is cured by the next call.
const RETRYABLE: ReadonlySet<number> = new Set([
  ...STALE_TOKEN,
  -1,
  45009,
  45011,
  45033,
  NO_ANSWER,
  HTTP_FAULT,
  UNREADABLE,
])
