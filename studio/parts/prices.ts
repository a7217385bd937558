import { html, type TemplateResult } from 'lit'
import type { PriceReply, VocabularyReply } from '#core/wire'
import { nameOf } from '../data/desk.ts'
import { language, t } from '../text/text.ts'

/** The prices of a ticket as a card each: lines, total, and how each line came about where that is told. */
export function pricesOf(
  prices: readonly PriceReply[],
  labels: VocabularyReply['labels'],
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
            ${lines.map(one => line(one, { labels, price, currency }))}
            <tr>
              <th scope="row">${t('price.total')}</th>
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

function line(
  { line: name, label, row, amount, steps }: PriceReply['lines'][number],
  { labels, price, currency }: { labels: VocabularyReply['labels']; price: string; currency: string },
): TemplateResult {
  const words = nameOf(withOwn(labels, `${price}.${name}`, label), `${price}.${name}`)
  return html`<tr>
    <th scope="row">
      ${words}${row === null ? '' : html` <span class="meta">#${row + 1}</span>`}
      ${
        steps.length === 0
          ? ''
          : html`<ul class="meta">
              ${steps.filter(({ applied }) => applied).map(step => html`<li>${stepText(step)} → ${plain(step.amount)}</li>`)}
            </ul>`
      }
    </th>
    <td class="amount">${moneyText(amount, currency)}</td>
  </tr>`
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
