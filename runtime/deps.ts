import type { DemoDesk } from '#core/wire'
import type { WecomClient } from './channels/wecom/index.ts'
import type { Connector, Sandbox } from './sandbox/index.ts'
import type { Emulators } from './emulator.ts'
import type { Store } from './store/index.ts'

/** What use cases are handed; built once in main. */
export interface Deps {
  readonly store: Store
  /** Real time, epoch ms; business time adds the desk's offset. */
  readonly now: () => number
  readonly bus: Bus
  readonly sandbox: Sandbox
  /** How actions reach hosts; without one, https to public addresses only. */
  readonly connector?: Connector
  /** A client of the account's corp; kept per account. */
  readonly wecom: (account: WecomAccount) => WecomClient
  /** A client that keeps nothing, to check what was typed; an emulated corp is reached as the account `known` is. */
  readonly newWecom: (typed: WecomAccount, known?: WecomAccount) => WecomClient
  readonly emulators: Emulators
  /** The demo's desks with their logins; outside demo mode there are none. */
  readonly demo: readonly DemoDesk[]
  /** Signs links for customers and seals secrets; without it there are no links, and secrets are kept as they are. */
  readonly masterKey: Buffer | undefined
}

/** A desk's connection to WeCom as it is stored. */
export interface WecomAccount {
  readonly account: string
  readonly baseUrl: string
  readonly corpId: string
  readonly secret: string
  readonly agentId: number
  readonly token: string
  readonly aesKey: string
}

/** Something changed: ids only, whoever listens fetches with their own rights. */
export interface Change {
  readonly desk: string
  readonly kind: 'ticket' | 'desk'
  readonly id: string
  readonly seq: number
}

/** Tells listeners of this process about committed changes. */
export interface Bus {
  readonly publish: (change: Change) => void
  /** Returns how to stop listening. */
  readonly listen: (desk: string, listener: (change: Change) => void) => () => void
  /** Tells every listener that something of its desk may have changed unseen. */
  readonly stale: () => void
}

export function createBus(): Bus {
  const listeners = new Map<string, Set<(change: Change) => void>>()
  return {
    publish: change => {
      for (const listener of listeners.get(change.desk) ?? []) listener(change)
    },
    listen: (desk, listener) => {
      const mine = listeners.get(desk) ?? new Set()
      listeners.set(desk, mine.add(listener))
      return () => {
        mine.delete(listener)
        if (mine.size === 0) listeners.delete(desk)
      }
    },
    stale: () => {
      for (const [desk, mine] of listeners)
        for (const listener of mine) listener({ desk, kind: 'desk', id: desk, seq: 0 })
    },
  }
}
