import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { builtinsPage, diagnosticsPage, grammarPage, languagePage, limitsPage } from '#dsl/reference'
import { blueprintSchema } from './gen-schema.ts'

/** Every generated page by its file name. */
export function referencePages(): Readonly<Record<string, string>> {
  return {
    'blueprint.schema.json': `${JSON.stringify(blueprintSchema(), null, 2)}\n`,
    'diagnostics.zh.md': diagnosticsPage('zh'),
    'diagnostics.en.md': diagnosticsPage('en'),
    'language.md': languagePage(),
    'grammar.md': grammarPage(),
    'builtins.md': builtinsPage(),
    'limits.md': limitsPage(),
  }
}

/** `axle gen reference [dir]`: writes the generated pages, so that a stale copy is one command from being right. */
export async function genReference(folder = 'dsl/reference/generated'): Promise<number> {
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(referencePages())) await writeFile(join(folder, name), text)
  return 0
}
