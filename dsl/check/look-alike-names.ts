import type { Diagnostic, DiagnosticCode } from '#dsl/diagnostics'
import type { Declaration, Name, StationNode } from '#dsl/syntax'
import { oddLetterOf, skeletonOf } from './look-alike.ts'
import { namesOf, namespaceOf, type Placed } from './scope.ts'

interface PlacedName {
  readonly name: Name
  readonly file: string
}

/** Reports names with a letter that reads as another, and names beside each other that look the same. */
export function reportLookAlikes(placed: readonly Placed[], diagnostics: Diagnostic[]): void {
  const report = ({ name, file }: PlacedName, code: DiagnosticCode, params: Record<string, string>) =>
    diagnostics.push({ code, file, start: name.start, end: name.end, params })
  for (const group of groupsOf(placed)) {
    const seen = new Map<string, string>()
    for (const each of group) {
      const { text } = each.name
      const letter = oddLetterOf(text)
      if (letter) {
        const { at, char, like } = letter
        const place = { text: char, start: each.name.start + at, end: each.name.start + at + char.length }
        report({ ...each, name: place }, 'AX1010', { found: char, like, code: codePointOf(char) })
      }
      const skeleton = skeletonOf(text)
      const other = seen.get(skeleton)
      if (other === undefined) seen.set(skeleton, text)
      else if (other !== text) report(each, 'AX1011', { name: text, other, witness: difference(text, other) })
    }
  }
}

/** `U+0430`. */
export function codePointOf(char: string): string {
  return `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}

/** The first place where two names that look the same differ: `0 U+0030 / O U+004F`. */
function difference(name: string, other: string): string {
  const at = [...name].findIndex((char, index) => char !== other[index])
  return [name[at]!, other[at]!].map(char => `${char} ${codePointOf(char)}`).join(' / ')
}

/** Names that stand beside each other: of one namespace of the pack, or inside one declaration. */
function groupsOf(placed: readonly Placed[]): PlacedName[][] {
  const spaces = Map.groupBy(
    placed.filter(({ node }) => namespaceOf(node)),
    ({ node }) => namespaceOf(node),
  )
  const declared = [...spaces.values()].map(group =>
    group.flatMap(({ node, file }) => namesOf(node).map(name => ({ name, file }))),
  )
  const inner = placed.flatMap(({ node, file }) =>
    partsOf(node).map(names => names.map(name => ({ name, file }))),
  )
  return [...declared, ...inner]
}

/** The names that a declaration holds, those of one list together. */
function partsOf(node: Declaration): readonly (readonly Name[])[] {
  const named = (parts: readonly { readonly name: Name }[]) => parts.map(({ name }) => name)
  switch (node.kind) {
    case 'enum':
      return [named(node.values)]
    case 'entity':
      return [named(node.fields), node.events]
    case 'form':
    case 'library':
      return [named(node.fields)]
    case 'table':
      return [[...node.grid.inputs, ...node.grid.outputs].flatMap(columnName), named(node.computed)]
    case 'action':
      return [named(node.inputs), named(node.outputs)]
    case 'ticket': {
      const inside = node.parallels.flatMap(({ branches }) => branches.flatMap(({ nodes }) => nodes))
      const stations = [...node.nodes, ...inside]
      const flow = [...named(stations), ...named(node.parallels), ...named(node.ends)]
      return [flow, ...node.ends.map(({ outcomes }) => named(outcomes)), ...stations.map(eventsOf)]
    }
    case 'price':
      return [named(node.lines)]
    case 'sop':
      return [node.steps.flatMap(step => ('name' in step ? [step.name] : []))]
    case 'stage':
      return [named(node.stages)]
    case 'campaign':
      return [named(node.arms)]
    case 'quote':
      return [named(node.options)]
    case 'signal':
      return [named(node.outputs)]
    default:
      return []
  }
}

function columnName({ subject, type }: { subject: { kind: string }; type: unknown }): Name[] {
  if (!type || subject.kind !== 'name') return []
  const { name: text, start, end } = subject as { name: string; start: number; end: number; kind: string }
  return [{ text, start, end }]
}

function eventsOf({ reactions }: StationNode): readonly Name[] {
  return reactions.flatMap(({ events }) => events)
}
