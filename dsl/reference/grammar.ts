import {
  Alternation,
  Alternative,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Terminal,
  type IProduction,
} from 'chevrotain'
import { grammarRules } from '#dsl/syntax'

/** The grammar as the parser has it, a rule per paragraph in EBNF; what reads a file comes first. */
export function grammarPage(): string {
  const rules = grammarRules().map(rule => `${rule.name} =\n  ${sequence(rule.definition)} ;`)
  return [
    '# Grammar',
    'Of the tokens `END` is a newline or `;` that ends a clause.',
    `\`\`\`ebnf\n${rules.join('\n\n')}\n\`\`\``,
    '',
  ].join('\n\n')
}

function sequence(parts: readonly IProduction[]): string {
  return parts
    .map(print)
    .filter(text => text !== '')
    .join(', ')
}

function print(part: IProduction): string {
  if (part instanceof Terminal) return tokenName(part.terminalType.name)
  if (part instanceof NonTerminal) return part.nonTerminalName
  if (part instanceof Alternation) {
    const ways = part.definition.map(print)
    return `( ${ways.join('\n  | ')} )`
  }
  if (part instanceof RepetitionMandatoryWithSeparator) return separated(part.definition, part.separator.name)
  if (part instanceof RepetitionWithSeparator) return `[ ${separated(part.definition, part.separator.name)} ]`
  if (part instanceof RepetitionMandatory)
    return `${sequence(part.definition)}, { ${sequence(part.definition)} }`
  if (part instanceof Repetition) return `{ ${sequence(part.definition)} }`
  if (part instanceof Alternative) return sequence(part.definition)
  if (part instanceof Option) return `[ ${sequence(part.definition)} ]`
  return ''
}

function separated(parts: readonly IProduction[], separator: string): string {
  return `${sequence(parts)}, { ${tokenName(separator)}, ${sequence(parts)} }`
}

/** Punctuation and keywords as they are written, kinds of tokens in capitals. */
function tokenName(name: string): string {
  return name.startsWith("'") ? `"${name.slice(1, -1)}"` : name.toUpperCase()
}
