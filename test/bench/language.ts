import { parse } from '#dsl/syntax'
import { createChecker } from '#dsl'
import { bytesOf, grown, type Texts } from './grown.ts'
import { measure, type Figure } from './measure.ts'
import { readers, yamlOf } from './peers/index.ts'

const SIZES = [100_000, 300_000, 1_000_000]

/**
 * A pack's text parsed, and parsed, checked and compiled by a checker that has seen nothing before, at three sizes; beside a
 * loop that only cuts the same text into words, texts and signs; and as much YAML read by peers.
 */
export async function language(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const size of SIZES) figures.push(...(await ofSize(grown(texts => bytesOf(texts) >= size))))
  return figures
}

async function ofSize(texts: Texts): Promise<Figure[]> {
  const megabytes = bytesOf(texts) / 1e6
  const sources = Object.values(texts)
  // Why a comment more each time: what was read last is remembered.
  let turn = 0
  const fresh = (text: string) => `${text}// ${turn++}\n`
  const freshPack = () => Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, fresh(text)]))
  const repeat = (work: () => unknown) => (times: number) => {
    let last: unknown
    for (let i = 0; i < times; i++) last = work()
    return last
  }
  const yaml = yamlOf(bytesOf(texts))
  const figures = measure([
    { name: 'cutting into tokens by hand', run: repeat(() => sources.map(text => cut(fresh(text)))) },
    { name: 'axle parse', run: repeat(() => sources.map(text => parse(fresh(text)))) },
    { name: 'axle parse, check, compile', run: repeat(() => createChecker()(freshPack())) },
    ...(await readers()).map(({ name, read }) => ({ name, run: repeat(() => read(`${yaml}# ${turn++}\n`)) })),
  ])
  return figures.map(figure => ({
    ...figure,
    name: `${figure.name}, ${Math.round(megabytes * 1000)} KB (MB/s)`,
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
