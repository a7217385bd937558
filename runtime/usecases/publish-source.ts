import type { PublishReply, TestResultReply, TestRunReply } from '#core/wire'
import { examine, playScenario, tryProperty, type Checked } from '#dsl'
import { closedFindings } from '#dsl/change'
import { blocksRelease, positionAt, severityOf, type Language } from '#dsl/diagnostics'
import { diagnose } from '#dsl/service'
import type { Deps } from '../deps.ts'
import { compilePack, languageOf, type Compiled, type PackTexts } from '../packs/index.ts'
import type { Tx } from '../store/index.ts'
import { refuseBeyondConsent } from './consent.ts'
import { publishBlueprint } from './install-pack.ts'
import { Problem } from './problem.ts'
import { loadSource, releaseOf, type Source } from './source.ts'
import { refuseUnstaged } from './staged-version.ts'
import { newestVersion } from './versions.ts'

export interface Publishing {
  readonly tenant: string
  /** Which pack's text; without it, the first one's. */
  readonly name?: string | undefined
  readonly by: string
  readonly revision: number
  readonly language: Language
  /** Whose new tickets alone begin with it; without, every store's. */
  readonly stores?: readonly string[] | undefined
}

/** Runs the tests of the given texts, saved or not; with errors only the findings come back. */
export function testSource(texts: PackTexts, language: Language): TestRunReply {
  const { checked } = compilePack(texts)
  const isWrong = checked.diagnostics.some(found => severityOf(found) === 'error')
  return { findings: diagnose(texts, language), results: isWrong ? [] : resultsOf(texts, checked) }
}

/**
 * Makes the saved text of exactly this revision its pack's newest version. Throws Problem with the findings when the
 * text has errors or widens what its actions may reach; then the version before goes on serving.
 */
export function publishSource(
  deps: Deps,
  { tenant, name, by, revision, language, stores }: Publishing,
): Promise<PublishReply> {
  return deps.store.inTenant(tenant, async tx => {
    const source = await loadSource(tx, name)
    if (source.revision !== revision) throw new Problem('source-moved', 412)
    const compiled = await compileSound(tx, source, language)
    await refuseBeyondConsent(tx, source.pack, compiled.checked.blueprint)
    if (stores) await refuseUnstaged(tx, source.pack, stores)
    const last = await newestVersion(tx, source.pack)
    const version = await publishBlueprint(deps, tx, { tenant, compiled, texts: source.files, by, stores })
    return { version, isNew: version !== last?.seq }
  })
}

/**
 * Compiles a desk's text that may be published; throws Problem with the findings when it may not: it is wrong, or changes what its
 * release closed.
 */
export async function compileSound(
  tx: Tx,
  { pack, files }: Pick<Source, 'pack' | 'files'>,
  language: Language,
): Promise<Compiled> {
  const compiled = compilePack(files)
  const texts = languageOf(files)
  const closed = closedFindings(languageOf(await releaseOf(tx, pack)), texts)
  if (compiled.sound && closed.length === 0) return compiled
  const all = [...compiled.checked.diagnostics, ...closed]
  const errors = String(all.filter(blocksRelease).length)
  throw new Problem('source-unsound', 422, { params: { errors }, findings: diagnose(texts, language, all) })
}

function resultsOf(
  texts: PackTexts,
  { blueprint, cases, scenarios, properties }: Checked,
): TestResultReply[] {
  const lineOf = (file: string, start: number) => positionAt(texts[file] ?? '', start).line
  const examples = examine(blueprint, cases).map(({ case: { name, file, start }, differences }) => ({
    ...{ name, kind: 'example' as const, passed: Object.keys(differences).length === 0, file },
    ...{ line: lineOf(file, start), differences, reason: null, detail: '', standing: [] },
  }))
  const stories = scenarios.map(scenario => {
    const { failure } = playScenario(blueprint, scenario)
    const { title: name, file } = scenario
    return {
      ...{ name, kind: 'story' as const, passed: failure === null, file, differences: {} },
      line: lineOf(file, failure?.start ?? scenario.start),
      ...{
        reason: failure?.reason ?? null,
        detail: failure?.detail ?? '',
        standing: failure?.standing ?? [],
      },
    }
  })
  const tried = properties.map(property => {
    const { failure } = tryProperty(blueprint, property)
    const given = Object.entries(failure?.given ?? {}).map(([name, value]) => `${name}=${String(value)}`)
    return {
      ...{ name: property.title, kind: 'story' as const, passed: failure === null, file: property.file },
      ...{ line: lineOf(property.file, failure?.start ?? property.start), differences: {}, standing: [] },
      ...{ reason: failure ? 'not-held' : null, detail: given.join(', ') },
    }
  })
  return [...examples, ...stories, ...tried]
}
