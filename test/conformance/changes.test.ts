import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Blueprint } from '#core/blueprint'
import { checkPack } from '#dsl'
import { classOrder, diffBlueprints, sameMeaning, sayChange, type ChangeClass } from '#dsl/change'
import { severityOf } from '#dsl/diagnostics'

type Texts = Readonly<Record<string, string>>

const read = (folder: string, behind = ''): Texts =>
  Object.fromEntries(
    readdirSync(`examples/${folder}`)
      .filter(name => /\.(axle|csv)$/.test(name))
      .map(name => [behind + name, readFileSync(`examples/${folder}/${name}`, 'utf8')]),
  )

/** The packs that edits are made on, each with the one it uses. */
const packs: Readonly<Record<string, Texts>> = {
  '07-aftersale': read('07-aftersale'),
  '08-field-repair': { ...read('08-field-repair'), ...read('07-aftersale', '@retail.aftersale/') },
}

interface Row {
  readonly pack: string
  readonly class: ChangeClass | 'none'
  readonly says: string
  readonly edits: readonly (readonly [from: string, to: string])[]
}

const rows = rowsOf(readFileSync(new URL('changes.txt', import.meta.url), 'utf8'))

function rowsOf(source: string): Row[] {
  let pack = ''
  return source.split(/\n\n+/).flatMap((block): Row[] => {
    const lines = block.split('\n').filter(line => line !== '')
    const [head = ''] = lines
    if (head.startsWith('= ')) pack = head.slice(2)
    const [, kind, says = ''] = /^## (\w+)(?: · (.*))?$/.exec(head) ?? []
    return kind ? [{ pack, class: kind as Row['class'], says, edits: editsOf(lines.slice(1)) }] : []
  })
}

function editsOf(lines: readonly string[]): [string, string][] {
  const edits: { from: string[]; to: string[] }[] = []
  for (const line of lines) {
    if (line.startsWith('- ') && (edits.length === 0 || edits.at(-1)!.to.length > 0))
      edits.push({ from: [], to: [] })
    edits.at(-1)![line.startsWith('- ') ? 'from' : 'to'].push(line.slice(2))
  }
  return edits.map(({ from, to }) => [from.join('\n'), to.join('\n')])
}

function edited(texts: Texts, edits: Row['edits']): Texts {
  const changed = { ...texts }
  for (const [from, to] of edits) {
    const file = Object.keys(changed).find(name => !name.startsWith('@') && changed[name]!.includes(from))
    if (file === undefined) throw new Error(`nothing reads ${from}`)
    changed[file] = changed[file]!.replace(from, () => to)
  }
  return changed
}

function compiled(texts: Texts): Blueprint {
  const { blueprint, diagnostics } = checkPack(texts)
  // Why: who may fill a field that an edit adds is not what the edit is about.
  const errors = diagnostics.filter(found => severityOf(found) === 'error' && found.code !== 'AX5012')
  expect(errors).toEqual([])
  return blueprint
}

const written = Object.fromEntries(Object.entries(packs).map(([name, texts]) => [name, compiled(texts)]))

describe('an edit of a pack', () => {
  test('is tried in at least sixty ways', () => expect(rows.length).toBeGreaterThanOrEqual(60))

  test.each(rows.map((row, index) => ({ ...row, index })))(
    '$index is $class: $says',
    ({ pack, class: kind, says, edits }) => {
      const before = written[pack]!
      const after = compiled(edited(packs[pack]!, edits))
      const changes = diffBlueprints(before, after)
      const said = changes.map(change => `${change.class} ${sayChange(change, 'zh')}`)
      expect(sameMeaning(before, after)).toBe(kind === 'none')
      if (kind === 'none') return expect(said).toEqual([])
      expect(said).toContain(`${kind} ${says}`)
      const mostly = classOrder.indexOf(kind)
      expect(said.filter((_, at) => classOrder.indexOf(changes[at]!.class) > mostly)).toEqual([])
      for (const change of changes) expect(sayChange(change, 'en')).not.toMatch(/\{\w+\}|undefined/)
      return undefined
    },
  )
})
