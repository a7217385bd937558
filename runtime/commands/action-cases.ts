import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '../json-file.ts'
import { readSample, type Sample } from './action-sample.ts'

/** One case of an action. */
export interface ActionCase {
  readonly action: string
  readonly sample: Sample
}

/** The cases beside a pack's actions, `actions/<name>.test.json`, by file and as written. Throws FileError. */
export async function readCases(pack: string): Promise<ActionCase[]> {
  const folder = join(pack, 'actions')
  const files = (await readdir(folder)).filter(file => file.endsWith('.test.json')).sort()
  const read = files.map(async file => {
    const path = join(folder, file)
    const json = parseJson(await readFile(path, 'utf8'), path)
    return (Array.isArray(json) ? json : [json]).map((each: unknown, at) => ({
      action: file.slice(0, -'.test.json'.length),
      sample: readSample(each, `${path} ${titleOf(each, at)}`),
    }))
  })
  return (await Promise.all(read)).flat()
}

/** The case's name, or which one it is. */
function titleOf(json: unknown, at: number): string {
  const { name } = Object(json) as { name?: unknown }
  return typeof name === 'string' ? `“${name}”` : `case ${at + 1}`
}
