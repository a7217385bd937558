import type { SemanticToken } from '#dsl/service'

/** The protocol's words for tokens, in the order that numbers refer to. */
export const tokenTypes = [
  ...(['namespace', 'type', 'class', 'enum', 'enumMember', 'property', 'variable', 'function'] as const),
  ...(['event', 'keyword', 'string', 'number', 'operator', 'comment', 'parameter'] as const),
]

type TokenType = (typeof tokenTypes)[number]

const byKind: Partial<Record<SemanticToken['kind'], TokenType>> = {
  ...{ pack: 'namespace', enum: 'enum', value: 'enumMember', entity: 'class', form: 'class', type: 'type' },
  ...{ field: 'property', 'form-field': 'property', column: 'property', parameter: 'parameter' },
  ...{ table: 'function', action: 'function', price: 'function', function: 'function' },
  ...{ ticket: 'class', node: 'event', transition: 'event', event: 'event', parallel: 'event', end: 'event' },
  ...{ declaration: 'keyword', keyword: 'keyword', text: 'string', comment: 'comment' },
  ...{ number: 'number', money: 'number', time: 'number', operator: 'operator', bracket: 'operator' },
}

export function tokenTypeOf(kind: SemanticToken['kind']): TokenType {
  return byKind[kind] ?? 'variable'
}
