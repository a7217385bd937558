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
  /** Full names of all codes. */
  readonly names: ReadonlyMap<string, string>
  /** The codes that a full or short name may mean. */
  readonly meanings: ReadonlyMap<string, readonly string[]>
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

/**
 * The code of a region by its code, its full or short name, or a path such as `浙江.杭州.西湖区`. Provinces win over cities,
 * cities over counties; a name that two of one level share means neither.
 */
export function findRegion(name: string): string | undefined {
  let found: string | undefined
  for (const part of name.split('.')) {
    const within = found
    found = tree().spans.has(part) ? part : highest(part, within)
    if (found === undefined || found === within) return undefined
    if (within !== undefined && !regionWithin(found, within)) return undefined
  }
  return found
}

export function isRegion(code: string): boolean {
  return tree().spans.has(code)
}

/** The name people use (上海, 浙江, 杭州, 西湖区), in full where the short one means another region; the code when unknown. */
export function regionName(code: string): string {
  const name = tree().names.get(code)
  if (name === undefined) return code
  if (groupName.test(name)) return `${regionName(`${code.slice(0, 2)}0000`)}${name}`
  const short = shortName(name)
  return levelOf(code) < 2 && highest(short) === code ? short : name
}

/** The name of a region behind those of the province and the city that it lies in: `浙江 杭州 西湖区`; the code when unknown. */
export function regionPath(code: string): string {
  if (!isRegion(code) || largeRegions[code] || isGroup(code)) return regionName(code)
  const above = parentCodes(code).filter(parent => isRegion(parent) && !isGroup(parent))
  return [...new Set([...above.reverse(), code])].map(regionName).join(' ')
}

/** The codes of all regions that people name, the large ones first, then province by province. */
export function namedRegions(): string[] {
  const codes = [...tree().names.keys()].filter(code => !isGroup(code))
  return [...codes.filter(code => largeRegions[code]), ...codes.filter(code => !largeRegions[code]).sort()]
}

const isGroup = (code: string): boolean => groupName.test(tree().names.get(code) ?? '')

/** Undefined when there is no such region. */
export function regionSpan(code: string): RegionSpan | undefined {
  return tree().spans.get(code)
}

/** How many leaves the tree has. */
export function regionCount(): number {
  return tree().leaves.length
}

/** The leaf at a position from 0 to `regionCount() - 1`. */
export function regionAt(position: number): string {
  return tree().leaves[position]!
}

/** Whether a region is another one or lies inside it. */
export function regionWithin(code: string, ancestor: string): boolean {
  const inner = regionSpan(code)
  const outer = regionSpan(ancestor)
  return !!inner && !!outer && outer.first <= inner.first && inner.last <= outer.last
}

/** The one region of the highest level that bears a name, inside `within` but not that region itself. */
function highest(name: string, within?: string): string | undefined {
  const bearers = (tree().meanings.get(name) ?? []).filter(
    code => within === undefined || (code !== within && regionWithin(code, within)),
  )
  const level = Math.min(...bearers.map(levelOf))
  const [first, ...others] = bearers.filter(code => levelOf(code) === level)
  return others.length === 0 ? first : undefined
}

function build(): Tree {
  const rows = regionsCN
    .trim()
    .split('\n')
    .map(line => [line.slice(0, 6), line.slice(7)] as const)
  const parents = new Set(rows.flatMap(([code]) => parentCodes(code)))
  const names = new Map<string, string>()
  const meanings = new Map<string, string[]>()
  const leaves: string[] = []
  const spans = new Map<string, RegionSpan>()
  const extend = (code: string, position: number) =>
    spans.set(code, { first: spans.get(code)?.first ?? position, last: position })
  for (const [large, provinces] of Object.entries(largeRegions)) {
    names.set(large, large)
    for (const [code, name] of rows.filter(([code]) => provinces.includes(code.slice(0, 2)))) {
      names.set(code, name)
      for (const known of namesOf(code, name)) meanings.set(known, [...(meanings.get(known) ?? []), code])
      if (parents.has(code)) continue
      leaves.push(code)
      for (const owner of [code, ...parentCodes(code), large]) extend(owner, leaves.length - 1)
    }
  }
  return { names, meanings, leaves, spans }
}

/** The codes above a code: its city, its province. */
function parentCodes(code: string): string[] {
  const above = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`]
  return above.filter(parent => parent !== code)
}

/** 0 a province, 1 a city, 2 a county. */
function levelOf(code: string): number {
  return code.endsWith('0000') ? 0 : code.endsWith('00') ? 1 : 2
}

/** Rows that only gather the counties a province governs itself; nobody means them by name. */
const groupName = /^(市辖区|县|(省|自治区)直辖县级行政区划)$/

function namesOf(code: string, name: string): ReadonlySet<string> {
  if (groupName.test(name)) return new Set()
  if (levelOf(code) === 2) return new Set([name, name.replace(/^(.{2,})[市县区]$/, '$1')])
  const short = shortName(name)
  return new Set(name.endsWith('自治州') ? [name, short, `${short}州`] : [name, short])
}

const peoples =
  /((土家|朝鲜|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古)族|蒙古|柯尔克孜|哈萨克)+自治州$/

/** A province's or a city's name as people say it. */
function shortName(name: string): string {
  return name
    .replace(/(维吾尔|壮族|回族)?自治区$|特别行政区$|省$/, '')
    .replace(peoples, '')
    .replace(/^(.{2,})(市|地区|盟)$/, '$1')
}
