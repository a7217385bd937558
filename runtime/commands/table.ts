import { severityOf } from '#dsl/diagnostics'
import { checkPack } from '#dsl'
import { readFile } from 'node:fs/promises'
import type { TableBlueprint } from '#core/blueprint'
import { signs, tableOtherwise, valueWords, type TableOtherwise, type World } from '#core/otherwise'
import { answerColumns, lookupTable } from '#core/table'
import { encodeValue, printType, type Value } from '#core/values'
import { exampleOf, factOfType, readFacts, shown } from './fact.ts'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

/** `axle table pack name 列=值 …`: the row that answers, its values, and the first column each other row failed on. */
export async function table(
  { pack, name, facts }: { pack: string; name: string; facts: readonly string[] },
  options: CommandOptions & { readonly with?: string },
): Promise<number> {
  const texts = await readPack(pack)
  const { diagnostics, blueprint } = checkPack(texts)
  if (diagnostics.some(found => severityOf(found) === 'error'))
    return reportDiagnostics(diagnostics, texts, options)
  const found = blueprint.tables[name]
  if (!found) return misuse(`no table ${name}; there is: ${Object.keys(blueprint.tables).join(' ')}`)
  const own = { texts, blueprint }
  const given: Record<string, Value> = {}
  const said = options.with === undefined ? {} : readFacts(await readFile(options.with, 'utf8'))
  if (!said) return misuse('--with names a file with one JSON object: column to value.')
  const written = facts.map(fact => fact.split(/=(.*)/s)).map(([key = '', text]) => [key, text] as const)
  for (const [key, json] of [...Object.entries(said), ...written]) {
    const column = found.inputs.find(input => input.name === key)
    const names = found.inputs.map(input => input.name).join(' ')
    if (!column || json === undefined) return misuse(`${key}: column=value, of ${names}`)
    const value = factOfType(own, json, column.type)
    if (value === undefined)
      return misuse(`${key}=${String(json)}: ${printType(column.type)}, ${exampleOf(own, column.type)}`)
    given[key] = value
  }
  const answer = lookupTable(blueprint, name, given)
  const smallest = tableOtherwise(blueprint, found, given)
  const otherwise = smallest.map(({ changes, rows }) => ({
    row: rows[0] ?? null,
    rows,
    changes: changes.map(({ name, from, to, reach }) => ({
      ...{ column: name, from: encodeValue(from), to: encodeValue(to), reach },
    })),
  }))
  const values = Object.fromEntries(
    answerColumns(found).map(({ name: key }) => [key, encodeValue(answer.values[key] ?? null)]),
  )
  if (options.json)
    console.log(
      JSON.stringify(
        { row: answer.row ?? null, rows: answer.rows, values, trace: answer.trace(), otherwise },
        null,
        2,
      ),
    )
  else {
    for (const { row, hit, failed } of answer.trace())
      console.log(`${hit ? '→' : ' '} ${row + 1}${failed === undefined ? '' : `  ✗ ${failed}`}`)
    const told = answerColumns(found).map(
      ({ name: key, type }) => `${JSON.stringify(key)}:${shown(own, values[key]!, type)}`,
    )
    console.log(`{${told.join(',')}}`)
    const world = { blueprint, zone: blueprint.pack.zone }
    for (const one of smallest) console.log(otherwiseText(world, found, { ...one, language: options.lang }))
  }
  return answer.row === undefined ? 1 : 0
}

function otherwiseText(
  world: Pick<World, 'blueprint' | 'zone'>,
  { inputs }: TableBlueprint,
  { rows, changes, language }: TableOtherwise & { language: 'zh' | 'en' },
): string {
  const said = changes.map(({ name, to, reach }) => {
    const { type } = inputs.find(column => column.name === name)!
    return `${name} ${signs[reach]} ${to === null ? 'null' : valueWords(world, type, to)[language]}`
  })
  const numbers = rows.map(row => row + 1)
  if (language === 'en')
    return `with ${said.join(' and ')}: ${rows.length === 0 ? 'no row' : `row ${numbers.join(', ')}`}`
  return `若 ${said.join('、')}：${rows.length === 0 ? '没有一行命中' : `第 ${numbers.join('、')} 行`}`
}

function misuse(message: string): 2 {
  console.error(message)
  return 2
}
