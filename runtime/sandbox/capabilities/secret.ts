import { Refused } from './capability.ts'

/** A secret as an action holds it: its name. The value is put in outside the sandbox, when a call leaves. */
export interface SecretName {
  readonly secret: string
}

/** The value of a granted secret; throws Refused for any other. */
export function secretValue({ secret }: SecretName, granted: Readonly<Record<string, string>>): string {
  if (!Object.hasOwn(granted, secret)) throw new Refused(`the secret ${secret} was not granted`)
  return granted[secret]!
}
