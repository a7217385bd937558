import { Refused } from './capability.ts'

/** A secret as an action holds it: its name. The value is put in outside the sandbox, when a call leaves. */
export interface SecretName {
  readonly secret: string
}

/** Values by the names that were granted; undefined where nobody has set one. */
export type Secrets = Readonly<Record<string, string | undefined>>

/** The value of a granted secret; throws Refused for any other, and for one without a value. */
export function secretValue({ secret }: SecretName, granted: Secrets): string {
  if (!Object.hasOwn(granted, secret)) throw new Refused(`the secret ${secret} was not granted`)
  const value = granted[secret]
  if (value === undefined)
    throw new Refused(`the secret ${secret} has no value yet: set it at /admin/actions`)
  return value
}
