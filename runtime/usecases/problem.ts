import type { FieldProblem } from '#core/form'

/** What a use case could not do, with a stable code; HTTP and the CLI turn it into words. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly params: Readonly<Record<string, string>>
  readonly fields: readonly FieldProblem[]

  constructor(
    code: string,
    status: number,
    {
      params = {},
      fields = [],
    }: { params?: Readonly<Record<string, string>>; fields?: readonly FieldProblem[] } = {},
  ) {
    super(code)
    this.code = code
    this.status = status
    this.params = params
    this.fields = fields
  }
}

/** Another tenant's id and a missing one look the same. */
export const notFound = () => new Problem('not-found', 404)
