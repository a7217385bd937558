import { checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import { manualOfTexts } from '#dsl/reading'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

/** `axle manual`: the pack as a Chinese manual (业务说明书), in Markdown on stdout. */
export async function manual(path: string, options: CommandOptions): Promise<number> {
  const texts = await readPack(path)
  const { diagnostics } = checkPack(texts)
  if (diagnostics.some(found => severityOf(found) === 'error'))
    return reportDiagnostics(diagnostics, texts, options)
  const text = manualOfTexts(texts)
  console.log(options.json ? JSON.stringify({ manual: text }) : text)
  return 0
}
