import { checkPack } from '#dsl'
import { reportDiagnostics, type ReportOptions } from './report.ts'
import { readPack } from './source.ts'

/** `axle check`: every path is one pack, a folder or a single file. */
export async function check(paths: readonly string[], options: ReportOptions): Promise<number> {
  const packs = await Promise.all((paths.length ? paths : ['.']).map(readPack))
  const diagnostics = packs.flatMap(texts => checkPack(texts).diagnostics)
  return reportDiagnostics(diagnostics, Object.assign({}, ...packs), options)
}
