import { writeFile } from 'node:fs/promises'
import type { Blueprint } from '#core/blueprint'
import { checkPack } from '#dsl'
import type { Diagnostic } from '#dsl/diagnostics'
import { rangeIn, reportDiagnostics, type ReportedFix, type ReportOptions } from './report.ts'
import { actionFindings } from './action-fault.ts'
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
  const checked = packs.map(texts => checkPack(texts))
  const diagnostics = checked.flatMap(each => each.diagnostics)
  const fixes = await fixesIn(packs, options)
  const found = reportDiagnostics(diagnostics, Object.assign({}, ...packs), { ...options, fixes })
  const told = folders.map((folder, at) => checkActions(folder, checked[at]!.blueprint, options))
  return Math.max(await found, ...(await Promise.all(told)))
}

/** The code of actions is another language: what is wrong with it is told beside the findings. */
async function checkActions(
  folder: string,
  blueprint: Blueprint,
  { strict }: ReportOptions,
): Promise<number> {
  const findings = await actionFindings(folder, blueprint)
  for (const { severity, text } of findings) console.error(`${severity} ${text}`)
  return findings.some(({ severity }) => strict || severity === 'error') ? 1 : 0
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
