import type { Blueprint, Code } from '#core/blueprint'
import type { JsonValue, Type } from '#core/values'
import { severityOf, type Diagnostic } from '#dsl/diagnostics'
import { parse, withoutSheets, type Expression, type SegmentNode } from '#dsl/syntax'
import { infer, type Names } from './infer.ts'
import { jsonOf } from './literal.ts'
import { gather, type Scope } from './scope.ts'
import { scopesOf } from './scope-of.ts'
import { importsOf, separate } from './used-packs.ts'
import { syntaxFinding } from './syntax-finding.ts'

type Texts = Readonly<Record<string, string>>

/** An expression that stands alone: its code, or the findings about it with places in its own text. */
export interface CheckedExpression {
  readonly code: Code | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** A constant that stands alone, in the form blueprints carry, or the findings about it. */
export interface CheckedConstant {
  readonly value: JsonValue | undefined
  readonly diagnostics: readonly Diagnostic[]
}

const FILE = '(expression)'
// Why a segment: its condition may be any expression, and a name is all it needs around it.
const before = 'segment 求值 = '

/** Binds one expression in the names of a sound pack and the given ones. */
export function checkExpression(
  texts: Texts,
  { blueprint, written, names }: { blueprint: Blueprint; written: string; names: Names },
): CheckedExpression {
  const { checked, diagnostics } = alone(texts, { blueprint, written }, (scope, expression) =>
    infer({ scope, names }, expression),
  )
  return { code: checked?.code, diagnostics }
}

/** Reads a constant of a type as a cell does, in the names of a sound pack: `¥300`, `金卡`, `上海`, `[1, 2]`. */
export function checkConstant(
  texts: Texts,
  { blueprint, written, type }: { blueprint: Blueprint; written: string; type: Type },
): CheckedConstant {
  const { checked, diagnostics } = alone(texts, { blueprint, written }, (scope, expression) =>
    jsonOf(scope, expression, type),
  )
  return { value: checked, diagnostics }
}

/** Parses a text as one expression and looks at it in the scope of the pack. */
function alone<T>(
  texts: Texts,
  { blueprint, written }: { blueprint: Blueprint; written: string },
  look: (scope: Scope, expression: Expression) => T | undefined,
): { checked: T | undefined; diagnostics: readonly Diagnostic[] } {
  const file = { path: FILE, parsed: parse(before + written) }
  const own: Diagnostic[] = file.parsed.faults.map(fault => syntaxFinding(file, fault))
  const { own: pack, used } = separate(texts)
  const declared = gather(
    Object.entries(withoutSheets(pack)).map(([path, text]) => ({ path, parsed: parse(text) })),
    [],
  )
  const placed = [...importsOf(declared, used, []), ...declared]
  const tables = new Map(Object.entries(blueprint.tables))
  const all = { ...texts, [FILE]: before + written }
  const scope = scopesOf({ placed, texts: all, diagnostics: own }, tables)(FILE)
  const [node, second] = file.parsed.declarations
  const condition = node?.kind === 'segment' && !second ? (node satisfies SegmentNode).condition : undefined
  const checked = condition && own.length === 0 ? look(scope, condition) : undefined
  const diagnostics = own.map(({ start, end, ...found }) => ({
    ...found,
    start: Math.max(0, start - before.length),
    end: Math.max(0, end - before.length),
  }))
  const hasError = own.some(found => severityOf(found) === 'error')
  return { checked: hasError ? undefined : checked, diagnostics }
}
