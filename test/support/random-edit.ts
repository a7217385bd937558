import fc from 'fast-check'
import { parse } from '#dsl/syntax'

type Texts = Readonly<Record<string, string>>

/** One change of a pack's texts as somebody at an editor makes it; `at` and the like are taken modulo what there is. */
export interface Edit {
  readonly kind:
    'insert' | 'delete' | 'swap' | 'move' | 'copy-line' | 'drop-line' | 'rename' | 'remove' | 'undo'
  readonly file: number
  readonly at: number
  readonly to: number
  readonly piece: string
}

const pieces = [
  ...['x', '1', ' ', '\n', '"', '{', '}', '(', ')', '|', ',', ':', '.', '-', '// x', '// x\n', '，'],
  ...['"\\\n', '(\n', '\n-> ', '\u200b', '\\', '·'],
  ...['if ', 'not ', ' and ', ' required', ' = 1', ' -> ', ' when ', ' >= ', '¥1', '5%', '2d', 'null'],
  ...['enum 级 { 甲, 乙 }\n', 'role 某\n', 'form 单 "单" {\n  数: int\n}\n', 'entity 物 { 号: text key }\n'],
  ...['open ', 'ordered ', 'extend customer { 新: bool }\n', 'setting 上限: money = ¥5\n', '[', '客户', '数'],
]

/** Edits of all kinds, small ones most often. */
export const edits: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom<Edit['kind']>(
    ...(['insert', 'insert', 'insert', 'delete', 'delete', 'swap', 'move'] as const),
    ...(['copy-line', 'drop-line', 'rename', 'rename', 'remove', 'undo'] as const),
  ),
  file: fc.nat(),
  at: fc.nat(),
  to: fc.nat(),
  piece: fc.constantFrom(...pieces),
})

/** The texts after an edit; `before` are those of the edit before. */
export function edited(texts: Texts, before: Texts, edit: Edit): Texts {
  const files = Object.keys(texts)
  if (edit.kind === 'undo' || files.length === 0) return before
  const file = files[edit.file % files.length]!
  const text = texts[file]!
  if (edit.kind === 'remove') {
    const { [file]: _, ...rest } = texts
    return files.length > 1 ? rest : texts
  }
  if (edit.kind === 'move') return moved(texts, file, edit)
  return { ...texts, [file]: changed(text, edit) }
}

function changed(text: string, { kind, at, to, piece }: Edit): string {
  const place = at % (text.length + 1)
  if (kind === 'insert') return text.slice(0, place) + piece + text.slice(place)
  if (kind === 'delete') return text.slice(0, place) + text.slice(place + 1 + (to % 12))
  if (kind === 'swap') return swapped(text, at, to)
  if (kind === 'rename') return renamed(text, place, piece)
  const lines = text.split('\n')
  const line = at % lines.length
  if (kind === 'copy-line') return lines.toSpliced(to % lines.length, 0, lines[line]!).join('\n')
  return lines.toSpliced(line, 1).join('\n')
}

/** Another name for the word at a place, everywhere in the file or there alone. */
function renamed(text: string, place: number, piece: string): string {
  const word = /[\p{L}_][\p{L}\p{N}_]*/u.exec(text.slice(place))?.[0]
  if (word === undefined) return text
  return piece.length > 1 ? text.replaceAll(word, `${word}新`) : text.replace(word, `${word}新`)
}

/** Two declarations in each other's place. */
function swapped(text: string, at: number, to: number): string {
  const nodes = parse(text).declarations
  if (nodes.length < 2) return text
  const [one, two] = [nodes[at % nodes.length]!, nodes[to % nodes.length]!].sort((a, b) => a.start - b.start)
  if (one!.end > two!.start) return text
  return (
    text.slice(0, one!.start) +
    text.slice(two!.start, two!.end) +
    text.slice(one!.end, two!.start) +
    text.slice(one!.start, one!.end) +
    text.slice(two!.end)
  )
}

/** A declaration at the end of another file, or of a new one. */
function moved(texts: Texts, file: string, { at, to }: Edit): Texts {
  const text = texts[file]!
  const nodes = parse(text).declarations
  const node = nodes[at % Math.max(nodes.length, 1)]
  if (!node) return texts
  const targets = [...Object.keys(texts), 'new.axle']
  const target = targets[to % targets.length]!
  const rest = { ...texts, [file]: text.slice(0, node.start) + text.slice(node.end) }
  return { ...rest, [target]: `${rest[target] ?? ''}\n${text.slice(node.start, node.end)}\n` }
}
