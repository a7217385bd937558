import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const TOP = ['core', 'dsl', 'plugins', 'studio', 'runtime', 'examples', 'test']
const MAX_LINES = 600
const skipped = new Set(['node_modules', 'generated', 'dist', 'data'])
const files = TOP.flatMap(sourcesBelow).map(path => ({ path, text: readFileSync(path, 'utf8') }))

function sourcesBelow(folder: string): string[] {
  let names: string[] = []
  try {
    names = readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return names.flatMap(name => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return skipped.has(name) ? [] : sourcesBelow(path)
    return path.endsWith('.ts') ? [path] : []
  })
}

const importsOf = (text: string) =>
  [...text.matchAll(/^(?:import|.*\bfrom) '([^']+)'$/gm)].map(match => match[1]!)

const withoutComments = (text: string) => text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '')

/** What each area may import besides itself. */
const allowed: Record<string, RegExp> = {
  core: /^(#core\/|\.\/|temporal-polyfill|typebox|re2js|opencc-js|pinyin-pro)/,
  dsl: /^(#core\/|#dsl|\.\/|chevrotain$|pinyin-pro$)/,
  plugins: /^(\.\/|#pack$)/,
}

describe('the house', () => {
  test('pure code imports only what it may', () => {
    const wrong = files.flatMap(({ path, text }) => {
      const rule = allowed[path.split('/')[0]!]
      return rule
        ? importsOf(text)
            .filter(name => !rule.test(name))
            .map(name => `${path}: ${name}`)
        : []
    })
    expect(wrong).toEqual([])
  })

  test('folders of core and dsl are entered only by their door', () => {
    const wrong = files
      .filter(({ path }) => /^(core|dsl)\//.test(path))
      .flatMap(({ path, text }) =>
        importsOf(text)
          .filter(name => name.startsWith('..'))
          .map(name => `${path}: ${name}`),
      )
    expect(wrong).toEqual([])
  })

  test('no file is longer than its limit, none is a drawer', () => {
    expect(files.filter(({ text }) => text.split('\n').length > MAX_LINES).map(({ path }) => path)).toEqual(
      [],
    )
    const drawers = /\/(utils?|helpers?|common|misc|types)\.ts$/
    expect(files.filter(({ path }) => drawers.test(path)).map(({ path }) => path)).toEqual([])
  })

  test('pure code reads no clock and no dice', () => {
    const impure = /Date\.now|new Date\(\)|Math\.random|process\./
    const wrong = files.filter(({ path, text }) => /^(core|dsl)\//.test(path) && impure.test(text))
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  test('text becomes code in one file, which holds nothing else', () => {
    const making = /\bnew Function\b|(?<!\.)\beval\(/
    const makers = files.filter(
      ({ path, text }) => !path.startsWith('test/') && making.test(withoutComments(text)),
    )
    expect(makers.map(({ path }) => path)).toEqual(['runtime/generation.ts'])
    expect(makers[0]!.text.split('\n').length).toBeLessThan(15)
  })

  test('messages leave by one file, and none to a customer without the gate', () => {
    const sending = /\.(sendKfText|sendAppText|createMassSend)\(/
    const senders = files.filter(({ path, text }) => /^runtime\//.test(path) && sending.test(text))
    expect(senders.map(({ path }) => path)).toEqual(['runtime/usecases/send-outbox.ts'])
    expect(senders[0]!.text).toContain('await passGate(')
  })
})
