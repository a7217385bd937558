import { Problem } from '../../runtime/usecases/problem.ts'

/** The code by which work was refused; throws when it was not. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw new Error(`not refused: ${String(error)}`)
  return error.code
}
