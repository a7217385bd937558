import type { Declaration, Name } from '#dsl/syntax'

const known = new WeakMap<Declaration, ReadonlySet<string>>()

/**
 * The words in a declaration other than those of its names that it declares: names, parts of paths, and what stands in the places of a
 * text (`{customer.name}`). A word says nothing of what it means, so that two things of one name count for each other.
 */
export function mentionsIn(node: Declaration, declared: readonly Name[]): ReadonlySet<string> {
  let words = known.get(node)
  if (!words) known.set(node, (words = wordsIn(node, new Set(declared))))
  return words
}

function wordsIn(node: Declaration, declared: ReadonlySet<Name>): Set<string> {
  const words = new Set<string>()
  const add = (text: string) => {
    words.add(text)
    if (text.includes('.')) for (const part of text.split('.')) words.add(part)
  }
  const open: unknown[] = [node]
  while (open.length > 0) {
    const next = open.pop()
    if (Array.isArray(next)) {
      for (const item of next) if (typeof item === 'object' && item !== null) open.push(item)
      continue
    }
    const tree = next as Readonly<Record<string, unknown>>
    if (declared.has(tree as unknown as Name)) continue
    for (const key in tree) {
      const part = tree[key]
      if (typeof part === 'object') {
        if (part !== null) open.push(part)
      } else if (typeof part !== 'string') continue
      else if (key === 'text' || key === 'name') add(part)
      else if ((key === 'value' || key === 'image') && part.includes('{'))
        for (const [, path] of part.matchAll(/\{([^{}\s]+)\}/g)) add(path!)
    }
  }
  return words
}
