import { checkPack, examine, type CaseResult } from '#dsl'
import { positionAt } from '#dsl/diagnostics'
import { readPack, reportDiagnostics, type CommandOptions } from './source.ts'

/** `axle test`: runs a pack's own tests; a pack with errors is reported instead of run. */
export async function test(path: string, options: CommandOptions): Promise<number> {
  const texts = await readPack(path)
  const { diagnostics, blueprint, cases } = checkPack(texts)
  if (diagnostics.length > 0) return reportDiagnostics(diagnostics, texts, options)
  const results = examine(blueprint, cases)
  const failed = results.filter(result => Object.keys(result.differences).length > 0)
  if (options.json) console.log(JSON.stringify(results, null, 2))
  else for (const result of failed) console.log(failureText(result, texts))
  if (!options.json) console.log(`${results.length - failed.length} passed, ${failed.length} failed`)
  return failed.length > 0 ? 1 : 0
}

function failureText(
  { case: test, differences }: CaseResult,
  texts: Readonly<Record<string, string>>,
): string {
  const { line } = positionAt(texts[test.file] ?? '', test.start)
  const parts = Object.entries(differences).map(
    ([name, { expected, actual }]) => `${name}: ${JSON.stringify(expected)} ≠ ${JSON.stringify(actual)}`,
  )
  return `${test.file}:${line} ${test.table} ${parts.join(', ')}`
}
