// The pack's own tests where editors look for them: `npm install -D vitest`, then `npx vitest`.
import { packTests } from 'axle/vitest'
import { describe, test } from 'vitest'

await packTests(import.meta.dirname, { describe, test })
