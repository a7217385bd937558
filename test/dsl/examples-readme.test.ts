import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

// The guides beside them are tried as what they are: for an empty folder.
const folders = readdirSync('examples').filter(name => /^\d/.test(name))
const blocksOf = (page: string, language: string) =>
  [...page.matchAll(/```(\w+)\n(.*?)```/gs)].flatMap(([, of, block]) => (of === language ? [block!] : []))
const axle = (line: string) =>
  spawnSync(process.execPath, ['runtime/cli.ts', ...line.split(' ')], { encoding: 'utf8' })

describe.each(folders)('the page of %s', folder => {
  const page = readFileSync(join('examples', folder, 'README.md'), 'utf8')
  const written = readdirSync(join('examples', folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(axle|ts)$/.test(name))
    .map(name => readFileSync(join('examples', folder, name), 'utf8'))

  test('begins in Chinese, names one lesson and has nothing but blocks that are tested here', () => {
    const [title, first] = page.split('\n\n')
    expect(title).toMatch(/^# /)
    expect(first).toMatch(/\p{Script=Han}{4}/u)
    expect(page).toContain('**Lesson**')
    const languages = [...page.matchAll(/^```(\w+)$/gm)].map(match => match[1]!)
    for (const language of languages) expect(['sh', 'text', 'axle', 'ts']).toContain(language)
    expect(page.split('\n').length).toBeLessThan(60)
  })

  test('has one command, which runs and says what the page shows', () => {
    const commands = blocksOf(page, 'sh').map(block => /^npm run -s axle -- (.+)\n$/.exec(block)?.[1])
    expect(commands).toEqual([expect.any(String)])
    const { status, stdout, stderr } = axle(commands[0]!)
    expect([status, stderr]).toEqual([0, ''])
    for (const shown of blocksOf(page, 'text'))
      for (const line of shown.trimEnd().split('\n')) expect(stdout.split('\n')).toContain(line)
    expect(blocksOf(page, 'text')).toHaveLength(1)
  })

  test('has the other commands that it names in its sentences run too', () => {
    for (const [, line] of page.matchAll(/`npm run -s axle -- ([^`]+)`/g))
      expect([line, axle(line!).status]).toEqual([line, 0])
  })

  test('quotes the example as it is written', () => {
    for (const language of ['axle', 'ts'])
      for (const block of blocksOf(page, language))
        expect(written.some(text => text.includes(block))).toBe(true)
  })
})
