import { html, type TemplateResult } from 'lit'
import type { PriceReply, VocabularyReply } from '#core/wire'
import { nameOf } from '../data/desk.ts'
import { language, t } from '../text/text.ts'
import { otherwiseOf } from './otherwise.ts'

/** What would make a line of a price, one of its steps (from 0) or, with nulls, its total otherwise. */
export type OtherwisePriced = (
  price: string,
  about: { readonly line: string | null; readonly row: number | null; readonly step: number | null },
) => readonly string[]

/** The prices of a ticket as a card each: lines, total, and how each line came about where that is told. */
export function pricesOf(
  prices: readonly PriceReply[],
  labels: VocabularyReply['labels'],
  otherwise: OtherwisePriced = () => [],
): TemplateResult | '' {
  if (prices.length === 0) return ''
  return html`${prices.map(
    ({ price, label, stage, currency, total, lines }) =>
      html`<section class="card stack" data-price=${price}>
        <div class="head">
          <h2>${nameOf(withOwn(labels, price, label), price)}</h2>
          <span class="chip">${t(`price.${stage}`)}</span>
        </div>
        <table class="rows">
          <tbody>
            ${lines.map(one => line(one, { labels, price, currency, otherwise }))}
            <tr>
              <th scope="row">
                ${t('price.total')} ${otherwiseOf(otherwise(price, { line: null, row: null, step: null }))}
              </th>
              <td class="amount">${moneyText(total, currency)}</td>
            </tr>
          </tbody>
        </table>
      </section>`,
  )}`
}

/** An amount (decimal text) in the reader's way of writing it, to the last digit. */
export function moneyText(amount: string, currency: string): string {
  const format = new Intl.NumberFormat(language() === 'en' ? 'en-GB' : 'zh-CN', {
    ...({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const),
  })
  // Why the text: a number would lose digits of large amounts.
  return format.format(amount as Intl.StringNumericLiteral)
}

interface Around {
  readonly labels: VocabularyReply['labels']
  readonly price: string
  readonly currency: string
  readonly otherwise: OtherwisePriced
}

function line(told: PriceReply['lines'][number], around: Around): TemplateResult {
  const { line: name, label, row, amount, steps } = told
  const { labels, price, currency, otherwise } = around
  const words = nameOf(withOwn(labels, `${price}.${name}`, label), `${price}.${name}`)
  return html`<tr>
    <th scope="row">
      ${words}${row === null ? '' : html` <span class="meta">#${row + 1}</span>`}
      ${otherwiseOf(otherwise(price, { line: name, row, step: null }))}
      ${
        steps.length === 0
          ? ''
          : html`<ul class="meta">
              ${steps.map((step, index) => stepLine(step, otherwise(price, { line: name, row, step: index })))}
            </ul>`
      }
    </th>
    <td class="amount">${moneyText(amount, currency)}</td>
  </tr>`
}

/** A step that did not apply is told only where something would make it. */
function stepLine(
  step: PriceReply['lines'][number]['steps'][number],
  sentences: readonly string[],
): TemplateResult | '' {
  if (!step.applied && sentences.length === 0) return ''
  const outcome = step.applied ? `→ ${plain(step.amount)}` : t('price.not-applied')
  return html`<li>${stepText(step)} ${outcome} ${otherwiseOf(sentences)}</li>`
}

function withOwn(labels: VocabularyReply['labels'], name: string, label: string): VocabularyReply['labels'] {
  return { ...labels, zh: { [name]: label, ...labels.zh } }
}

function stepText({ kind, text }: PriceReply['lines'][number]['steps'][number]): string {
  return kind === 'round' ? t('price.round') : `${t(`price.${kind}`)} ${text}`
}

/** An amount on the way, without the zeros that exactness drags along. */
function plain(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount
}
