import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compileCode } from '#core/expression'
import { checkExpression, checkPack } from '#dsl'
import { closedFindings } from '#dsl/change'
import { builtinExamples, diagnosticsPage, languageExample, languageExamples } from '#dsl/reference'
import { wordDocs } from '#dsl/service'
import { declarationWords, keywords } from '#dsl/syntax'
import { referencePages } from '../../runtime/commands/gen-reference.ts'
import { catalogue, examples, exampleTexts, type DiagnosticCode, type Example } from '#dsl/diagnostics'

const codes = Object.keys(catalogue) as DiagnosticCode[]
const found = (example: Example, snippet: string) => {
  const texts = exampleTexts(example, snippet)
  const { release } = example
  const changed = release === undefined ? [] : closedFindings(exampleTexts(example, release), texts)
  return [...checkPack(texts).diagnostics, ...changed].map(({ code }) => code)
}

describe('the examples of the diagnostics', () => {
  test.each(codes)('%s is earned by its bad example and by nothing in its good one', code => {
    const example: Example = examples[code]
    expect(found(example, example.bad)).toContain(code)
    // Why: a good campaign is one, though no engine runs it yet; and examples share a desk of which each uses a part.
    const aside = code === 'AX5030' ? ['AX9001'] : ['AX9001', 'AX5030']
    expect(found(example, example.good).filter(other => !aside.includes(other))).toEqual([])
    if (code === 'AX9001') expect(found(example, example.good)).not.toContain('AX9001')
  })
})

describe('the generated reference', () => {
  test.each(Object.entries(referencePages()))('%s is as it is made: `axle gen reference`', (name, text) => {
    expect(readFileSync(`dsl/reference/generated/${name}`, 'utf8')).toBe(text)
  })

  test('holds every code with its next step and both examples, in both languages', () => {
    for (const language of ['zh', 'en'] as const)
      for (const code of codes) {
        const page = diagnosticsPage(language)
        expect(page).toContain(`## ${code} `)
        for (const snippet of [examples[code].bad, examples[code].good]) expect(page).toContain(snippet)
      }
  })
})

describe('the page of the language', () => {
  test('has an example for every word that declares something, and a line for every other word', () => {
    expect([...declarationWords].filter(word => !Object.hasOwn(languageExamples, word))).toEqual([])
    expect(keywords.filter(word => !wordDocs.get(word)?.zh || !wordDocs.get(word)?.en)).toEqual([])
  })

  test.each(Object.keys(languageExamples))('its example of %s compiles', word => {
    const found = checkPack({ 'example.axle': languageExample(word) }).diagnostics
    // Why: the examples share one desk, of which none uses all.
    expect(found.filter(({ code }) => code !== 'AX9001' && code !== 'AX5030')).toEqual([])
  })
})

test('every example of the page of builtins can be worked out', () => {
  const pack = { 'p.axle': 'pack t "t" version 1' }
  const { blueprint } = checkPack(pack)
  for (const written of builtinExamples()) {
    const { code, diagnostics } = checkExpression(pack, { blueprint, written, names: new Map() })
    expect(diagnostics, written).toEqual([])
    expect(compileCode(code!, () => null)({}), written).not.toBeNull()
  }
})

test('axle explain says what a code means in either language, and that there is no such code', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['runtime/cli.ts', 'explain', ...args], { encoding: 'utf8' })
  expect(run('AX4104').stdout).toContain('漏掉')
  expect(run('4104', '--lang', 'en').stdout).toContain('Next:')
  expect(run('AX0000')).toMatchObject({ status: 2, stdout: '' })
})
