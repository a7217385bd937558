// A pack's own tests as tests of Vitest, so that editors list and run them: `packTests(import.meta.dirname, vitest)`.
import { checkPack, examine, playScenario, tellHistory, tryProperty, whyFailed } from '#dsl'
import { helpOf, messageOf, positionAt, severityOf, type Language } from '#dsl/diagnostics'
import { readPack } from './commands/source.ts'
import { actionTests } from './pack-action-tests.ts'

/** What is needed of Vitest, or of any runner that names things alike. */
export interface Runner {
  readonly describe: (name: string, tests: () => void) => void
  readonly test: (name: string, run: () => void | Promise<void>) => void
}

/**
 * Registers every test that is written in a pack's language, each by its name and place, and the cases of its actions; a pack
 * with errors is one test that says them. The texts are read once. Words are those of AXLE_LANG.
 */
export async function packTests(
  folder: string,
  { describe, test }: Runner,
  language: Language = process.env.AXLE_LANG === 'en' ? 'en' : 'zh',
): Promise<void> {
  const texts = await readPack(folder)
  const { diagnostics, blueprint, cases, scenarios, properties } = checkPack(texts)
  const placeOf = (file: string, start: number) => {
    const { line, column } = positionAt(texts[file] ?? '', start)
    return `${file}:${line}:${column}`
  }
  const cased = await actionTests(folder).catch((error: Error) => error)
  const errors = diagnostics.filter(found => severityOf(found) === 'error')
  const { name } = blueprint.pack
  describe(name, () => {
    if (errors.length > 0) {
      const said = errors.map(
        found =>
          `${placeOf(found.file, found.start)} ${found.code} ${messageOf(found, language)}\n  → ${helpOf(found, language)}`,
      )
      return test('axle check', () => fail(said))
    }
    if (cased instanceof Error) test('axle action test', () => fail([cased.message]))
    else for (const each of cased) test(each.name, each.run)
    for (const each of cases)
      test(`${each.name} (${placeOf(each.file, each.start)})`, () => {
        const [{ differences }] = examine(blueprint, [each]) as [ReturnType<typeof examine>[number]]
        fail(
          Object.entries(differences).map(
            ([column, { expected, actual }]) =>
              `${column}: ${JSON.stringify(expected)} ≠ ${JSON.stringify(actual)}`,
          ),
        )
      })
    for (const scenario of scenarios)
      test(scenario.title, () => {
        const { failure, history } = playScenario(blueprint, scenario)
        if (failure)
          fail([
            `${placeOf(scenario.file, failure.start)} ${whyFailed(failure, language)}`,
            ...tellHistory(blueprint, history, language),
          ])
      })
    for (const property of properties)
      test(property.title, () => {
        const { failure, seed } = tryProperty(blueprint, property)
        if (failure)
          fail([`${placeOf(property.file, failure.start)} ${JSON.stringify(failure.given)} seed ${seed}`])
      })
  })
}

function fail(said: readonly string[]): void {
  if (said.length > 0) throw new Error(said.join('\n'))
}
