import type { Diagnostic } from '#dsl/diagnostics'
import type { SyntaxFault } from '#dsl/syntax'
import type { SourceFile } from './scope.ts'

/** What could not be read, as a finding. */
export function syntaxFinding(file: SourceFile, fault: SyntaxFault): Diagnostic {
  const codes = {
    unexpected: fault.found === '' ? 'AX1002' : 'AX1001',
    'unclosed-text': 'AX1003',
    'unknown-character': 'AX1004',
    'too-long': 'AX1005',
    'too-deep': 'AX1006',
    'hidden-character': 'AX1007',
    'reserved-name': 'AX1008',
  } as const
  const found = fault.found === '\n' ? '⏎' : fault.found
  return { code: codes[fault.kind], file: file.path, start: fault.start, end: fault.end, params: { found } }
}
