import type { Span } from '#dsl/syntax'

export type SymbolKind =
  | ('pack' | 'enum' | 'value' | 'entity' | 'field' | 'event' | 'form' | 'form-field' | 'setting' | 'hours')
  | ('role' | 'team' | 'skill' | 'party' | 'table' | 'column' | 'action' | 'parameter' | 'outcome')
  | ('ticket' | 'node' | 'parallel' | 'branch' | 'transition' | 'clock' | 'end' | 'end-outcome' | 'route')
  | ('price' | 'line' | 'settle' | 'lexicon' | 'segment' | 'limit' | 'sop' | 'step' | 'migrate')
  | (
      | 'pool'
      | 'mode'
      | 'lead-pool'
      | 'overlay'
      | 'rebate'
      | 'rates'
      | 'quote'
      | 'template'
      | 'stage'
      | 'stage-case'
    )
  | ('campaign' | 'arm' | 'signal' | 'signal-output' | 'alert' | 'metric' | 'board' | 'classify' | 'source')

/** One place where a name stands. `symbol` says whose: kind and qualified name, such as `node:客诉.受理`. */
export interface Occurrence extends Span {
  readonly symbol: string
  readonly file: string
  readonly isDefinition: boolean
}

export function symbolOf(kind: SymbolKind, ...path: readonly string[]): string {
  return `${kind}:${path.join('.')}`
}

export function kindOf(symbol: string): SymbolKind {
  return symbol.slice(0, symbol.indexOf(':')) as SymbolKind
}

export function pathOf(symbol: string): string {
  return symbol.slice(symbol.indexOf(':') + 1)
}
