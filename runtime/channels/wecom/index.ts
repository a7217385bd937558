/** The WeCom channel: opening callbacks, reading them, calling the API. State (cursor, nonces, tokens) is the caller's. */
export * from './callback.ts'
export { CALL_TIMEOUT_MS, type WecomClientOptions } from './call.ts'
export * from './client.ts'
export type { KfAccount, WecomAgent, WecomMember } from './corp.ts'
export * from './crypto.ts'
export * from './error.ts'
export type { KfEvent, KfMessage } from './message.ts'
export { createMemoryCache, type AccessToken, type TokenCache } from './token.ts'
