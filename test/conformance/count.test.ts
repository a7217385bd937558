import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkPack } from '#dsl'

const folder = (name: string) => new URL(`${name}/`, import.meta.url)
const textsIn = (name: string, end: string) =>
  readdirSync(folder(name))
    .filter(file => file.endsWith(end))
    .map(file => readFileSync(new URL(file, folder(name)), 'utf8'))

/** Lines that say what comes of something. */
const lines = (name: string) =>
  textsIn(name, '.txt').flatMap(text =>
    text.split('\n').filter(line => line.includes(' => ') && !line.startsWith('#')),
  ).length
/** Rows of tests in packs. */
const rows = (name: string) =>
  textsIn(name, '.axle').reduce((sum, text) => sum + checkPack({ 'p.axle': text }).cases.length, 0)

const suites = {
  expressions: lines('expressions'),
  tables: rows('tables'),
  calendar: lines('calendar'),
  limits: lines('limits'),
  prices: rows('prices'),
  splits: rows('splits'),
}
const total = Object.values(suites).reduce((sum, count) => sum + count, 0)

test(`the suites hold ${total} cases: ${JSON.stringify(suites)}`, () => {
  expect(total).toBeGreaterThanOrEqual(1_500)
  for (const count of Object.values(suites)) expect(count).toBeGreaterThanOrEqual(60)
})
