import { regionsCN } from './data/regions-cn.ts'

/** The large regions of China, which stand above the provinces; their code is their name. */
const largeRegions: Readonly<Record<string, readonly string[]>> = {
  华北: ['11', '12', '13', '14', '15'],
  东北: ['21', '22', '23'],
  华东: ['31', '32', '33', '34', '35', '36', '37'],
  华中: ['41', '42', '43'],
  华南: ['44', '45', '46'],
  西南: ['50', '51', '52', '53', '54'],
  西北: ['61', '62', '63', '64', '65'],
  港澳台: ['71', '81', '82'],
}

interface Tree {
  readonly names: ReadonlyMap<string, string>
  readonly byName: ReadonlyMap<string, string>
  /** Codes without anything below them, in tree order. */
  readonly leaves: readonly string[]
  readonly spans: ReadonlyMap<string, RegionSpan>
}

/** Positions of a region's first and last leaf: one region contains another exactly when its span does. */
export interface RegionSpan {
  readonly first: number
  readonly last: number
}

let built: Tree | undefined
const tree = (): Tree => (built ??= build())

/** The code of a large region, province, unambiguous city or county, by its full or short name or its code. */
export function findRegion(name: string): string | undefined {
  return tree().spans.has(name) ? name : tree().byName.get(name)
}

export function isRegion(code: string): boolean {
  return tree().spans.has(code)
}

/** The name people use: 上海, 浙江, 杭州, 西湖区. */
export function regionName(code: string): string {
  return tree().names.get(code) ?? code
}

/** Undefined when there is no such region. */
export function regionSpan(code: string): RegionSpan | undefined {
  return tree().spans.get(code)
}

/** How many leaves the tree has. */
export function regionCount(): number {
  return tree().leaves.length
}

/** The leaf at a position. */
export function regionAt(position: number): string {
  return tree().leaves[position]!
}

/** Whether a region is another one or lies inside it. */
export function regionWithin(code: string, ancestor: string): boolean {
  const inner = regionSpan(code)
  const outer = regionSpan(ancestor)
  return !!inner && !!outer && outer.first <= inner.first && inner.last <= outer.last
}

function build(): Tree {
  const rows = regionsCN
    .trim()
    .split('\n')
    .map(line => [line.slice(0, 6), line.slice(7)] as const)
  const ordered = Object.entries(largeRegions).map(
    ([name, provinces]) => [name, rows.filter(([code]) => provinces.includes(code.slice(0, 2)))] as const,
  )
  const parents = new Set(rows.flatMap(([code]) => parentCodes(code)))
  const names = new Map<string, string>()
  const leaves: string[] = []
  const spans = new Map<string, RegionSpan>()
  const extend = (code: string, position: number) => {
    const span = spans.get(code)
    spans.set(code, { first: span?.first ?? position, last: position })
  }
  for (const [large, members] of ordered) {
    names.set(large, large)
    for (const [code, name] of members) {
      names.set(code, shortName(name))
      if (parents.has(code)) continue
      leaves.push(code)
      for (const owner of [code, ...parentCodes(code), large]) extend(owner, leaves.length - 1)
    }
  }
  return { names, byName: namesOf(rows, spans), leaves, spans }
}

/** The codes above a code: its city, its province. */
function parentCodes(code: string): string[] {
  const above = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`]
  return above.filter(parent => parent !== code)
}

/** Provinces win over cities, cities over counties; a name that two of one level share means neither. */
function namesOf(
  rows: readonly (readonly [string, string])[],
  spans: ReadonlyMap<string, RegionSpan>,
): Map<string, string> {
  const found = new Map<string, string>()
  const levels = [/0000$/, /[^0]00$|0[1-9]00$/, /./]
  const taken = new Set<string>()
  for (const level of levels) {
    const here = rows.filter(([code]) => level.test(code) && spans.has(code) && !taken.has(code))
    const counts = new Map<string, number>()
    const both = here.flatMap(([code, name]) =>
      [...new Set([name, shortName(name)])].map(n => [n, code] as const),
    )
    for (const [name] of both) counts.set(name, (counts.get(name) ?? 0) + 1)
    for (const [name, code] of both) if (counts.get(name) === 1 && !found.has(name)) found.set(name, code)
    for (const [code] of here) taken.add(code)
  }
  return found
}

function shortName(name: string): string {
  const short = name
    .replace(/(维吾尔|壮族|回族)?自治区$|特别行政区$|省$/, '')
    .replace(/^(.{2,})(市|地区|盟)$/, '$1')
  return short === '' ? name : short
}
