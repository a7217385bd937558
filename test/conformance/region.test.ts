import { describe, expect, test } from 'vitest'
import {
  findRegion,
  isRegion,
  namedRegions,
  regionAt,
  regionCount,
  regionName,
  regionPath,
  regionSpan,
  regionWithin,
} from '#core/values'
import { containment, found, largeRegions, shown } from './region-cases.ts'

const leaves = Array.from({ length: regionCount() }, (_, position) => regionAt(position))
const provinces = [...new Set(leaves.map(code => `${code.slice(0, 2)}0000`))]
const cities = [...new Set(leaves.map(code => `${code.slice(0, 4)}00`))].filter(
  code => !provinces.includes(code),
)

describe('regions', () => {
  test.each(found)('%s means %s', (name, code) => {
    expect(findRegion(name) ?? null).toBe(code)
  })

  test.each(shown)('%s is shown as %s', (code, name) => {
    expect(regionName(code)).toBe(name)
  })

  test('a region is named behind what it lies in, and found by that name', () => {
    const paths = {
      '310000': '上海',
      '330100': '浙江 杭州',
      '330106': '浙江 杭州 西湖区',
      '310101': '上海 黄浦区',
    }
    for (const [code, path] of Object.entries({
      ...paths,
      华东: '华东',
      '429004': '湖北 仙桃市',
      nope: 'nope',
    }))
      expect(regionPath(code)).toBe(path)
    const named = namedRegions()
    expect(named.length).toBeGreaterThan(3_200)
    expect(new Set(named.map(regionPath)).size).toBe(named.length)
    expect(named.filter(code => findRegion(regionPath(code).replaceAll(' ', '.')) !== code)).toEqual([])
  })

  test.each(containment)('%s within %s: %s', (code, ancestor, expected) => {
    expect(regionWithin(code, ancestor)).toBe(expected)
  })

  test.each(Object.entries(largeRegions))('%s consists of %s', (large, names) => {
    const inside = provinces.filter(code => regionWithin(code, large)).map(regionName)
    expect(inside.sort()).toEqual(names.split(' ').sort())
  })

  test('there are 34 provinces, 333 prefectures, and every large region, province and city is one interval', () => {
    expect(provinces).toHaveLength(34)
    const gathering = cities.filter(code => findRegion(regionName(code)) === undefined)
    expect(cities.length - gathering.length).toBe(333)
    for (const code of [...provinces, ...cities]) {
      const prefix = code.replace(/(00)+$/, '')
      const { first, last } = regionSpan(code)!
      const wrong = leaves.filter((leaf, at) => leaf.startsWith(prefix) !== (first <= at && at <= last))
      expect(wrong, code).toEqual([])
    }
  })

  test('the large regions follow each other without a gap', () => {
    const spans = Object.keys(largeRegions).map(name => regionSpan(name)!)
    spans.sort((a, b) => a.first - b.first)
    spans.forEach((span, at) => expect(span.first).toBe(at === 0 ? 0 : spans[at - 1]!.last + 1))
    expect(spans.at(-1)!.last).toBe(regionCount() - 1)
  })

  test('every leaf stands at its own position', () => {
    leaves.forEach((leaf, at) => expect(regionSpan(leaf)).toEqual({ first: at, last: at }))
    expect(leaves.every(isRegion)).toBe(true)
    expect(isRegion('上海')).toBe(false)
  })

  test('the name a province or city is shown by means that province or city again', () => {
    const named = [...provinces, ...cities].filter(code => !/市辖区$|县$|行政区划$/.test(regionName(code)))
    expect(named.filter(code => findRegion(regionName(code)) !== code)).toEqual([])
  })
})
