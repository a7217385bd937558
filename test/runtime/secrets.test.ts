import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckReply, SecretReply } from '#core/wire'
import { signWebhook } from '../../runtime/channels/webhook/index.ts'
import { openStore, type StoreOptions } from '../../runtime/store/index.ts'
import { fingerprintOf } from '../../runtime/usecases/master-key.ts'
import { keepingOf, openSecret, sealSecret } from '../../runtime/usecases/sealed-secret.ts'
import { databases } from '../support/database.ts'
import { createRetailDesk, enter, installRetail, startWecom } from '../support/retail-desk.ts'
import { apiOf, axleBeside, startService, type Api, type Service } from '../support/service.ts'
import { publishShopSource } from '../support/shop-source.ts'

describe('a sealed secret', () => {
  const [key, other] = [randomBytes(32), randomBytes(32)]
  const owner = { tenant: 'one', name: 'ERP_TOKEN' }
  const kept = sealSecret(key, owner, '密钥 s3cret')

  test('opens with its key for its owner and for nobody else, and not once it was altered', () => {
    expect(kept).not.toContain('s3cret')
    expect(sealSecret(key, owner, '密钥 s3cret')).not.toBe(kept)
    expect(openSecret(key, owner, kept)).toBe('密钥 s3cret')
    expect(openSecret(other, owner, kept)).toBeUndefined()
    expect(openSecret(undefined, owner, kept)).toBeUndefined()
    expect(openSecret(key, { ...owner, tenant: 'two' }, kept)).toBeUndefined()
    expect(openSecret(key, { ...owner, name: 'SHOP_TOKEN' }, kept)).toBeUndefined()
    const at = kept.length - 8
    const altered = kept.slice(0, at) + (kept[at] === 'A' ? 'B' : 'A') + kept.slice(at + 1)
    expect(openSecret(key, owner, altered)).toBeUndefined()
  })

  test('says how it is kept without being opened; without a master key a value lies open', () => {
    expect(keepingOf(kept, fingerprintOf(key))).toBe('sealed')
    expect(keepingOf(kept, fingerprintOf(other))).toBe('unreadable')
    expect(keepingOf(kept, null)).toBe('unreadable')
    expect(sealSecret(undefined, owner, 'open')).toBe('open')
    expect(keepingOf('open', fingerprintOf(key))).toBe('plain')
    expect(openSecret(key, owner, 'open')).toBe('open')
  })
})

