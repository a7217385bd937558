import type { RegionReply } from '#core/wire'
import { LANGUAGE_EVENT } from '../text/text.ts'
import { get } from './api.ts'

interface Regions {
  readonly names: ReadonlyMap<string, string>
  readonly codes: ReadonlyMap<string, string>
}

let known: Regions | undefined
let asked = false

/** What a region is called, `浙江 杭州`; its code until the names are there, when pages are drawn again. */
export function regionText(code: string): string {
  return regions()?.names.get(code) ?? code
}

/** The code of a region by what is typed for it: its name, the name behind those it lies in, or its code; undefined where that is none, or several. */
export function regionCalled(text: string): string | undefined {
  const all = regions()
  if (!all) return undefined
  const words = text.trim().replace(/[\s/、.-]+/g, ' ')
  if (all.names.has(words)) return words
  return all.codes.get(words)
}

/** Every region's name, the large ones first; none until they are there. */
export function regionNames(): readonly string[] {
  return [...(regions()?.names.values() ?? [])]
}

function regions(): Regions | undefined {
  if (!asked) void load()
  return known
}

async function load(): Promise<void> {
  asked = true
  try {
    const all = await get<RegionReply[]>('/api/regions')
    known = {
      names: new Map(all.map(({ code, name }) => [code, name])),
      codes: new Map(all.flatMap(({ code, name, also }) => [name, ...also].map(one => [one, code] as const))),
    }
    window.dispatchEvent(new Event(LANGUAGE_EVENT))
  } catch {
    // Why: without names the codes are shown, and the next page that wants them asks again.
    asked = false
  }
}
