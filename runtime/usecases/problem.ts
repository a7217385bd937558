import type { FieldProblem } from '#core/form'
import type { FindingReply } from '#core/wire'

/** What a use case could not do, with a stable code; HTTP and the CLI turn it into words. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly params: Readonly<Record<string, string>>
  readonly fields: readonly FieldProblem[]
  /** What is wrong with a text. */
  readonly findings: readonly FindingReply[]

  constructor(
    code: string,
    status: number,
    {
      params = {},
      fields = [],
      findings = [],
    }: {
      params?: Readonly<Record<string, string>>
      fields?: readonly FieldProblem[]
      findings?: readonly FindingReply[]
    } = {},
  ) {
    super(code)
    this.code = code
    this.status = status
    this.params = params
    this.fields = fields
    this.findings = findings
  }
}

/** Another tenant's id and a missing one look the same. */
export const notFound = () => new Problem('not-found', 404)
