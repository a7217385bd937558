import { readFileSync, readdirSync } from 'node:fs'
import { parse } from '#dsl/syntax'
import { checkPack } from '#dsl'
import { measure, type Figure } from './measure.ts'

/** A pack's text parsed and checked, beside a loop that only cuts the same text into words, texts and signs. */
export function language(): Figure[] {
  const folder = 'plugins/manufacturing'
  const texts = Object.fromEntries(
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter(name => name.endsWith('.axle'))
      .map(name => [name, readFileSync(`${folder}/${name}`, 'utf8')]),
  )
  const all = Object.values(texts).join('\n')
  const megabytes = Buffer.byteLength(all) / 1e6
  // Why a comment more each time: what was read or checked last is remembered.
  let turn = 0
  const fresh = (text: string) => `${text}// ${turn++}\n`
  const repeat = (work: () => unknown) => (times: number) => {
    let last: unknown
    for (let i = 0; i < times; i++) last = work()
    return last
  }
  const freshPack = () => Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, fresh(text)]))
  const figures = measure([
    { name: 'cutting into tokens by hand', run: repeat(() => cut(fresh(all))) },
    { name: 'axle parse', run: repeat(() => parse(fresh(all))) },
    { name: 'axle parse, check, compile', run: repeat(() => checkPack(freshPack())) },
  ])
  return figures.map(figure => ({
    ...figure,
    name: `${figure.name} (MB/s)`,
    perSecond: figure.perSecond * megabytes,
  }))
}

function cut(text: string): number {
  let count = 0
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    if (code <= 32) at++
    else if (code === 34) {
      at = text.indexOf('"', at + 1) + 1 || text.length
      count++
    } else if (code === 47 && text.charCodeAt(at + 1) === 47)
      at = (text.indexOf('\n', at) + 1 || text.length + 1) - 1
    else if (isWord(code)) {
      do at++
      while (at < text.length && isWord(text.charCodeAt(at)))
      count++
    } else {
      at++
      count++
    }
  }
  return count
}

const isWord = (code: number) =>
  (code >= 97 && code <= 122) ||
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  code === 95 ||
  code > 255
