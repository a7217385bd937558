import type { Blueprint } from '#core/blueprint'
import {
  checkPack,
  coverageOf,
  examine,
  playScenario,
  tellHistory,
  tryProperty,
  whyFailed,
  type PropertyResult,
  type CaseResult,
  type Coverage,
  type ScenarioResult,
} from '#dsl'
import { positionAt, severityOf } from '#dsl/diagnostics'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'
import { watching } from './watch.ts'

export interface TestOptions extends CommandOptions {
  readonly coverage?: boolean
  readonly watch?: boolean
}

/**
 * `axle test`: runs a pack's own tests; a pack with errors is reported instead of run. With `--coverage` it says what the tests
 * never came to; with `--watch` it does so after every change, until it is ended.
 */
export function test(path: string, options: TestOptions): Promise<number> {
  return options.watch ? watching(path, () => testOnce(path, options)) : testOnce(path, options)
}

async function testOnce(path: string, options: TestOptions): Promise<number> {
  const texts = await readPack(path)
  const { diagnostics, blueprint, cases, scenarios, properties } = checkPack(texts)
  if (diagnostics.some(found => severityOf(found) === 'error'))
    return reportDiagnostics(diagnostics, texts, options)
  const rows = examine(blueprint, cases)
  const stories = scenarios.map(scenario => playScenario(blueprint, scenario))
  const tried = properties.map(property => tryProperty(blueprint, property))
  const failures = [
    ...tried.filter(({ failure }) => failure).map(result => propertyText(result, texts)),
    ...rows
      .filter(result => Object.keys(result.differences).length > 0)
      .map(result => failureText(result, texts)),
    ...stories
      .filter(story => story.failure)
      .map(story => storyText(story, texts, { blueprint, lang: options.lang })),
  ]
  const coverage = options.coverage ? coverageOf(blueprint, { cases, stories }) : []
  if (options.json) {
    const results = [
      ...rows.map(result => ({
        ...told(texts, { ...result.case, title: result.case.name }),
        passed: Object.keys(result.differences).length === 0,
        ...result,
      })),
      ...stories.map(({ scenario, failure }) => ({
        ...told(texts, { kind: 'scenario', ...scenario }),
        ...{ passed: !failure, scenario, failure },
      })),
      ...tried.map(result => ({
        ...told(texts, { kind: 'property', ...result.property }),
        ...{ passed: !result.failure, ...result },
      })),
    ]
    console.log(JSON.stringify(options.coverage ? { results, coverage } : results, null, 2))
  } else {
    for (const failure of failures) console.log(failure)
    console.log(
      `${rows.length + stories.length + tried.length - failures.length} passed, ${failures.length} failed`,
    )
    for (const part of coverage) console.log(coverageText(part))
  }
  return failures.length > 0 ? 1 : 0
}

/** What every result says of its test: what it is of, its name, and where it stands. */
function told(
  texts: Readonly<Record<string, string>>,
  { kind, title, file, start }: { kind: string; title: string; file: string; start: number },
): { kind: string; name: string; file: string; line: number } {
  return { kind, name: title, file, line: positionAt(texts[file] ?? '', start).line }
}

/** `节点 退款 5/7：缺 人工出款、寄回` */
function coverageText({ what, name, hit, total, missing }: Coverage): string {
  return `${what} ${name} ${hit}/${total}${missing.length > 0 ? `: ${missing.join(', ')}` : ''}`
}

/** The smallest input that breaks a property, and the seed that gives it again. */
function propertyText(
  { property, failure, tried, seed }: PropertyResult,
  texts: Readonly<Record<string, string>>,
): string {
  const { line } = positionAt(texts[property.file] ?? '', failure!.start)
  const given = Object.entries(failure!.given).map(([name, value]) => `${name}=${String(value)}`)
  return `${property.file}:${line} ${property.title} ${given.join(', ')} (${tried} tried, seed ${seed})`
}

/** Where a story broke, and everything that had happened by then. */
function storyText(
  { scenario, failure, history }: ScenarioResult,
  texts: Readonly<Record<string, string>>,
  { blueprint, lang }: { readonly blueprint: Blueprint; readonly lang: CommandOptions['lang'] },
): string {
  const { start, standing } = failure!
  const { line } = positionAt(texts[scenario.file] ?? '', start)
  const told = tellHistory(blueprint, history, lang).map(each => `    ${each}`)
  return [
    `${scenario.file}:${line} ${scenario.title}\n    ${whyFailed(failure!, lang)} [${standing.join('; ')}]`,
    ...told,
  ].join('\n')
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