describe.each(databases())(
  'the secrets of a desk on $name',
  ({ fresh }) => {
    let options: StoreOptions
    const ends: (() => unknown)[] = []
    let admin: Api
    let service: Service
    let token: string

    beforeAll(async () => {
      options = await fresh()
      const { invite, archive } = createRetailDesk(options, 'one')
      service = await startService(options)
      const wecom = await startWecom()
      ends.push(wecom.close)
      admin = await enter(service.url, invite)
      await installRetail(admin, { url: service.url, desk: 'one', archive, wecom })
      await publishShopSource(admin)
    }, 120_000)
    afterAll(async () => {
      await service.stop()
      for (const end of ends.reverse()) await end()
    })

    /** What the doctor says while the service is stopped; its own environment names no key. */
    const doctor = async () => {
      await service.stop()
      // It asks WeCom, whose server here is of this very process.
      const { stdout } = await axleBeside(options, 'doctor', 'one', '--json')
      return JSON.parse(stdout) as CheckReply[]
    }
    const startWith = async (AXLE_MASTER_KEY: string) => {
      await service.stop()
      service = await startService(options, { AXLE_MASTER_KEY })
      const login = { desk: 'one', name: 'admin', password: 'correct horse battery' }
      const { body } = await apiOf(service.url)('POST', '/api/session', login)
      admin = apiOf(service.url, body.token as string)
    }
    const secrets = async () => (await admin('GET', '/api/secrets')).body as SecretReply[]
    const checked = async () => (await admin('GET', '/api/check')).body as CheckReply[]
    const about = (found: readonly CheckReply[]) =>
      found.filter(({ check }) => check === 'secrets' || check === 'links').map(({ says }) => says.en)
    const send = async (id: string) => {
      const body = JSON.stringify({ type: 'order.paid', data: { no: id, buyer: 'B1' } })
      const timestamp = String(Math.floor(Date.now() / 1000))
      const signature = signWebhook({ id, timestamp, body: Buffer.from(body) }, token)
      const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
      const url = `${service.url}/api/sources/${encodeURIComponent('商城')}?desk=one`
      return (await fetch(url, { method: 'POST', headers, body })).status
    }

    test('are listed with who needs them, made up or typed, and taken away', async () => {
      expect(await secrets()).toEqual([
        {
          ...{ name: 'COUPON_TOKEN', isSet: false, kept: null, willBe: 'plain' },
          ...{ actions: ['coupon.发放'], sources: [] },
        },
        {
          ...{ name: 'SHOP_TOKEN', isSet: false, kept: null, willBe: 'plain' },
          actions: [],
          sources: ['商城'],
        },
      ])
      expect(about(await checked())[0]).toBe(
        'Not set: COUPON_TOKEN, SHOP_TOKEN. Actions that need them fail, and messages of their sources are refused.',
      )
      token = (await admin('PUT', '/api/secrets/SHOP_TOKEN', {})).body.value as string
      expect(await send('a')).toBe(202)
      expect((await admin('PUT', '/api/secrets/COUPON_TOKEN', { value: 'line\nbreak' })).status).toBe(422)
      expect(
        (await admin('PUT', '/api/secrets/COUPON_TOKEN', { value: 'c0upon-token' })).body.value,
      ).toBeNull()
      expect((await admin('DELETE', '/api/secrets/COUPON_TOKEN')).status).toBe(204)
      expect((await admin('DELETE', '/api/secrets/COUPON_TOKEN')).status).toBe(404)
      expect((await secrets()).map(({ kept }) => kept)).toEqual([null, 'plain'])
    })

    test('are sealed once there is a master key, and the check-up and the doctor tell the same of both', async () => {
      await admin('PUT', '/api/secrets/COUPON_TOKEN', { value: 'c0upon-token' })
      const before = about(await checked())
      expect(before).toEqual([
        'Kept in the database without encryption: COUPON_TOKEN, SHOP_TOKEN. Whoever gets a backup can read them.',
        'The service was started without AXLE_MASTER_KEY: there are no links for customers.',
      ])
      expect(about(await doctor())).toEqual(before)
      await startWith('the first key')
      // What lay open goes on working until it is set again.
      expect(await send('b')).toBe(202)
      expect((await secrets()).map(({ kept, willBe }) => [kept, willBe])).toEqual([
        ['plain', 'sealed'],
        ['plain', 'sealed'],
      ])
      await admin('PUT', '/api/secrets/COUPON_TOKEN', { value: 'c0upon-token' })
      token = (await admin('PUT', '/api/secrets/SHOP_TOKEN', {})).body.value as string
      expect(await send('c')).toBe(202)
      const sealed = about(await checked())
      expect(sealed).toEqual([
        'All 2 secrets that the pack needs are set.',
        expect.stringContaining('the public address of the service is not proved'),
      ])

      // Under another key they are said to be unreadable, and nothing is taken with them.
      expect(about(await doctor())).toEqual(sealed)
      await startWith('another key')
      expect(await send('d')).toBe(401)
      expect(about(await checked())[0]).toContain('Encrypted under another AXLE_MASTER_KEY')
      await startWith('the first key')
      expect(await send('e')).toBe(202)
      await service.stop()
      const store = await openStore(options)
      const rows = await store.inTenant('one', tx =>
        tx.query<{ value: string }>('select value from action_secret'),
      )
      await store.close()
      expect(rows.map(({ value }) => /c0upon|whsec/.test(value))).toEqual([false, false])
    })
  },
  180_000,
)
