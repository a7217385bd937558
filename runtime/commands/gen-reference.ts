import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { History, Traffic } from '#core/wire'
import {
  builtinsPage,
  diagnosticsPage,
  grammarPage,
  languagePage,
  limitsPage,
  type LimitRow,
} from '#dsl/reference'
import { CPU_MS, HEAP_MB, MAX_CALLS } from '../sandbox/index.ts'
import { blueprintSchema, hasTypes } from './gen-schema.ts'

/** Every generated page by its file name. */
export function referencePages(): Readonly<Record<string, string>> {
  return {
    'blueprint.schema.json': schemaOfBlueprints(),
    'traffic.schema.json': schemaPage(Traffic),
    'history.schema.json': schemaPage(History),
    'diagnostics.zh.md': diagnosticsPage('zh'),
    'diagnostics.en.md': diagnosticsPage('en'),
    'language.md': languagePage(),
    'grammar.md': grammarPage(),
    'builtins.md': builtinsPage(),
    'limits.md': limitsPage(limitsOfRuns),
  }
}

const limitsOfRuns: readonly LimitRow[] = [
  [`${CPU_MS} ms`, '一次动作运行的 CPU 时间', 'CPU time of one run of an action'],
  [`${HEAP_MB} MB`, '一次动作运行的内存', 'memory of one run of an action'],
  [
    String(MAX_CALLS),
    '一次动作运行可以调用外部几次',
    'how often one run of an action asks for something outside',
  ],
]

/** Read off the types where they are; the npm package, which holds no types, carries the page instead. */
function schemaOfBlueprints(): string {
  const carried = new URL('../../dsl/reference/generated/blueprint.schema.json', import.meta.url)
  return hasTypes() ? `${JSON.stringify(blueprintSchema(), null, 2)}\n` : readFileSync(carried, 'utf8')
}

function schemaPage(schema: object): string {
  const draft = 'https://json-schema.org/draft/2020-12/schema'
  return `${JSON.stringify({ $schema: draft, ...schema }, null, 2)}\n`
}

/** `axle gen reference [dir]`: writes the generated pages, so that a stale copy is one command from being right. */
export async function genReference(folder = 'dsl/reference/generated'): Promise<number> {
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(referencePages())) await writeFile(join(folder, name), text)
  return 0
}
