// The cases of a pack's actions for `packTests`. They run in a process of the command line's, which brings the Node that the
// sandbox needs, whichever one the editor's runner has.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCases } from './commands/action-cases.ts'

/** A case by its name, and its run; one run of all serves every case. */
export interface ActionTest {
  readonly name: string
  /** Rejects with what came out otherwise. */
  readonly run: () => Promise<void>
}

interface Result {
  readonly differs: string | null
  readonly fault: string | null
  readonly stack: string | null
}

/** The cases of the actions in a pack's folder; none without actions. Throws FileError. */
export async function actionTests(folder: string): Promise<ActionTest[]> {
  if (!existsSync(join(folder, 'actions'))) return []
  let all: Promise<readonly Result[]> | undefined
  return (await readCases(folder)).map(({ action, sample }, at) => ({
    name: `${action}: ${sample.name}`,
    run: async () => {
      all ??= runAll(folder)
      const { differs, fault, stack } = (await all)[at]!
      if (differs === null) return
      throw new Error([differs, ...(fault === null ? [] : [`fault ${fault}`]), stack ?? []].flat().join('\n'))
    },
  }))
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

function runAll(folder: string): Promise<readonly Result[]> {
  const bin = fileURLToPath(new URL('./bin.mjs', import.meta.url))
  const args = [bin, 'action', 'test', '--json', '--pack', folder]
  // Why not Promise.withResolvers: the runner's Node may be one that has none.
  return new Promise((resolve, reject) =>
    execFile(process.execPath, args, { maxBuffer: MAX_OUTPUT_BYTES }, (_, stdout, stderr) => {
      if (stdout.startsWith('[')) resolve(JSON.parse(stdout) as Result[])
      else reject(new Error(stderr.trim() || stdout))
    }),
  )
}
