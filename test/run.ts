// `npm test`: runs every suite with vitest and prints one plain closing line that any machine can read.
import { startVitest } from 'vitest/node'

const asked = process.argv.slice(2)
// `--seed 7` tries other cases at random, as AXLE_SEED does.
const seedAt = asked.indexOf('--seed')
if (seedAt >= 0) process.env.AXLE_SEED = asked.splice(seedAt, 2)[1] ?? 'random'
const vitest = await startVitest('test', asked, {
  config: 'test/vitest.config.ts',
  watch: false,
})
const modules = vitest.state.getTestModules()
const tests = modules.flatMap(module => [...module.children.allTests()])
const count = (state: string) => tests.filter(test => test.result().state === state).length
const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(count) as [number, number, number]
const broken = modules.filter(module => !module.ok()).length + vitest.state.getUnhandledErrors().length
await vitest.close()
const mustRun = skipped > 0 && Boolean(process.env.CI)
if (mustRun) console.error(`${skipped} tests were skipped: with CI set every test must run.`)
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
// Why not the exit code alone: the embedded PostgreSQL ends the process by a hook of its own, which sets it to 0.
process.exit(failed + broken > 0 || tests.length === 0 || mustRun ? 1 : 0)
