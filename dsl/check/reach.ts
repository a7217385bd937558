import type { Blueprint, Code, SegmentBlueprint, TextBlueprint } from '#core/blueprint'
import { findWords } from '#core/limit'
import type { Type } from '#core/values'
import {
  hasStrayBrace,
  placeholdersIn,
  type Expression,
  type Label,
  type LexiconNode,
  type Message,
  type Name,
  type SegmentNode,
  type SopNode,
} from '#dsl/syntax'
import { infer, inferAs, nowName, zoneName, type Names } from './infer.ts'
import type { Scope } from './scope.ts'

const bool: Type = { kind: 'bool' }

/** A lexicon's words. */
export function checkLexicon(scope: Scope, node: LexiconNode): readonly string[] {
  for (const word of node.words) if (word.value.trim() === '') scope.report(word, 'AX6015')
  return node.words.map(word => word.value)
}

/** Checks who belongs to a segment; undefined when the condition cannot be read. */
export function checkSegment(scope: Scope, node: SegmentNode): SegmentBlueprint | undefined {
  const condition = inferAs({ scope, names: reachNames(scope) }, node.condition, bool)
  return condition && { label: node.label?.value ?? node.name.text, condition: condition.code }
}

/** What conditions about a customer may read: the customer, today, open tickets and past events. */
export function reachNames(scope: Scope, more: readonly (readonly [string, Type])[] = []): Names {
  return new Map<string, Type>([
    ['customer', { kind: 'ref', name: 'customer' }],
    ['today', { kind: 'date' }],
    [nowName, { kind: 'int' }],
    [zoneName, { kind: 'text' }],
    ...[...scope.tickets.keys()].map((ticket): [string, Type] => [`open(${ticket})`, bool]),
    ...[...scope.events].map((event): [string, Type] => [`last(${event})`, { kind: 'int' }]),
    ...more,
  ])
}

/** Reads the places of a text: `{customer.name}`; reports a brace that a customer would read. */
export function checkText(place: { scope: Scope; names: Names }, label: Label): TextBlueprint {
  const { value } = label
  const parts: (string | Code)[] = []
  let at = 0
  if (hasStrayBrace(value)) place.scope.report(label, 'AX6014')
  for (const { path, start, end } of placeholdersIn(value)) {
    if (start > at) parts.push(value.slice(at, start))
    at = end
    const inferred = infer(place, pathExpression(path, label))
    if (inferred) parts.push(inferred.code)
  }
  if (at < value.length) parts.push(value.slice(at))
  return parts
}

function pathExpression(path: string, { start, end }: Label): Expression {
  const [first = '', ...rest] = path.split('.')
  return rest.reduce<Expression>(
    (object, text) => ({ kind: 'member', object, name: { text, start, end }, start, end }),
    { kind: 'name', name: first, start, end },
  )
}

/** What can be seen of an SOP beside the limits: nothing sends without one, no text is blocked for ever. */
export function proveSends(scope: Scope, blueprint: Blueprint, node: SopNode): void {
  const sends = node.steps.filter(step => step.kind === 'send')
  if (sends.length > 0 && Object.keys(blueprint.limits).length === 0)
    scope.report(node.name, 'AX6008', { name: node.name.text })
  for (const { message, purpose } of sends)
    for (const { words } of Object.values(blueprint.limits))
      for (const { lexicon, act } of words)
        for (const text of textsOf(scope, message)) {
          const found = findWords(text, blueprint.lexicons[lexicon] ?? [])[0]?.word
          if (found !== undefined) reportWord(scope, { message, purpose, found, lexicon, act })
        }
}

/** The words of a message as written, on every channel a template has. */
function textsOf(scope: Scope, message: Message): string[] {
  if (!('template' in message)) return [message.value]
  return scope.templates.get(message.template.text)?.texts.map(({ text }) => text.value) ?? []
}

function reportWord(
  scope: Scope,
  at: { message: Message; purpose: Name | undefined; found: string; lexicon: string; act: 'block' | 'warn' },
): void {
  const { message, purpose, found: word, lexicon, act } = at
  if (act === 'block') scope.report(message, 'AX6002', { lexicon, word })
  else if (purpose?.text === 'service') scope.report(message, 'AX6004', { word })
}
