import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { catalogue, examples, exampleText, type DiagnosticCode, type Example } from '#dsl/diagnostics'

const codes = Object.keys(catalogue) as DiagnosticCode[]
const found = (example: Example, snippet: string) =>
  checkPack({ 'example.axle': exampleText(example, snippet) }).diagnostics.map(({ code }) => code)

describe('the examples of the diagnostics', () => {
  test.each(codes)('%s is earned by its bad example and by nothing in its good one', code => {
    const example: Example = examples[code]
    expect(found(example, example.bad)).toContain(code)
    expect(found(example, example.good)).toEqual([])
  })
})
