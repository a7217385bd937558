import { readFile } from 'node:fs/promises'
import type { Blueprint, Code } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { settingFacts } from '#core/form'
import { changesWords, conditionOtherwise, type Words, type World } from '#core/otherwise'
import { evaluate } from '#core/table'
import { encodeValue, printType } from '#core/values'
import { checkExpression, checkPack } from '#dsl'
import { messageOf, severityOf } from '#dsl/diagnostics'
import { factOfJson, readFacts, shown } from './fact.ts'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

/**
 * `axle eval`: the value and the type of an expression in the pack's names and the given facts; with `--why` also the smallest
 * changes of the facts after which a condition holds no longer, or holds at last.
 */
export async function evalExpression(
  { pack, written }: { pack: string; written: string },
  options: CommandOptions & { readonly with?: string; readonly why?: boolean },
): Promise<number> {
  const texts = await readPack(pack)
  const { diagnostics, blueprint } = checkPack(texts)
  if (diagnostics.some(found => severityOf(found) === 'error'))
    return reportDiagnostics(diagnostics, texts, options)
  const own = { texts, blueprint }
  const given = options.with === undefined ? {} : readFacts(await readFile(options.with, 'utf8'))
  if (!given) return misuse('--with names a file with one JSON object: name to value.')
  const facts = Object.entries(given).map(([name, json]) => [name, factOfJson(own, name, json)] as const)
  const unread = facts.find(([, fact]) => fact === undefined)
  if (unread)
    return misuse(
      `${unread[0]}: a fact is a number, a text, true, false, null, a list of one kind of these, a record of an entity, or { "type": …, "value": … }.`,
    )
  const known = facts.map(([name, fact]) => [name, fact!] as const)
  const names = new Map(known.map(([name, { type }]) => [name, type]))
  const checked = checkExpression(texts, { blueprint, written, names })
  if (!checked.code) return reportDiagnostics(checked.diagnostics, { '(expression)': written }, options)
  const values = Object.fromEntries(known.map(([name, { value }]) => [name, value]))
  const around = { ...settingFacts(blueprint, { records: {}, settings: {} }), ...values }
  const value = encodeValue(evaluate(blueprint, checked.code, around))
  const type = printType(checked.code.type)
  const otherwise = options.why ? otherwiseOf({ blueprint, around, code: checked.code }) : undefined
  if (checked.diagnostics.length > 0)
    console.error(checked.diagnostics.map(found => messageOf(found, options.lang)).join('\n'))
  if (options.json) console.log(JSON.stringify({ value, type, ...(otherwise && { otherwise }) }))
  else {
    console.log(`${shown(own, value, checked.code.type)}  ${type}`)
    for (const said of otherwise ?? []) console.log(`  ? ${said[options.lang]}`)
  }
  return 0
}

function otherwiseOf({
  blueprint,
  around,
  code,
}: {
  blueprint: Blueprint
  around: Facts
  code: Code
}): Words[] {
  if (code.type.kind !== 'bool') return []
  const fresh = () => ({ ...around })
  const world: World = { blueprint, fresh, form: null, zone: blueprint.pack.zone }
  const then =
    evaluate(blueprint, code, around) === true
      ? { zh: '就不成立', en: 'it does not hold' }
      : { zh: '就成立', en: 'it holds' }
  return conditionOtherwise(world, code).map(changes => {
    const { zh, en } = changesWords(world, changes)
    return { zh: `${zh}，${then.zh}`, en: `${en}, ${then.en}` }
  })
}

function misuse(message: string): 2 {
  console.error(message)
  return 2
}
