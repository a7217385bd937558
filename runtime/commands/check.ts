import { writeFile } from 'node:fs/promises'
import { checkPack } from '#dsl'
import type { Diagnostic } from '#dsl/diagnostics'
import { rangeIn, reportDiagnostics, type ReportedFix, type ReportOptions } from './report.ts'
import { actionFaults } from './action-fault.ts'
import { readPack } from './source.ts'

type Texts = Readonly<Record<string, string>>

/**
 * `axle check`: every path is one pack, a folder or a single file. Findings come with their fixes; with `--fix` those are
 * made for which there is one way only, and the files written.
 */
export async function check(
  paths: readonly string[],
  options: ReportOptions & { readonly fix?: boolean },
): Promise<number> {
  const folders = paths.length ? paths : ['.']
  const read: Texts[] = await Promise.all(folders.map(readPack))
  const packs = options.fix ? await Promise.all(read.map(mended)) : read
  const diagnostics = packs.flatMap(texts => checkPack(texts).diagnostics)
  const fixes = await fixesIn(packs, options)
  const found = reportDiagnostics(diagnostics, Object.assign({}, ...packs), { ...options, fixes })
  return Math.max(await found, await checkActions(folders))
}

/** The code of actions is another language: what cannot be read of it is told beside the findings. */
async function checkActions(folders: readonly string[]): Promise<number> {
  const faults = (await Promise.all(folders.map(actionFaults))).flat()
  for (const fault of faults) console.error(fault)
  return faults.length > 0 ? 1 : 0
}

/** So many findings of a pack are given their fixes, and so many mended: each fix is tried on the whole pack. */
const MAX_MENDED = 20

async function fixesIn(
  packs: readonly Texts[],
  { lang }: ReportOptions,
): Promise<Map<Diagnostic, ReportedFix[]>> {
  const fixes = new Map<Diagnostic, ReportedFix[]>()
  for (const texts of packs)
    for (const finding of checkPack(texts).diagnostics.slice(0, MAX_MENDED)) {
      // Why loaded when there is something to mend: what fixes need of pinyin takes longer to load than a check takes.
      const { fixesOf } = await import('#dsl/fix')
      const offered = fixesOf(texts, [finding], lang).map(({ title, edits }) => ({
        title,
        edits: edits.map(edit => ({ file: edit.file, range: rangeIn(texts, edit), text: edit.text })),
      }))
      fixes.set(finding, offered)
    }
  return fixes
}

/** The texts after every fix that is the only one of its finding, one after another; changed files are written. */
async function mended(texts: Texts): Promise<Texts> {
  const [{ fixesOf }, { applyEdits }] = await Promise.all([import('#dsl/fix'), import('#dsl/service')])
  let now = texts
  for (let done = 0; done < MAX_MENDED; done++) {
    const only = checkPack(now).diagnostics.find(finding => fixesOf(now, [finding]).length === 1)
    const [fix] = only ? fixesOf(now, [only]) : []
    if (!fix) break
    now = applyEdits(now, fix.edits)
    console.error(`${fix.file}: ${fix.code} ${fix.title}`)
  }
  for (const [file, text] of Object.entries(now))
    if (text !== texts[file] && !file.startsWith('@')) await writeFile(file, text)
  return now
}
