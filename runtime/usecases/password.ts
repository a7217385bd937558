import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Problem } from './problem.ts'

/** scrypt at N 2^15, r 8, p 1: about 32 MB and some tens of milliseconds; the parameters are stored with the hash. */
const COST = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const KEY_BYTES = 32
export const MIN_PASSWORD_LENGTH = 8
export const MAX_PASSWORD_LENGTH = 200

type Scrypt = (password: string, salt: Buffer, length: number, options: typeof COST) => Promise<Buffer>
const derive = promisify(scrypt) as unknown as Scrypt

/** What is kept of a password that somebody chooses. Throws Problem when it is too short or too long. */
export function passwordHash(password: string): Promise<string> {
  if (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH)
    throw new Problem('password-length', 422, {
      params: { min: String(MIN_PASSWORD_LENGTH), max: String(MAX_PASSWORD_LENGTH) },
    })
  return hashPassword(password)
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password.normalize('NFC'), salt, KEY_BYTES, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** False for a wrong password, and for a hash that is missing or cannot be read, in about the same time. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', stored = ''] = (hash ?? '').split('$')
  const cost = { ...COST, ...(hash !== null && { N: Number(N), r: Number(r), p: Number(p) }) }
  const key = await derive(password.normalize('NFC'), Buffer.from(salt, 'base64'), KEY_BYTES, cost)
  const wanted = Buffer.from(stored, 'base64')
  return wanted.length === key.length && timingSafeEqual(wanted, key)
}
