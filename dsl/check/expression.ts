import type { Blueprint, Code } from '#core/blueprint'
import type { Diagnostic } from '#dsl/diagnostics'
import { parse, type SegmentNode } from '#dsl/syntax'
import { infer, type Names } from './infer.ts'
import { gather } from './scope.ts'
import { scopesOf } from './scope-of.ts'
import { importsOf, separate } from './used-packs.ts'
import { syntaxFinding } from './syntax-finding.ts'

/** An expression that stands alone: its code, or the findings about it with places in its own text. */
export interface CheckedExpression {
  readonly code: Code | undefined
  readonly diagnostics: readonly Diagnostic[]
}

const FILE = '(expression)'
// Why a segment: its condition may be any expression, and a name is all it needs around it.
const before = 'segment 求值 = '

/** Binds one expression in the names of a sound pack and the given ones. */
export function checkExpression(
  texts: Readonly<Record<string, string>>,
  { blueprint, written, names }: { blueprint: Blueprint; written: string; names: Names },
): CheckedExpression {
  const file = { path: FILE, parsed: parse(before + written) }
  const own: Diagnostic[] = file.parsed.faults.map(fault => syntaxFinding(file, fault))
  const { own: pack, used } = separate(texts)
  const declared = gather(
    Object.entries(pack).map(([path, text]) => ({ path, parsed: parse(text) })),
    [],
  )
  const placed = [...importsOf(declared, used, []), ...declared]
  const tables = new Map(Object.entries(blueprint.tables))
  const all = { ...texts, [FILE]: before + written }
  const scope = scopesOf({ placed, texts: all, diagnostics: own }, tables)(FILE)
  const [node, second] = file.parsed.declarations
  const condition = node?.kind === 'segment' && !second ? (node satisfies SegmentNode).condition : undefined
  const inferred = condition && own.length === 0 ? infer({ scope, names }, condition) : undefined
  const diagnostics = own.map(({ start, end, ...found }) => ({
    ...found,
    start: Math.max(0, start - before.length),
    end: Math.max(0, end - before.length),
  }))
  return { code: diagnostics.length === 0 ? inferred?.code : undefined, diagnostics }
}
