import type { Code } from './blueprint.ts'

/** Every name that a code reads, also within the rows of a list. */
export function namesIn(code: Code): string[] {
  switch (code.op) {
    case 'name':
      return [code.name]
    case 'member':
      return namesIn(code.of)
    case 'list':
      return code.items.flatMap(namesIn)
    case 'fold':
      return [code.over, code.where, code.value].flatMap(part => (part ? namesIn(part) : []))
    case 'table':
    case 'apply':
      return code.args.flatMap(namesIn)
    case 'const':
      return []
  }
}
