/** An access token and when it stops working, in epoch milliseconds. */
export type AccessToken = { readonly value: string; readonly expiresAt: number }

/** Where access tokens live between calls; several processes may share one. */
export type TokenCache = {
  readonly read: () => Promise<AccessToken | undefined>
  readonly write: (token: AccessToken) => Promise<void>
}

/** Hands out the token in force; `stale` names one that was just refused, so it is replaced unless that happened already. */
export type TokenSource = (stale?: string) => Promise<string>

/** A token source over a cache; parallel calls share one fetch of a new token. */
export function createTokenSource(source: {
  readonly cache: TokenCache
  readonly fetchToken: () => Promise<AccessToken>
  readonly now: () => number
}): TokenSource {
  let fetching: Promise<string> | undefined
  const renew = async () => {
    const token = await source.fetchToken()
    await source.cache.write(token)
    return token.value
  }
  return async stale => {
    const cached = await source.cache.read()
    const lasts = cached && cached.expiresAt - EXPIRY_MARGIN_MS > source.now()
    if (lasts && cached.value !== stale) return cached.value
    fetching ??= renew().finally(() => (fetching = undefined))
    return fetching
  }
}

/** A cache that lives as long as the process. */
export function createMemoryCache(): TokenCache {
  let held: AccessToken | undefined
  return {
    read: async () => held,
    write: async token => {
      held = token
    },
  }
}

// Why: a token renewed a minute early does not run out on its way.
const EXPIRY_MARGIN_MS = 60_000
