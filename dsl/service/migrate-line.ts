import { parse, withoutSheets, type MigrateNode, type PackNode } from '#dsl/syntax'
import { kindOf, pathOf, type SymbolKind } from './symbol.ts'
import type { TextEdit } from './text-edit.ts'
import type { Texts } from './texts.ts'

/** What tickets in flight hold by its name, and the word that says where it goes. */
const moved: Partial<Record<SymbolKind, 'node' | 'field' | 'value'>> = {
  ...{ node: 'node', parallel: 'node', 'form-field': 'field', value: 'value' },
}

/**
 * The line of `migrate from n` that a rename asks for, so that tickets in flight find what is called otherwise; `n` is the
 * version the texts have now. None for what no ticket holds, or where a move of that block leads to it already.
 */
export function migrateLine(texts: Texts, { symbol, name }: { symbol: string; name: string }): TextEdit[] {
  const what = moved[kindOf(symbol)]
  const [owner, old] = ownerAndName(pathOf(symbol))
  const pack = placedOf<PackNode>(texts, 'pack')[0]
  if (!what || !pack) return []
  const { version } = pack.node
  const known = placedOf<MigrateNode>(texts, 'migrate').find(({ node }) => node.from === version)
  const before = known?.node.moves.find(move => move.what === what && move.to.text === `${owner}.${old}`)
  if (known && before) return before.from.text === `${owner}.${name}` ? withoutMove(texts, known, before) : []
  const line = `${what} ${owner}.${old} -> ${owner}.${name}`
  if (known) return [lineIn(texts, known, line)]
  const source = texts[pack.file]!
  const gap = source.endsWith('\n') ? '\n' : '\n\n'
  const text = `${gap}migrate from ${version} {\n  ${line}\n}\n`
  return [{ file: pack.file, start: source.length, end: source.length, text }]
}

interface Placed<D> {
  readonly file: string
  readonly node: D
}

function placedOf<D extends PackNode | MigrateNode>(texts: Texts, kind: D['kind']): Placed<D>[] {
  return Object.keys(withoutSheets(texts))
    .filter(file => !file.startsWith('@'))
    .sort()
    .flatMap(file => parse(texts[file]!).declarations.map(node => ({ file, node })))
    .filter((placed): placed is Placed<D> => placed.node.kind === kind)
}

function ownerAndName(path: string): [owner: string, name: string] {
  const dot = path.indexOf('.')
  return [path.slice(0, dot), path.slice(dot + 1)]
}

/** In front of the closing brace, on a line of its own where the block has lines. */
function lineIn(texts: Texts, { file, node }: Placed<MigrateNode>, line: string): TextEdit {
  const source = texts[file]!
  const block = source.slice(node.start, node.end)
  const end = node.start + block.slice(0, -1).trimEnd().length
  const isEmpty = /[{｛]\s*$/.test(block.slice(0, -1))
  const indent = /\n([ \t]*)\S/.exec(block)?.[1] ?? '  '
  const text = block.includes('\n') ? `\n${indent}${line}` : `${isEmpty ? '' : ';'} ${line}`
  return { file, start: end, end, text }
}

/** What is called as it was needs no move; a block without moves goes with the blank line before it. */
function withoutMove(
  texts: Texts,
  { file, node }: Placed<MigrateNode>,
  move: MigrateNode['moves'][number],
): TextEdit[] {
  const source = texts[file]!
  if (node.moves.length + node.drains.length === 1) {
    const before = /\n\n$/.test(source.slice(0, node.start)) ? 1 : 0
    const behind = source[node.end] === '\n' ? 1 : 0
    return [{ file, start: node.start - before, end: node.end + behind, text: '' }]
  }
  const lineStart = source.lastIndexOf('\n', move.start - 1)
  const isAlone = source.slice(lineStart + 1, move.start).trim() === '' && source[move.end] === '\n'
  if (isAlone) return [{ file, start: lineStart, end: move.end, text: '' }]
  const behind = /^\s*;?\s*/.exec(source.slice(move.end))![0].length
  return [{ file, start: move.start, end: move.end + behind, text: '' }]
}
