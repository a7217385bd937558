import { Foundation } from './foundation.ts'

/** All migrations, oldest first; a name once released never changes. */
export const migrations = [{ name: '0001-foundation', class: Foundation }]
