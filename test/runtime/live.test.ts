import { afterAll, describe, expect, test } from 'vitest'
import { bothDatabases } from '../support/database.ts'
import { createRetailDesk, enter, installRetail, startWecom } from '../support/retail-desk.ts'
import { apiOf, startService, until } from '../support/service.ts'

const shared = bothDatabases().filter(({ name }) => name === 'PostgreSQL')

describe.each(shared)('several processes on one $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  test.skipIf(reason)(
    'who listens at one hears at once what another committed, ids only, and nothing of other desks',
    async () => {
      const options = await fresh()
      const { invite, archive } = createRetailDesk(options, 'one')
      const other = createRetailDesk(options, 'two')
      const first = await startService(options, { AXLE_ROLE: 'web' })
      ends.push(() => first.stop())
      const second = await startService(options)
      ends.push(() => second.stop())
      const wecom = await startWecom()
      ends.push(wecom.close)
      const admin = await enter(first.url, invite)
      const { apis } = await installRetail(admin, { url: first.url, desk: 'one', archive, wecom })
      const mine = await listenAt(first.url, apis.店长.token)
      const theirs = await listenAt(first.url, (await enter(first.url, other.invite)).token)
      ends.push(mine.close, theirs.close)

      const elsewhere = apiOf(second.url, apis.导购甲.token)
      const made = await elsewhere('POST', '/api/tickets', {
        ...{ ticket: '客诉', entry: 'workbench', customer: null, fields: { 描述: '面包发霉了' } },
      })
      expect(made.status).toBe(201)
      const { id, seq } = made.body as { id: string; seq: number }
      await until(
        async () => mine.heard().some(change => change.id === id),
        'the change at the other process',
      )
      expect(mine.heard()).toContainEqual({ desk: 'one', kind: 'ticket', id, seq })
      expect(theirs.heard()).toEqual([])
    },
    120_000,
  )
})

/** Listens to the live updates of one process; yields what was heard so far. */
async function listenAt(url: string, token: string) {
  const stop = new AbortController()
  const response = await fetch(`${url}/api/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  })
  const heard: { desk: string; kind: string; id: string; seq: number }[] = []
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  const read = async () => {
    const lines = response.body!.pipeThrough(new TextDecoderStream())
    for await (const chunk of lines as unknown as AsyncIterable<string>)
      for (const [, event, data] of chunk.matchAll(/event: (\w+)\ndata: (.*)\n/g)) {
        if (event === 'ready') resolve()
        else if (event !== 'alive') heard.push(JSON.parse(data!))
      }
  }
  read().catch(() => {})
  await ready
  return { heard: () => heard, close: () => stop.abort() }
}
