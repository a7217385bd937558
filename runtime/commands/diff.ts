import type { Blueprint } from '#core/blueprint'
import type { SaidReply } from '#core/wire'
import { checkPack } from '#dsl'
import {
  classOrder,
  diffBlueprints,
  sameMeaning,
  sayChange,
  sayClass,
  type Change,
  type ChangeClass,
} from '#dsl/change'
import { severityOf, type Language } from '#dsl/diagnostics'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

/** What each class asks of people, beside its name. */
const asks: Readonly<Record<ChangeClass, Readonly<Record<Language, string>>>> = {
  breaking: { zh: '先商定或改正', en: 'agree or correct first' },
  mapping: { zh: '在 migrate 里写明去处，或安排人', en: 'say in migrate where it goes, or who does it' },
  auto: { zh: '在途的自己跟着变', en: 'what is in flight follows by itself' },
  safe: { zh: '不需要做什么', en: 'nothing to do' },
}

/** `axle diff`: what changes in meaning from one version of a pack to another, by what it asks for, the most pressing first. */
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
  const { lang } = options
  for (const kind of classOrder.toReversed()) {
    const those = changes.filter(change => change.class === kind)
    if (those.length === 0) continue
    console.log(`${sayClass(kind, lang)} (${those.length}) — ${asks[kind][lang]}`)
    for (const line of new Set(those.map(change => sayChange(change, lang)))) console.log(`  ${line}`)
  }
  const advice = migrationAdvice(was.blueprint, is.blueprint, changes)
  if (advice) console.log(advice[lang])
  if (changes.length === 0) console.log(lang === 'zh' ? '含义相同' : 'the same meaning')
  return 0
}

/** What tickets in flight may hold that has no place any more. */
const gone = new Set(['node-removed', 'region-removed', 'field-removed', 'value-removed'])

/** What a newer version that says nothing of the one before should say for tickets in flight to go along. */
function migrationAdvice(
  { pack, tickets }: Blueprint,
  after: Blueprint,
  changes: readonly Change[],
): SaidReply | undefined {
  const { version } = pack
  const isSaid = Object.values(after.migrations).some(({ from }) => from === version)
  if (isSaid || after.pack.version <= version || Object.keys(tickets).length === 0) return undefined
  const block = !changes.some(({ says }) => gone.has(says))
    ? `migrate from ${version} {}`
    : `migrate from ${version} { … }`
  return {
    zh: `在途工单留在版本 ${version}：新版没有写它们的去处。写上 ${block}，它们就转到新版本，动作的代码也一样。`,
    en: `Tickets in flight keep version ${version}: nothing says where they go. With ${block} they move, and run its actions’ code.`,
  }
}
