import { severityOf } from '#dsl/diagnostics'
import { checkPack } from '#dsl'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

/** `axle build`: the blueprint on stdout; findings instead of it when the pack has errors. */
export async function build(path: string, options: CommandOptions): Promise<number> {
  const texts = await readPack(path)
  const { diagnostics, blueprint } = checkPack(texts)
  if (diagnostics.some(found => severityOf(found) === 'error'))
    return reportDiagnostics(diagnostics, texts, options)
  console.log(JSON.stringify(blueprint, null, 2))
  return 0
}
