import { createCipheriv, createHash } from 'node:crypto'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CALLBACK_MAX_BYTES,
  CALLBACK_SKEW_MS,
  NONCE_TTL_MS,
  openCallback,
  openEcho,
  readCallback,
  sealCallback,
  sealEcho,
} from '../../runtime/channels/wecom/index.ts'

const aesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
const secrets = { token: 'QDG6eK', aesKey, receiveId: 'wx5823bf96d3bd56c7' }
const now = 1_760_000_000_000
const seconds = String(now / 1000)
const random = Uint8Array.from({ length: 16 }, (_, index) => index * 7)
const xml = '<xml><Event><![CDATA[kf_msg_or_event]]></Event></xml>'

/** A callback whose parts are set one by one; the signature fits them unless it is given. */
function craft(parts: { sealed?: string; timestamp?: string; nonce?: string; signature?: string } = {}) {
  const { sealed = encrypt(aesKey, xml, secrets.receiveId), timestamp = seconds, nonce = '137' } = parts
  const signature = parts.signature ?? getSignature(secrets.token, timestamp, nonce, sealed)
  return {
    query: { msg_signature: signature, timestamp, nonce },
    body: `<xml><ToUserName><![CDATA[${secrets.receiveId}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`,
  }
}

/** Encrypts raw bytes without adding any padding. */
function encryptRaw(plain: Buffer): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

const times = (count: number, value: number) => Array.from({ length: count }, () => value)

/** The plain text of an envelope, its length field and its padding as given. */
function plainOf(
  parts: { text?: string | Buffer; length?: number; id?: string; pad?: (missing: number) => number[] } = {},
): Buffer {
  const text = Buffer.from(parts.text ?? xml)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(parts.length ?? text.length)
  const whole = Buffer.concat([Buffer.from(random), length, text, Buffer.from(parts.id ?? secrets.receiveId)])
  const missing = 32 - (whole.length % 32)
  return Buffer.concat([whole, Buffer.from(parts.pad?.(missing) ?? times(missing, missing))])
}

const opened = (callback: { query: object; body: string }, at = now) =>
  openCallback({ ...callback, secrets, now: at })

describe('the envelope of callbacks', () => {
  test('what the reference library seals is opened, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), text => {
        fc.pre(!/<!DOCTYPE/i.test(text))
        const sealed = encrypt(aesKey, text, secrets.receiveId)
        expect(opened(craft({ sealed }))).toEqual({ ok: true, xml: text })
      }),
    )
  })

  test('what is sealed here is opened by the reference library, for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.uint8Array({ minLength: 16 }),
        (text, bytes) => {
          const { query, body } = sealCallback(text, secrets, now, bytes)
          const sealed = /<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>/.exec(body)![1]!
          expect(getSignature(secrets.token, query.timestamp, query.nonce, sealed)).toBe(query.msg_signature)
          expect(decrypt(aesKey, sealed)).toMatchObject({ message: text, id: secrets.receiveId })
        },
      ),
    )
  })

  test('the echo of the verification is opened, a wrong one is refused', () => {
    const { query } = sealEcho('4839201', secrets, now, random)
    expect(openEcho({ query, secrets, now })).toEqual({ ok: true, echo: '4839201' })
    expect(openEcho({ query: { ...query, nonce: '1' }, secrets, now })).toEqual({ ok: false })
    expect(openEcho({ query: {}, secrets, now })).toEqual({ ok: false })
  })

  test('a callback is taken up to five minutes early or late, and not a second beyond', () => {
    expect(opened(craft(), now + CALLBACK_SKEW_MS).ok).toBe(true)
    expect(opened(craft(), now - CALLBACK_SKEW_MS).ok).toBe(true)
    expect(opened(craft(), now + CALLBACK_SKEW_MS + 1)).toEqual({ ok: false })
    expect(opened(craft(), now - CALLBACK_SKEW_MS - 1)).toEqual({ ok: false })
    expect(NONCE_TTL_MS).toBeGreaterThan(2 * CALLBACK_SKEW_MS)
  })

  test('a length beyond the end is refused also where no receiver is expected', () => {
    const nobody = { ...secrets, receiveId: '' }
    const callback = craft({ sealed: encryptRaw(plainOf({ id: '', length: xml.length + 1 })) })
    expect(openCallback({ ...callback, secrets: nobody, now })).toEqual({ ok: false })
    const fitting = craft({ sealed: encryptRaw(plainOf({ id: '' })) })
    expect(openCallback({ ...fitting, secrets: nobody, now })).toEqual({ ok: true, xml })
  })

  test('a key of the wrong length is a fault of the configuration, not of the callback', () => {
    expect(() => openCallback({ ...craft(), secrets: { ...secrets, aesKey: 'short' }, now })).toThrow(
      RangeError,
    )
  })
})

