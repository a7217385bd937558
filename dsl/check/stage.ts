import type { Code, SegmentBlueprint } from '#core/blueprint'
import type { StageNode } from '#dsl/syntax'
import { checkActs } from './act.ts'
import { inferAs } from './infer.ts'
import { laterNamed } from './later.ts'
import { reachNames } from './reach.ts'
import { knownName, type Scope } from './scope.ts'

const bool = { kind: 'bool' } as const

/**
 * The stages as segments: each holds whom its condition takes and none above it took, so they are disjoint and, with the
 * last one `else`, cover everybody.
 */
export function checkStage(scope: Scope, node: StageNode): [string, SegmentBlueprint][] {
  knownName(scope, node.entity, new Set(['customer']))
  const own = scope.members({ kind: 'ref', name: node.entity.text })
  const names = reachNames(scope, [...own])
  const above: Code[] = []
  const segments = node.stages.flatMap((stage, index): [string, SegmentBlueprint][] => {
    const isLast = index === node.stages.length - 1
    if (!stage.when !== isLast) scope.report(stage.name, 'AX6011', { name: node.name.text })
    const holds = stage.when && inferAs({ scope, names }, stage.when, bool)?.code
    const code = holds && ofCustomer(holds, own)
    const condition = allOf([...above.map(not), ...(code ? [code] : [])])
    if (code) above.push(code)
    const name = `${node.name.text}.${stage.name.text}`
    return stage.when && !code ? [] : [[name, { label: stage.name.text, condition }]]
  })
  const known = new Set(node.stages.map(stage => stage.name.text))
  for (const { stage, acts } of node.reactions) {
    knownName(scope, stage, known)
    checkActs({ scope, names }, acts)
    laterNamed(scope, stage, 'stage on')
  }
  return segments
}

/** Names of the customer’s fields read them behind `customer`. */
function ofCustomer(code: Code, own: ReadonlyMap<string, unknown>): Code {
  if (code.op === 'name' && own.has(code.name) && code.name !== 'customer')
    return {
      op: 'member',
      type: code.type,
      of: { op: 'name', type: { kind: 'ref', name: 'customer' }, name: 'customer' },
      name: code.name,
    }
  if (code.op === 'member') return { ...code, of: ofCustomer(code.of, own) }
  if (code.op === 'list') return { ...code, items: code.items.map(item => ofCustomer(item, own)) }
  if (code.op === 'fold') return { ...code, over: ofCustomer(code.over, own) }
  if (code.op === 'apply' || code.op === 'table')
    return { ...code, args: code.args.map(arg => ofCustomer(arg, own)) }
  return code
}

function not(code: Code): Code {
  return { op: 'apply', type: bool, fn: 'not', args: [code] }
}

function allOf(codes: readonly Code[]): Code {
  const [first, ...rest] = codes
  if (!first) return { op: 'const', type: bool, value: true }
  return rest.reduce<Code>((all, code) => ({ op: 'apply', type: bool, fn: 'and', args: [all, code] }), first)
}
