import type { ActionBlueprint, ActionFieldBlueprint } from '#core/blueprint'
import { parseDuration, type Type } from '#core/values'
import type { ActionField, ActionNeed, ActionNode, Expression } from '#dsl/syntax'
import { literalOf } from './literal.ts'
import { resolveType, type Scope } from './scope.ts'

/** Of an action that says none. */
export const DEFAULT_TIMEOUT_MS = 5_000
/** How long an action may take. */
export const MAX_TIMEOUT_MS = 30_000
/** How often an action may be tried again. */
export const MAX_RETRIES = 10
/** What an action ends with when it broke its limits, threw, or used its attempts up. */
export const FAULT = 'fault'

/** Checks an action's promise: its fields, its limits, and that what is retried has a key. */
export function checkAction(scope: Scope, node: ActionNode): ActionBlueprint {
  const inputs = fieldsOf(scope, node.inputs)
  const outputs = fieldsOf(scope, node.outputs)
  const outcomes = outputs.find(field => field.values)?.values ?? ['成功']
  if (node.retry && !node.key) scope.report(node.name, 'AX7001', { name: node.name.text })
  if (node.retry && node.retry.count > MAX_RETRIES) scope.report(node.name, 'AX3005')
  const of = (kind: ActionNeed['kind']) =>
    node.needs.filter(need => need.kind === kind).map(need => need.text)
  for (const host of node.needs.filter(need => need.kind === 'net'))
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host.text)) scope.report(host, 'AX7002', { name: host.text })
  for (const read of node.needs.filter(need => need.kind === 'read'))
    if (!isReadable(scope, read.text)) scope.report(read, 'AX2002', { name: read.text })
  for (const write of node.needs.filter(need => need.kind === 'write'))
    if (!isWritable(scope, write.text)) scope.report(write, 'AX2002', { name: write.text })
  return {
    label: node.label?.value ?? node.name.text,
    ...{ inputs, outputs, outcomes },
    ...{ net: of('net'), secrets: of('secret'), reads: of('read') },
    ...(of('write').length > 0 && { writes: of('write') }),
    ...(of('send').length > 0 && { sends: true as const }),
    ...(of('kv').length > 0 && { keeps: true as const }),
    key: keyOf(scope, node),
    timeoutMs: timeoutOf(scope, node.timeout),
    retries: node.retry?.count ?? 0,
    backoff: backoffOf(scope, node.retry?.backoff),
    undo: undoOf(scope, node),
  }
}

/** `customer.id`, `退款单.说明`: an entity or a form, and a field of what each name before leads to. */
function isReadable(scope: Scope, path: string): boolean {
  const [owner = '', ...fields] = path.split('.')
  let type: Type | undefined = scope.entities.has(owner) ? { kind: 'ref', name: owner } : undefined
  if (!type && scope.forms.has(owner) && fields.length > 0) type = { kind: 'form', name: owner }
  for (const field of fields)
    type = type?.kind === 'ref' || type?.kind === 'form' ? scope.members(type).get(field) : undefined
  return type !== undefined
}

/** `退款单.流水`: a field of a form, by whom it is filled. */
function isWritable(scope: Scope, path: string): boolean {
  const [owner = '', ...rest] = path.split('.')
  return scope.forms.has(owner) && rest.length === 1 && isReadable(scope, path)
}

function fieldsOf(scope: Scope, fields: readonly ActionField[]): ActionFieldBlueprint[] {
  return fields.flatMap(({ name, type }) => {
    const optional = type.optional ? ({ optional: true } as const) : {}
    if (type.name.text === 'enum' && type.values.length > 0) {
      const values = type.values.map(value => value.name.text)
      return [{ name: name.text, type: { kind: 'text' } as const, values, ...optional }]
    }
    const resolved = resolveType(scope, type)
    return resolved ? [{ name: name.text, type: resolved, ...optional }] : []
  })
}

/** `ticket.id`, `run.id`, or one of the inputs. */
function keyOf(scope: Scope, { key, inputs, name }: ActionNode): string | null {
  if (!key) return null
  const text = scope.textOf(key).replaceAll(/\s/g, '')
  const known = ['ticket.id', 'run.id', ...inputs.map(input => input.name.text)]
  if (known.includes(text)) return text
  scope.report(key, 'AX7003', { name: name.text, known: known.join('、') })
  return null
}

function timeoutOf(scope: Scope, written: Expression | undefined): number {
  const ms = written ? exactMs(written) : DEFAULT_TIMEOUT_MS
  if (ms !== undefined && ms > 0 && ms <= MAX_TIMEOUT_MS) return ms
  scope.report(written!, 'AX7004')
  return DEFAULT_TIMEOUT_MS
}

function backoffOf(scope: Scope, written: Expression | undefined): ActionBlueprint['backoff'] {
  if (!written) return { fromMs: 1_000, toMs: 60_000 }
  const ends = written.kind === 'binary' && written.operator === '..' ? [written.left, written.right] : []
  const [fromMs, toMs] = ends.map(exactMs)
  if (fromMs !== undefined && toMs !== undefined && fromMs <= toMs) return { fromMs, toMs }
  scope.report(written, 'AX3005')
  return { fromMs: 1_000, toMs: 60_000 }
}

function exactMs(written: Expression): number | undefined {
  const literal = literalOf(written)
  const duration = literal?.type.kind === 'duration' ? parseDuration(String(literal.value)) : undefined
  return duration && duration.days === 0 && duration.months === 0 ? duration.ms : undefined
}

function undoOf(scope: Scope, { undo }: ActionNode): string | null {
  if (!undo) return null
  const name = undo.kind === 'call' ? pathText(undo.callee) : pathText(undo)
  if (scope.actions.has(name)) return name
  scope.report(undo, 'AX2002', { name })
  return null
}

/** `erp.退款` of a call's callee. */
export function pathText(expression: Expression): string {
  if (expression.kind === 'member') return `${pathText(expression.object)}.${expression.name.text}`
  return expression.kind === 'name' ? expression.name : ''
}