describe('mutations', () => {
  const good = craft()
  const sealed = encrypt(aesKey, xml, secrets.receiveId, Buffer.from(random))
  const flipped = (text: string, at: number) =>
    text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1)
  const withBody = (body: string) => ({ query: good.query, body })
  const mutations: Record<string, { query: object; body: string }> = {
    'a changed signature': craft({ signature: flipped(good.query.msg_signature, 7) }),
    'a cut signature': craft({ signature: good.query.msg_signature.slice(0, 39) }),
    'a signature in capitals': craft({
      signature: getSignature('QDG6eK', seconds, '137', sealed).toUpperCase(),
    }),
    'no signature': { ...good, query: { timestamp: seconds, nonce: '137' } },
    'a signature with another token': craft({ signature: getSignature('other', seconds, '137', sealed) }),
    'a signature without the token': craft({
      signature: createHash('sha1').update([seconds, '137', sealed].sort().join('')).digest('hex'),
    }),
    'another nonce than signed': { ...good, query: { ...good.query, nonce: '138' } },
    'an empty nonce, rightly signed': craft({ nonce: '' }),
    'an endless nonce, rightly signed': craft({ nonce: '1'.repeat(129) }),
    'another time than signed': { ...good, query: { ...good.query, timestamp: String(now / 1000 + 1) } },
    'a time in the past, rightly signed': craft({ timestamp: String(now / 1000 - 301) }),
    'a time in the future, rightly signed': craft({ timestamp: String(now / 1000 + 301) }),
    'a time that is no number, rightly signed': craft({ timestamp: 'NaN' }),
    'a time with an exponent, rightly signed': craft({ timestamp: '176e7' }),
    'another receiver': craft({ sealed: encrypt(aesKey, xml, 'wx0000000000000000') }),
    'a receiver that starts alike': craft({ sealed: encrypt(aesKey, xml, `${secrets.receiveId}x`) }),
    'no receiver': craft({ sealed: encrypt(aesKey, xml, '') }),
    'another key': craft({ sealed: encrypt(aesKey.replace('j', 'k'), xml, secrets.receiveId) }),
    'a padding of zero': craft({ sealed: encryptRaw(plainOf({ pad: missing => times(missing, 0) })) }),
    'a padding longer than a block': craft({
      sealed: encryptRaw(plainOf({ pad: missing => times(missing + 32, missing + 32) })),
    }),
    'a padding with one wrong byte': craft({ sealed: encryptRaw(spoiled(plainOf({ text: 'ab' }))) }),
    'a padding to sixteen only': craft({ sealed: encryptRaw(toSixteen()) }),
    'a length beyond the end': craft({ sealed: encryptRaw(plainOf({ length: 4_000_000_000 })) }),
    'a length one too short': craft({ sealed: encryptRaw(plainOf({ length: xml.length - 1 })) }),
    'a length one too long': craft({ sealed: encryptRaw(plainOf({ length: xml.length + 1 })) }),
    'a plain text shorter than its head': craft({ sealed: encryptRaw(Buffer.alloc(32, 20)) }),
    'bytes that are no UTF-8': craft({
      sealed: encryptRaw(plainOf({ text: Buffer.from([0xff, 0xfe, 0x41]) })),
    }),
    'base64 cut by one character': craft({ sealed: sealed.slice(0, -1) }),
    'base64 cut by one block': craft({
      sealed: Buffer.from(sealed, 'base64').subarray(0, -16).toString('base64'),
    }),
    'base64 with a stray character': craft({ sealed: `${sealed.slice(0, 8)}-_${sealed.slice(10)}` }),
    'a changed byte of what is sealed': craft({ sealed: flipped(sealed, sealed.length - 6) }),
    'nothing sealed': craft({ sealed: '' }),
    'a body that is no XML': withBody('hello'),
    'an empty body': withBody(''),
    'a body without the envelope': withBody('<xml><ToUserName>a</ToUserName></xml>'),
    'two envelopes': withBody(good.body.replace('</xml>', `<Encrypt>${sealed}</Encrypt></xml>`)),
    'a body that declares a document type': withBody(`<!DOCTYPE xml [<!ENTITY a "b">]>${good.body}`),
    'a document type inside': craft({ sealed: encrypt(aesKey, `<!doctype x>${xml}`, secrets.receiveId) }),
    'a body over the limit': withBody(good.body.replace('<xml>', `<xml>${' '.repeat(CALLBACK_MAX_BYTES)}`)),
  }

  test('the callback they start from is good', () => {
    expect(opened(good)).toEqual({ ok: true, xml })
    expect(opened(craft({ sealed: encryptRaw(plainOf()) }))).toEqual({ ok: true, xml })
  })

  test.each(Object.entries(mutations))('%s is refused like everything else', (_, callback) => {
    expect(opened(callback)).toStrictEqual({ ok: false })
  })
})

