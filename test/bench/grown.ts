import { readFileSync, readdirSync } from 'node:fs'
import { parse, type TicketNode } from '#dsl/syntax'

export type Texts = Readonly<Record<string, string>>

/** Words that declarations of one kind share: a copy cannot have another pack, or its own customers. */
const shared: ReadonlySet<string> = new Set(['pack', 'use'])
const builtin: ReadonlySet<string> = new Set(['customer', 'staff', 'store'])

/**
 * The largest pack and copies of it beside it, each with names of its own, until `isEnough`: as many declarations of every
 * kind as a pack of that size would have.
 */
export function grown(isEnough: (texts: Texts) => boolean): Texts {
  const base = packTexts('plugins/manufacturing')
  const names = declaredNames(base)
  const texts: Record<string, string> = { ...base }
  for (let copy = 1; !isEnough(texts); copy++)
    for (const [file, text] of Object.entries(base))
      texts[`copy-${copy}/${file}`] = withoutPack(text).replace(/[\p{L}_][\p{L}\p{N}_·]*/gu, word =>
        names.has(word) ? `${word}${copy}` : word,
      )
  return texts
}

export const bytesOf = (texts: Texts) => Buffer.byteLength(Object.values(texts).join('\n'))
export const linesOf = (texts: Texts) => Object.values(texts).join('\n').split('\n').length

function packTexts(folder: string): Texts {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(name => name.endsWith('.axle'))
  return Object.fromEntries(files.map(name => [name, readFileSync(`${folder}/${name}`, 'utf8')]))
}

/** Nodes too, so that a story of the pack means its own ticket; of an action what stands behind its dot. */
function declaredNames(texts: Texts): ReadonlySet<string> {
  const nodes = Object.values(texts).flatMap(text => parse(text).declarations)
  const names = nodes
    .filter(({ kind }) => !shared.has(kind))
    .flatMap(node => {
      if (node.kind === 'action') return node.name.text.split('.').slice(-1)
      if ('names' in node && node.kind !== 'use') return node.names.map(({ name }) => name.text)
      return node.kind === 'ticket' ? [node.name.text, ...placesIn(node)] : [node.name.text]
    })
  return new Set(names.filter(name => !builtin.has(name) && !name.includes('.')))
}

function placesIn({ nodes, parallels }: TicketNode): string[] {
  const inside = parallels.flatMap(({ branches }) => branches.flatMap(branch => branch.nodes))
  return [...nodes, ...inside].map(({ name }) => name.text)
}

/** A text without the declarations of which a pack has one. */
function withoutPack(text: string): string {
  const ones = parse(text).declarations.filter(({ kind }) => shared.has(kind))
  return ones.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
}
