import { withSettings, type FieldValues } from '#core/form'
import type { PlanReply } from '#core/wire'
import { examine, playScenario, tryProperty } from '#dsl'
import { blocksRelease } from '#dsl/diagnostics'
import type { Compiled } from '../packs/index.ts'

/** Runs a pack's own tests as they come out on a desk that chose these settings; none where the text is wrong. */
export function runTests({ checked }: Pick<Compiled, 'checked'>, settings: FieldValues): PlanReply['tests'] {
  if (checked.diagnostics.some(blocksRelease)) return { passed: 0, failed: [] }
  const blueprint = withSettings(checked.blueprint, settings)
  const rows = examine(blueprint, checked.cases)
  const stories = checked.scenarios.map(scenario => playScenario(blueprint, scenario))
  const tried = checked.properties.map(property => tryProperty(blueprint, property))
  const failed = [
    ...rows.filter(row => Object.keys(row.differences).length > 0).map(row => row.case.name),
    ...stories.filter(story => story.failure !== null).map(story => story.scenario.title),
    ...tried.filter(({ failure }) => failure !== null).map(({ property }) => property.title),
  ]
  return { passed: rows.length + stories.length + tried.length - failed.length, failed }
}

/** Of the tests that fail with the desk's own text those that the release alone passes with the same settings. */
export function brokenTests(
  release: Pick<Compiled, 'checked'>,
  failed: readonly string[],
  settings: FieldValues,
): readonly string[] {
  if (failed.length === 0) return []
  const before = new Set(runTests(release, settings).failed)
  return failed.filter(name => !before.has(name))
}
