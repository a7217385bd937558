import { createWecomFake, type WecomFake } from './channels/wecom-fake/index.ts'
import type { WecomAccount } from './deps.ts'

/** The base URL of accounts that are served by a WeCom of this process. */
export const EMULATOR_URL = 'emulator:'
/** The customer-service account every emulated WeCom has. */
export const EMULATOR_ACCOUNT = 'wk-demo'
const CORP_PREFIX = 'emulator-'

/** What an emulator is told of its account; it is reached by this process alone, so the secrets guard nothing. */
export type EmulatedAccount = Pick<WecomAccount, 'corpId' | 'secret' | 'token' | 'aesKey'>

/** A WeCom in memory for every demo desk: phones to try things with, gone when the process ends. */
export interface Emulators {
  /** The one of an account whose base URL is `EMULATOR_URL`; made at the first call, and then its callbacks come in. */
  readonly of: (account: EmulatedAccount) => WecomFake
  /** Carries a client's calls to the account's emulator. */
  readonly fetch: (account: EmulatedAccount) => typeof fetch
  /** Saves other callback secrets in the corp’s console, at the same place. */
  readonly moveCallback: (
    account: EmulatedAccount,
    secrets: Pick<EmulatedAccount, 'token' | 'aesKey'>,
  ) => void
  /** Where callbacks are handed in: the app's own fetch. */
  readonly attach: (app: App) => void
}

type App = (request: Request) => Response | Promise<Response>

/** Any origin will do: no request leaves the process. */
const ORIGIN = 'http://emulator.invalid'

export const corpIdOf = (tenant: string) => `${CORP_PREFIX}${tenant}`

export function createEmulators(now: () => number): Emulators {
  const fakes = new Map<string, WecomFake>()
  let app: App = () => new Response('', { status: 503 })
  const callBack = (async (...request: Parameters<typeof fetch>) =>
    app(new Request(...request))) as typeof fetch
  const of = ({ corpId, secret, token, aesKey }: EmulatedAccount) => {
    const known = fakes.get(corpId)
    if (known) return known
    const fake = createWecomFake({ corpId, secret, now, fetch: callBack })
    fake.console.kfAccounts.push({ openKfId: EMULATOR_ACCOUNT, name: '在线客服', managed: true })
    fake.configureCallback({ ...placeOf(corpId), token, aesKey })
    fakes.set(corpId, fake)
    return fake
  }
  return {
    of,
    moveCallback: (account, secrets) =>
      of(account).configureCallback({ ...placeOf(account.corpId), ...secrets }),
    fetch: account =>
      (async (input: string | URL | Request, init?: RequestInit) => {
        const path = String(input).slice(EMULATOR_URL.length)
        return of(account).app.fetch(new Request(ORIGIN + path, init))
      }) as typeof fetch,
    attach: fetch => {
      app = fetch
    },
  }
}

/** Where the callbacks of an emulated corp go. */
const placeOf = (corpId: string) => ({
  url: `${ORIGIN}/channels/wecom/${corpId.slice(CORP_PREFIX.length)}/callback`,
  openKfId: EMULATOR_ACCOUNT,
})
