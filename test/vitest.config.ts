import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    // Why one more than cores: suites wait for deadlines, kills and pages. With CI nothing is to be late.
    maxWorkers: process.env.CI ? 2 : 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/cluster.ts'],
    setupFiles: ['test/support/seed.ts'],
  },
})
