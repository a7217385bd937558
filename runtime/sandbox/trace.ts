import { SourceMap, type SourceMapPayload } from 'node:module'
import { visible } from './capabilities/index.ts'

const place = /\baction:(\d+):(\d+)/
const MAX_FRAMES = 10
const MAX_FRAME_CHARS = 400
/** Maps of the texts that failed last: reading a big one takes tens of ms. */
const maps = new Map<string, SourceMap | undefined>()
const MAX_MAPS = 8

/**
 * The places of a stack in the action's own text, one `at … (file:line:column)` a line; what ran around it is left out. Types are
 * stripped in place, so TypeScript's lines are the stack's; bundled code brings a map.
 */
export function mappedStack(stack: string, source: string): string {
  const map = mapOf(source)
  return stack
    .split('\n')
    .filter(line => /^\s*at /.test(line) && place.test(line))
    .slice(0, MAX_FRAMES)
    .map(line => visible(mapped(line.trim(), map)).slice(0, MAX_FRAME_CHARS))
    .join('\n')
}

/** The same for a text that names one place, such as a fault of the syntax. */
export function mappedText(text: string, source: string): string {
  return place.test(text) ? mapped(text, mapOf(source)) : text
}

function mapped(text: string, map: SourceMap | undefined): string {
  return text.replace(place, (_, line: string, column: string) => {
    if (!map) return `action.ts:${line}:${column}`
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1)
    if (!('originalSource' in entry)) return `action.js:${line}:${column}`
    return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
  })
}

const comment =
  /\n\/\/# sourceMappingURL=data:application\/json(?:;charset=utf-8)?;base64,([A-Za-z0-9+/=]+)\s*$/

function mapOf(source: string): SourceMap | undefined {
  if (!maps.has(source)) {
    if (maps.size >= MAX_MAPS) maps.delete(maps.keys().next().value!)
    maps.set(source, readMap(source))
  }
  return maps.get(source)
}

function readMap(source: string): SourceMap | undefined {
  const [, encoded] = comment.exec(source) ?? []
  if (encoded === undefined) return undefined
  try {
    return new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as SourceMapPayload)
  } catch {
    // Why: the map is part of a stranger's text; without a good one places are those of the bundle.
    return undefined
  }
}
