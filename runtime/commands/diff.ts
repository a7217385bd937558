import { checkPack } from '#dsl'
import { classOrder, diffBlueprints, sameMeaning, sayChange, sayClass } from '#dsl/change'
import { severityOf } from '#dsl/diagnostics'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

/** `axle diff`: what changes in meaning from one version of a pack to another, by what it asks for. */
export async function diff(
  { before, after }: { readonly before: string; readonly after: string },
  options: CommandOptions,
): Promise<number> {
  const [old, now] = await Promise.all([before, after].map(readPack))
  const [was, is] = [checkPack(old!), checkPack(now!)]
  for (const [checked, texts] of [
    [was, old!],
    [is, now!],
  ] as const)
    if (checked.diagnostics.some(found => severityOf(found) === 'error'))
      return reportDiagnostics(checked.diagnostics, texts, options)
  const changes = diffBlueprints(was.blueprint, is.blueprint)
  if (options.json) {
    const said = changes.map(({ says, ...change }) => ({
      ...change,
      kind: says,
      message: sayChange({ says, ...change }, options.lang),
    }))
    console.log(JSON.stringify({ same: sameMeaning(was.blueprint, is.blueprint), changes: said }, null, 2))
    return 0
  }
  for (const kind of classOrder) {
    const those = changes.filter(change => change.class === kind)
    if (those.length > 0) console.log(`${sayClass(kind, options.lang)} (${those.length})`)
    for (const change of those) console.log(`  ${sayChange(change, options.lang)}`)
  }
  if (changes.length === 0) console.log(options.lang === 'zh' ? '含义相同' : 'the same meaning')
  return 0
}
