import { changesWords, nameWords, valueWords, type Words, type World } from '#core/otherwise'
import { parseDecimal } from '#core/values'
import type { PriceOtherwise } from './otherwise.ts'

/** One sentence about what would make a price otherwise, with the total it would come to. */
export function priceOtherwiseWords(world: World, name: string, found: PriceOtherwise): Words {
  const supposed = changesWords(world, found.changes)
  const outcome = outcomeWords(world, name, found)
  const total = valueWords(world, { kind: 'money' }, parseDecimal(found.total)!)
  const declared = world.blueprint.prices[name]!
  const sum = nameWords(world.blueprint, `${name}.${declared.total}`, declared.total)
  const zh = outcome ? `${outcome.zh}，${sum.zh} ${total.zh}` : `${sum.zh} ${total.zh}`
  const en = outcome ? `${outcome.en}; total ${total.en}` : `the total is ${total.en}`
  return { zh: `${supposed.zh}，${zh}`, en: `${supposed.en}, ${en}` }
}

function outcomeWords({ blueprint }: World, name: string, found: PriceOtherwise): Words | undefined {
  const { line, step, becomes, stands } = found
  if (line === null) return undefined
  const declared = blueprint.prices[name]!.lines.find(one => one.name === line)!
  const label = nameWords(blueprint, `${name}.${line}`, declared.label)
  if (!stands) return { zh: `就没有「${label.zh}」`, en: `there is no “${label.en}”` }
  if (step === null) return { zh: `就会有「${label.zh}」`, en: `there is “${label.en}”` }
  if (!becomes?.counts) return { zh: '这一步就不算', en: 'this step does not count' }
  const rows = becomes.tables.map(({ table, row }) => ({
    zh: row === null ? `「${table}」没有命中` : `用「${table}」第 ${row + 1} 行`,
    en: row === null ? `no row of “${table}” answers` : `row ${row + 1} of “${table}” answers`,
  }))
  if (rows.length === 0) return { zh: '这一步就会算', en: 'this step counts' }
  return { zh: rows.map(({ zh }) => zh).join('、'), en: rows.map(({ en }) => en).join(', ') }
}
