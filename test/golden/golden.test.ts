import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { closedFindings } from '#dsl/change'
import { catalogue, helpOf, messageOf } from '#dsl/diagnostics'

// A case is a pack text whose expectations stand on the lines below the fault: //! CODE "the text it points at"
const folder = new URL('cases/', import.meta.url)
const readAll = (end: string) =>
  readdirSync(folder)
    .filter(name => name.endsWith(end))
    .map(name => ({ name, source: readFileSync(new URL(name, folder), 'utf8') }))
const written = readAll('.axle')
// What is wrong in a sheet is said in the text that names it: //! sheet.csv:2 CODE "the text it points at"
const sheets: Readonly<Record<string, string>> = Object.fromEntries(
  [...readAll('.csv'), { name: 'long.csv', source: `数,费\n${'3,¥1\n'.repeat(20_001)}` }].map(
    ({ name, source }) => [name, source],
  ),
)
// What no file should hold; what is not read at all leaves its pack without a declaration.
const grown = [
  { name: 'a long file', source: `//! AX1005 ""\n//! AX2004 ""\n${'// 长\n'.repeat(500_000)}` },
  {
    name: 'a text and a comment with hidden characters',
    source: 'enum A { 甲 "反\0义" }\n//! AX1007 "\\u0000"\n// \ud800\n//! AX1007 "\\ud800"\n',
  },
  {
    name: 'a long sheet',
    source:
      'table 长 partial { | 数: int || 费: money |\n|---||---|\nrows from "long.csv"\n}\n//! long.csv:1 AX4033 ""\n',
  },
  {
    name: 'a deep file',
    source: `//! AX2004 ""\nform 单 { 数: int = ${'('.repeat(50)}1${')'.repeat(50)} }\n//! AX1006 "("\n`,
  },
].map(({ name, source }) => ({ name, source: `pack t "t" version 1\n${source}` }))
// What a desk changed of a release: the release’s text stands behind the line `//! release`.
const changedRelease = written.map(one => {
  const [source, release] = one.source.split('//! release\n')
  return { name: one.name, source: source!, release }
})
const cases = [...changedRelease, ...grown.map(one => ({ ...one, release: undefined }))]
const expectation = /^\s*\/\/! (?:(\S+):(\d+) )?(AX\d{4}) (".*")$/

function expected(source: string): string[] {
  let faulty = 0
  return source.split('\n').flatMap((line, index) => {
    const [, sheet, row, code, quoted] = expectation.exec(line) ?? []
    if (!code) faulty = index + 1
    return code ? [`${sheet ? `${sheet}:${row}` : faulty} ${code} ${quoted}`] : []
  })
}

describe('diagnostics', () => {
  test.each(cases)(
    '$name reports exactly what it says below its faulty lines',
    ({ name, source, release }) => {
      const texts = { ...sheets, [name]: source }
      const closed = release === undefined ? [] : closedFindings({ [name]: release }, texts)
      const found = [...checkPack(texts).diagnostics, ...closed].map(d => {
        const text = d.file === name ? source : sheets[d.file]!
        const line = text.slice(0, d.start).split('\n').length
        const place = d.file === name ? line : `${d.file}:${line}`
        return `${place} ${d.code} ${JSON.stringify(text.slice(d.start, d.end))}`
      })
      expect(found.toSorted()).toEqual(expected(source).toSorted())
    },
  )

  test('every code has a golden case', () => {
    const covered = new Set(cases.flatMap(({ source }) => source.match(/AX\d{4}/g) ?? []))
    expect(Object.keys(catalogue).filter(code => !covered.has(code))).toEqual([])
  })

  test('every message and help renders in both languages without a hole', () => {
    for (const { name, source } of cases)
      for (const finding of checkPack({ [name]: source }).diagnostics)
        for (const language of ['zh', 'en'] as const)
          for (const text of [messageOf(finding, language), helpOf(finding, language)])
            expect(text, `${name} ${finding.code}`).not.toMatch(/\{\w+\}|“”|「」|^$/)
  })
})
