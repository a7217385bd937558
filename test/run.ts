// `npm test`: runs every suite with vitest and prints one plain closing line that any machine can read.
import { startVitest } from 'vitest/node'

const vitest = await startVitest('test', process.argv.slice(2), {
  config: 'test/vitest.config.ts',
  watch: false,
})
const tests = vitest.state.getTestModules().flatMap(module => [...module.children.allTests()])
const count = (state: string) => tests.filter(test => test.result().state === state).length
const skipped = count('skipped')
await vitest.close()
if (skipped > 0 && process.env.CI) {
  console.error(`${skipped} tests were skipped: with CI set every test must run.`)
  process.exitCode = 1
}
if (tests.length === 0) process.exitCode = 1
console.log(`${count('passed')} passed, ${count('failed')} failed, ${skipped} skipped`)
