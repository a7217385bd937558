import { checkPack, examine, playScenario, type CaseResult, type ScenarioResult } from '#dsl'
import { positionAt, severityOf } from '#dsl/diagnostics'
import { readPack, reportDiagnostics, type CommandOptions } from './source.ts'

/** `axle test`: runs a pack's own tests; a pack with errors is reported instead of run. */
export async function test(path: string, options: CommandOptions): Promise<number> {
  const texts = await readPack(path)
  const { diagnostics, blueprint, cases, scenarios } = checkPack(texts)
  if (diagnostics.some(found => severityOf(found) === 'error'))
    return reportDiagnostics(diagnostics, texts, options)
  const rows = examine(blueprint, cases)
  const stories = scenarios.map(scenario => playScenario(blueprint, scenario))
  const failures = [
    ...rows
      .filter(result => Object.keys(result.differences).length > 0)
      .map(result => failureText(result, texts)),
    ...stories.filter(story => story.failure).map(story => storyText(story, texts)),
  ]
  if (options.json) console.log(JSON.stringify([...rows, ...stories], null, 2))
  else {
    for (const failure of failures) console.log(failure)
    console.log(`${rows.length + stories.length - failures.length} passed, ${failures.length} failed`)
  }
  return failures.length > 0 ? 1 : 0
}

function storyText({ scenario, failure }: ScenarioResult, texts: Readonly<Record<string, string>>): string {
  const { start, reason, detail, standing } = failure!
  const { line } = positionAt(texts[scenario.file] ?? '', start)
  return `${scenario.file}:${line} ${scenario.title} ${reason} ${detail} [${standing.join('; ')}]`
}

function failureText(
  { case: test, differences }: CaseResult,
  texts: Readonly<Record<string, string>>,
): string {
  const { line } = positionAt(texts[test.file] ?? '', test.start)
  const parts = Object.entries(differences).map(
    ([name, { expected, actual }]) => `${name}: ${JSON.stringify(expected)} ≠ ${JSON.stringify(actual)}`,
  )
  return `${test.file}:${line} ${test.name} ${parts.join(', ')}`
}
