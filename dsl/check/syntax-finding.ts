import type { Diagnostic } from '#dsl/diagnostics'
import type { SyntaxFault } from '#dsl/syntax'
import { looksLike } from './look-alike.ts'
import { codePointOf } from './look-alike-names.ts'
import type { SourceFile } from './scope.ts'

/** What could not be read, as a finding. */
export function syntaxFinding(file: SourceFile, fault: SyntaxFault): Diagnostic {
  const codes = {
    unexpected: unexpectedCode(fault),
    'unclosed-text': 'AX1003',
    'unknown-character': 'AX1004',
    'too-long': 'AX1005',
    'too-deep': 'AX1006',
    'hidden-character': 'AX1007',
    'reserved-name': 'AX1008',
  } as const
  const like = fault.kind === 'unknown-character' ? looksLike(fault.found) : undefined
  if (like !== undefined) {
    const params = { found: fault.found, like, code: codePointOf(fault.found) }
    return { code: 'AX1010', file: file.path, start: fault.start, end: fault.end, params }
  }
  const found = fault.found === '\n' ? '⏎' : fault.found
  const fits = fault.expected.length > 0 ? fault.expected.join(' ') : '@other'
  const { start, end } = fault
  return { code: codes[fault.kind], file: file.path, start, end, params: { found, fits } }
}

/** Whether the text ended, a clause that was complete went on, or something else stood there. */
function unexpectedCode({ found, expected }: SyntaxFault) {
  if (found === '') return 'AX1002'
  return expected.includes('@end') ? 'AX1009' : 'AX1001'
}
