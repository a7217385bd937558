import { watch } from 'node:fs'
import { isPackFile } from '../pack-files.ts'

/** Editors write a file in several strokes; the next run waits for silence. */
const QUIET_MS = 100

/**
 * Runs something at once and again whenever a text below a path changes, one run at a time, until the process is ended; a
 * run that throws is told of and waits for the next change.
 */
export async function watching(path: string, run: () => Promise<unknown>): Promise<never> {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const again = () => {
    running = running.then(async () => {
      try {
        await run()
      } catch (error) {
        console.error(error instanceof Error ? error.message : error)
      }
      console.error(`— ${path}`)
    })
  }
  watch(path, { recursive: true }, (_, name) => {
    if (name !== null && !isPackFile(name)) return
    clearTimeout(timer)
    timer = setTimeout(again, QUIET_MS)
  })
  again()
  return new Promise(() => {})
}
