import type { Diagnostic } from '#dsl/diagnostics'
import {
  parse,
  withoutSheets,
  type Declaration,
  type EntityNode,
  type LibraryNode,
  type Name,
  type NamesNode,
  type PackNode,
  type TypeNode,
  type UseNode,
} from '#dsl/syntax'
import { namesOf, ofKind, type Placed } from './scope.ts'

type Texts = Readonly<Record<string, string>>

/** The texts of packs that a pack uses stand among its own, each behind `@name/`. */
const MARK = '@'

/** A pack’s own texts, and those of each pack it may use, by that pack’s name. */
export function separate(texts: Texts): { readonly own: Texts; readonly used: ReadonlyMap<string, Texts> } {
  const own: Record<string, string> = {}
  const used = new Map<string, Record<string, string>>()
  for (const [path, text] of Object.entries(texts)) {
    if (!path.startsWith(MARK)) own[path] = text
    else {
      const name = path.slice(MARK.length, path.indexOf('/'))
      used.set(name, { ...used.get(name), [path]: text })
    }
  }
  return { own, used }
}

/** What a pack is called; undefined when its texts do not say. */
export function packNameOf(texts: Texts): string | undefined {
  for (const text of Object.values(withoutSheets(texts)))
    for (const node of parse(text).declarations) if (node.kind === 'pack') return node.name.text
  return undefined
}

/** The names of packs that texts use, as far as they can be read. */
export function packsUsedIn(texts: Texts): string[] {
  const names = Object.values(withoutSheets(texts)).flatMap(text =>
    parse(text).declarations.flatMap(node =>
      node.kind === 'use' && node.what.text === 'pack' ? [node.name.text] : [],
    ),
  )
  return [...new Set(names)]
}

/**
 * What `use pack` brings in: the types of the used pack (enums, and entities as far as their fields), and what is imported by
 * name. Types that are not imported go by their qualified name (`retail.aftersale.等级`). Reports a pack, a version or a name
 * there is not.
 */
export function importsOf(
  placed: readonly Placed[],
  used: ReadonlyMap<string, Texts>,
  diagnostics: Diagnostic[],
): Placed[] {
  return ofKind<UseNode>(placed, 'use')
    .filter(({ node }) => node.what.text === 'pack')
    .flatMap(({ node, file }) => {
      const report = (at: Name, code: 'AX2002' | 'AX2006' | 'AX9001', params: Record<string, string>) =>
        diagnostics.push({ code, file, start: at.start, end: at.end, params })
      const texts = used.get(node.name.text)
      const declarations = Object.values(withoutSheets(texts ?? {})).flatMap(text => parse(text).declarations)
      const version = declarations.find((each): each is PackNode => each.kind === 'pack')?.version
      if (version === undefined || version !== node.version) {
        report(node.name, 'AX2006', { name: node.name.text, version: String(node.version ?? '') })
        return []
      }
      report(node.name, 'AX9001', { word: 'use pack', name: node.name.text })
      const asked = new Set(node.names.map(name => name.text))
      const brought = declarations.flatMap(each => broughtIn(each, asked, node.name.text))
      const known = new Set(brought.flatMap(each => namesOf(each).map(({ text }) => text)))
      for (const name of node.names) if (!known.has(name.text)) report(name, 'AX2002', { name: name.text })
      return brought.map(each => ({ node: each, file: `${MARK}${node.name.text}/` }))
    })
}

const types: ReadonlySet<string> = new Set(['enum', 'entity', 'library'])
const byName: ReadonlySet<string> = new Set(['hours', 'table', 'setting', 'lexicon'])

function broughtIn(node: Declaration, asked: ReadonlySet<string>, pack: string): Declaration[] {
  if ('names' in node && node.kind !== 'use') {
    const names = node.names.filter(item => asked.has(item.name.text))
    return names.length > 0
      ? [{ ...node, names: names.map(item => ({ ...item, extends: undefined })) } as NamesNode]
      : []
  }
  if (byName.has(node.kind)) return asked.has(node.name.text) ? [node] : []
  if (!types.has(node.kind)) return []
  const rename = (name: string) => (asked.has(name) || scalar(name) ? name : `${pack}.${name}`)
  const name = { ...node.name, text: rename(node.name.text) }
  if (node.kind === 'enum') return [{ ...node, name }]
  const { fields } = node as EntityNode | LibraryNode
  const events = node.kind === 'entity' ? node.events : []
  const plain = fields.map(field => ({
    ...{ ...field, type: renamed(field.type, rename), clauses: [] },
    ...{ value: undefined, rounding: undefined },
  }))
  const isExtension = node.kind === 'entity' && node.extends
  const { label, start, end } = node
  return [{ kind: 'entity', extends: isExtension, name, label, fields: plain, events, start, end }]
}

const builtin: ReadonlySet<string> = new Set(['customer', 'staff', 'store', 'list', 'set', 'map'])
const scalars =
  /^(text|int|decimal|percent|money|bool|date|time|datetime|duration|region|photo|file|signature|scan|location)$/

function scalar(name: string): boolean {
  return builtin.has(name) || scalars.test(name)
}

function renamed(type: TypeNode, rename: (name: string) => string): TypeNode {
  const name = { ...type.name, text: rename(type.name.text) }
  return { ...type, name, args: type.args.map(arg => renamed(arg, rename)) }
}
