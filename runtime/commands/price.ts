import { readFile } from 'node:fs/promises'
import { formFacts, withDefaults, type FieldValues } from '#core/form'
import type { World } from '#core/otherwise'
import { price, priceOtherwise, priceOtherwiseWords, type Priced, type PriceOtherwise } from '#core/pricing'
import { checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import { parseJson } from '../json-file.ts'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

/** What a price is worked out from: the form, the record it is about, and any other records by entity and key. */
interface PriceFacts {
  readonly fields?: FieldValues
  readonly subject?: FieldValues
  readonly records?: Readonly<Record<string, Readonly<Record<string, FieldValues>>>>
  readonly settings?: FieldValues
}

/**
 * `axle price`: every line with its steps, and the total, each with the smallest changes that would make it otherwise; exits 1
 * when a value is missing.
 */
export async function showPrice(
  { pack, name }: { pack: string; name: string },
  options: CommandOptions & { readonly with: string },
): Promise<number> {
  const texts = await readPack(pack)
  const { diagnostics, blueprint } = checkPack(texts)
  if (diagnostics.some(found => severityOf(found) === 'error'))
    return reportDiagnostics(diagnostics, texts, options)
  const declared = blueprint.prices[name]
  if (!declared) {
    console.error(`no price ${name}; there is: ${Object.keys(blueprint.prices).join(' ')}`)
    return 2
  }
  const facts = parseJson(await readFile(options.with, 'utf8'), options.with) as PriceFacts
  const { form } = declared
  const entity = blueprint.forms[form]!.subject
  const subjects = entity !== null && facts.subject ? { [entity]: { subject: facts.subject } } : {}
  const around = { records: { ...facts.records, ...subjects }, settings: facts.settings ?? {} }
  const subject = entity !== null && facts.subject ? 'subject' : null
  const entered = { form, fields: facts.fields ?? {}, subject, customer: null }
  const filled = { ...entered, fields: withDefaults(blueprint, entered, around) }
  const fresh = () => formFacts(blueprint, filled, around)
  const world: World = { blueprint, fresh, form, zone: blueprint.pack.zone }
  const priced = price(blueprint, name, fresh())
  if ('missing' in priced) {
    console.error(`${priced.missing.line}: ${priced.missing.step} ?`)
    return 1
  }
  const otherwise = priceOtherwise(world, name).map(found => saidOf(world, name, found))
  const inWords = otherwise.map(one => ({ ...one, words: one[options.lang] }))
  console.log(
    options.json
      ? JSON.stringify({ ...priced, otherwise }, null, 2)
      : asText(priced, { total: declared.total, otherwise: inWords }),
  )
  return 0
}

function saidOf(world: World, name: string, found: PriceOtherwise) {
  const { line, row, step, total } = found
  return { line, row, step, total, ...priceOtherwiseWords(world, name, found) }
}

interface Said {
  readonly line: string | null
  readonly row: number | null
  readonly step: number | null
  readonly words: string
}

/** The smallest change stands below what it is about; of the total those of every input do. */
function asText(
  { lines, total }: Priced,
  { total: totalName, otherwise }: { total: string; otherwise: readonly Said[] },
): string {
  const about = (line: string | null, row: number | null, step: number | null) =>
    otherwise.filter(one => one.line === line && one.row === row && one.step === step)
  const parts = lines.flatMap(line => [
    `${line.label}${line.row === null ? '' : ` ${line.row + 1}`}  ${line.amount}`,
    ...about(line.line, line.row, null).map(({ words }) => `  ? ${words}`),
    ...line.steps.flatMap((step, index) => {
      const [smallest] = about(line.line, line.row, index)
      return [
        ...(step.applied ? [stepText(step)] : []),
        ...(smallest ? [`    ? ${step.applied ? '' : `${step.text}：`}${smallest.words}`] : []),
      ]
    }),
  ])
  const left = otherwise.filter(
    one => one.line !== null && !lines.some(({ line, row }) => line === one.line && row === one.row),
  )
  const sum = [...left, ...about(null, null, null)].map(({ words }) => `  ? ${words}`)
  return [...parts, `${totalName}  ${total}`, ...sum].join('\n')
}

function stepText({ kind, text, amount, tables }: Priced['lines'][number]['steps'][number]): string {
  const rows = tables.map(use => `${use.table} ${use.row === null ? '-' : use.row + 1}`)
  return `  ${kind} ${text} → ${amount}${rows.length > 0 ? `  (${rows.join(', ')})` : ''}`
}