describe('reading a callback', () => {
  const event = (fields: string) => `<xml><ToUserName>ww1</ToUserName><MsgType>event</MsgType>${fields}</xml>`
  const kf = '<CreateTime>1348831860</CreateTime><Event><![CDATA[kf_msg_or_event]]></Event>'

  test('new messages name their account and the token to pull with', () => {
    const text = event(`${kf}<Token><![CDATA[ENC007]]></Token><OpenKfId><![CDATA[wk1]]></OpenKfId>`)
    expect(readCallback(text)).toEqual({
      ...{ kind: 'kf_msg_or_event', openKfId: 'wk1', token: 'ENC007', createTime: 1348831860 },
    })
  })

  test('tokens of digits only stay text', () => {
    const text = event(`${kf}<Token>007</Token><OpenKfId>0012</OpenKfId>`)
    expect(readCallback(text)).toMatchObject({ token: '007', openKfId: '0012' })
  })

  test('any other event is named, and what lacks its fields or is no XML is no message', () => {
    expect(readCallback(event('<Event>change_contact</Event>'))).toEqual({
      kind: 'other',
      event: 'change_contact',
    })
    expect(readCallback(event(`${kf}<Token>t</Token>`))).toEqual({ kind: 'other', event: 'kf_msg_or_event' })
    for (const text of [
      '',
      'x',
      '<xml>',
      '<a/>',
      '<xml><Event/></xml>',
      '<!DOCTYPE a><xml/>',
      '<xml>'.repeat(9_000),
    ]) {
      expect(readCallback(text)).toEqual({ kind: 'other', event: '' })
    }
  })
})

function spoiled(plain: Buffer): Buffer {
  const copy = Buffer.from(plain)
  copy[copy.length - 2] = 0
  return copy
}

/** A right envelope but for its length: sixteen more than a multiple of 32. */
function toSixteen(): Buffer {
  const text = xml + 'x'.repeat((32 + 8 - ((20 + xml.length + secrets.receiveId.length) % 32)) % 32)
  return plainOf({ text, pad: () => times(8, 8) })
}
