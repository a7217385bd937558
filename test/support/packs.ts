import { readFileSync, readdirSync } from 'node:fs'
import { checkPack } from '#dsl'
import type { Blueprint } from '#core/blueprint'
import type { Traffic } from '#core/wire'

/** A pack of the repository, compiled, with changes to its texts. */
export function blueprintOf(folder: string, change: (text: string) => string = text => text): Blueprint {
  const files = readdirSync(folder).filter(name => name.endsWith('.axle') || name.endsWith('.csv'))
  const texts = files.map(name => [name, change(readFileSync(`${folder}/${name}`, 'utf8'))] as const)
  return checkPack(Object.fromEntries(texts)).blueprint
}

/** The traffic that a pack brings. */
export function trafficOf(folder: string): Traffic {
  return JSON.parse(readFileSync(`${folder}/traffic.json`, 'utf8')) as Traffic
}
