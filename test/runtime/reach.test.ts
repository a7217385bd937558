import { afterAll, describe, expect, test } from 'vitest'
import { databases } from '../support/database.ts'
import { ACCOUNT, createRetailDesk, enter, installRetail, startWecom } from '../support/retail-desk.ts'
import { startService, until } from '../support/service.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const desk = 'reach'

interface Send {
  readonly state: string
  readonly reason: string | null
  readonly purpose: string
  readonly sop: string | null
  readonly text: string
  readonly due: number | null
  readonly verdict: { readonly way: string; readonly reasons: Record<string, unknown>[] }
}

describe.each(await databases())('messages pass one gate on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  test.skipIf(reason)(
    'quiet hours defer, caps hold, a complaint pauses the SOP, and service goes on',
    async () => {
      const options = await fresh()
      const wecom = await startWecom()
      ends.push(wecom.close)
      const { invite, archive } = createRetailDesk(options, desk)
      const service = await startService(options)
      ends.push(() => service.stop())
      const admin = await enter(service.url, invite)
      await installRetail(admin, { url: service.url, desk, archive, wecom })
      const post = async (path: string, body?: unknown) => {
        const answer = await admin('POST', path, body)
        expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
        return answer.body
      }
      const move = (byMs: number) => post('/api/clock', { byMs })
      const sends = async (id: string) => (await admin('GET', `/api/sends?customer=${id}`)).body as Send[]
      const customerOf = (externalId: string) =>
        until(async () => {
          const rows = (await admin('GET', '/api/records/customer')).body as {
            key: string
            data: { name: string }
          }[]
          return rows.find(row => row.data.name === externalId)?.key
        }, `the customer ${externalId}`)
      const writes = (from: string, text: string) =>
        wecom.fake.customerWrites({ externalUserId: from, openKfId: ACCOUNT, text })
      const promos = async (id: string) => (await sends(id)).filter(send => send.purpose === 'promo')

      // Two members of the shop have written once and have become contacts; their tickets are closed again.
      for (const name of ['wm-1', 'wm-2']) {
        wecom.fake.befriend(name, '导购甲')
        writes(name, '你好')
      }
      const [one, two] = [await customerOf('wm-1'), await customerOf('wm-2')]
      await until(
        async () => (await sends(one)).some(send => send.state === 'sent'),
        'the ticket’s own notice',
      )
      expect((await sends(one))[0]).toMatchObject({ purpose: 'service', verdict: { way: 'reply' } })
    },
    120_000,
  )
})
