import { afterEach, expect, test, vi } from 'vitest'
import type { Blueprint, Code } from '#core/blueprint'

const condition: Code = {
  ...{ op: 'apply', type: { kind: 'bool' }, fn: '>' },
  args: [
    { op: 'name', type: { kind: 'int' }, name: '金额' },
    { op: 'const', type: { kind: 'int' }, value: 100 },
  ],
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** How many functions are made of text while a condition is evaluated so often. */
async function madeWhile(load: () => Promise<unknown>, times: number): Promise<number> {
  let made = 0
  const counting = new Proxy(Function, {
    construct: (target, args: string[]) => {
      made++
      return Reflect.construct(target, args) as object
    },
  })
  await load()
  const { evaluate } = await import('#core/table')
  vi.stubGlobal('Function', counting)
  const blueprint = { tables: {} } as unknown as Blueprint
  for (let at = 0; at < times; at++) expect(evaluate(blueprint, condition, { 金额: at })).toBe(at > 100)
  return made
}

test.each([
  ['the server', () => import('../../runtime/server.ts')],
  ['the command line', () => import('../../runtime/commands/source.ts')],
])('%s makes functions of what is asked often, once, and of nothing else', async (_, load) => {
  expect(await madeWhile(load, 50)).toBe(0)
  vi.unstubAllGlobals()
  vi.resetModules()
  expect(await madeWhile(load, 500)).toBe(1)
})

test('where no one allows it, as in a browser, nothing is made of text', async () => {
  expect(await madeWhile(async () => {}, 500)).toBe(0)
})
