import { readFile } from 'node:fs/promises'
import { formFacts, withDefaults, type FieldValues } from '#core/form'
import { price, type Priced } from '#core/pricing'
import { checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

/** What a price is worked out from: the form, the record it is about, and any other records by entity and key. */
interface PriceFacts {
  readonly fields?: FieldValues
  readonly subject?: FieldValues
  readonly records?: Readonly<Record<string, Readonly<Record<string, FieldValues>>>>
  readonly settings?: FieldValues
}

/** `axle price`: every line with its steps, and the total; exits 1 when a value is missing. */
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
  const facts = JSON.parse(await readFile(options.with, 'utf8')) as PriceFacts
  const { form } = declared
  const entity = blueprint.forms[form]!.subject
  const subjects = entity !== null && facts.subject ? { [entity]: { subject: facts.subject } } : {}
  const around = { records: { ...facts.records, ...subjects }, settings: facts.settings ?? {} }
  const subject = entity !== null && facts.subject ? 'subject' : null
  const entered = { form, fields: facts.fields ?? {}, subject, customer: null }
  const filled = { ...entered, fields: withDefaults(blueprint, entered, around) }
  const priced = price(blueprint, name, formFacts(blueprint, filled, around))
  if ('missing' in priced) {
    console.error(`${priced.missing.line}: ${priced.missing.step} ?`)
    return 1
  }
  console.log(options.json ? JSON.stringify(priced, null, 2) : asText(priced, declared.total))
  return 0
}

function asText({ lines, total }: Priced, totalName: string): string {
  const parts = lines.flatMap(line => [
    `${line.label}${line.row === null ? '' : ` ${line.row + 1}`}  ${line.amount}`,
    ...line.steps
      .filter(step => step.applied)
      .map(step => {
        const rows = step.tables.map(use => `${use.table} ${use.row === null ? '-' : use.row + 1}`)
        return `  ${step.kind} ${step.text} → ${step.amount}${rows.length > 0 ? `  (${rows.join(', ')})` : ''}`
      }),
  ])
  return [...parts, `${totalName}  ${total}`].join('\n')
}
