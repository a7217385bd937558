import { catalogue, type Diagnostic, type Entry } from '#dsl/diagnostics'
import type { Declaration, Span, TypeNode } from '#dsl/syntax'
import type { Placed, SourceFile } from './scope.ts'

/** Findings about a name; what stands behind the last dot is the name. */
const aboutNames: ReadonlySet<string> = new Set(['AX2002', 'AX2003', 'AX4002'])

/**
 * Findings without those that mending another one mends too: the same one twice, names that were declared where a text
 * could not be read or whose type is unknown, and what seems to be missing from a declaration that was not read whole.
 */
export function withoutConsequences(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  placed: readonly Placed[],
): Diagnostic[] {
  const names = new Set([...lostNames(files), ...untypedNames(diagnostics, placed)])
  const broken = brokenDeclarations(files)
  const seen = new Set<string>()
  return diagnostics.filter(found => {
    const key = `${found.code} ${found.file} ${found.start} ${found.end} ${JSON.stringify(found.params)}`
    const isTwice = seen.has(key)
    seen.add(key)
    return !isTwice && !isAboutLost(found, names) && !isOfBroken(found, broken)
  })
}

function isAboutLost({ code, params: { name = '' } }: Diagnostic, names: ReadonlySet<string>): boolean {
  return aboutNames.has(code) && names.size > 0 && names.has(name.split('.').at(-1)!)
}

function isOfBroken(
  { code, file, start }: Diagnostic,
  broken: ReadonlyMap<string, readonly Span[]>,
): boolean {
  const entry: Entry = catalogue[code]
  return entry.ofWhole === true && !!broken.get(file)?.some(span => span.start <= start && start <= span.end)
}

/** Every word of the clauses and declarations that left no node. */
function lostNames(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ parsed }) =>
    parsed.lost.length === 0
      ? []
      : parsed.tokens
          .filter(({ startOffset: at }) => parsed.lost.some(({ start, end }) => start <= at && at < end))
          .map(({ image }) => image.normalize('NFC')),
  )
}

function brokenDeclarations(files: readonly SourceFile[]): ReadonlyMap<string, readonly Span[]> {
  return new Map(
    files.map(({ path, parsed: { declarations, lost } }) => [
      path,
      declarations.filter(({ start, end }) => lost.some(span => start <= span.start && span.start < end)),
    ]),
  )
}

/** Fields, settings and columns whose type there is not: who names them is not at fault. */
function untypedNames(diagnostics: readonly Diagnostic[], placed: readonly Placed[]): string[] {
  const unknown = diagnostics.filter(({ code }) => code === 'AX2003')
  if (unknown.length === 0) return []
  return placed.flatMap(({ node, file }) =>
    typedParts(node).flatMap(([name, { start, end }]) =>
      unknown.some(found => found.file === file && start <= found.start && found.end <= end) ? [name] : [],
    ),
  )
}

function typedParts(node: Declaration): readonly (readonly [string, TypeNode])[] {
  if (node.kind === 'setting') return [[node.name.text, node.type]]
  if (node.kind === 'entity' || node.kind === 'library' || node.kind === 'form')
    return node.fields.map(({ name, type }) => [name.text, type] as const)
  if (node.kind !== 'table') return []
  return [...node.grid.inputs, ...node.grid.outputs].flatMap(({ subject, type }) =>
    type && subject.kind === 'name' ? [[subject.name, type] as const] : [],
  )
}
