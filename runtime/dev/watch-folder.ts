import { watch, type FSWatcher } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isPackFolder } from '../pack-files.ts'

/** Editors write a file in several strokes; whoever waits is told after so much silence. */
const QUIET_MS = 80

/**
 * Tells, once things are quiet again, that something in a folder changed: its own files and those of folders in it, but not what
 * is installed beside them or hidden. Yields how to stop.
 */
export async function watchFolder(folder: string, changed: () => void): Promise<() => void> {
  const watchers = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void lookAround().then(changed), QUIET_MS)
  }
  const lookAround = async () => {
    const folders = new Set(await foldersBelow(folder))
    for (const each of folders)
      if (!watchers.has(each))
        watchers.set(
          each,
          watch(each, soon).on('error', () => {}),
        )
    for (const [each, watcher] of watchers)
      if (!folders.has(each)) {
        watcher.close()
        watchers.delete(each)
      }
  }
  await lookAround()
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers.values()) watcher.close()
  }
}

async function foldersBelow(folder: string): Promise<string[]> {
  const inside = (await readdir(folder, { withFileTypes: true })).filter(
    entry => entry.isDirectory() && isPackFolder(entry.name),
  )
  return [folder, ...(await Promise.all(inside.map(entry => foldersBelow(join(folder, entry.name))))).flat()]
}
