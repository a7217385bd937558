import { html, type TemplateResult } from 'lit'
import { t } from '../text/text.ts'

/** The smallest change that would have decided otherwise, as a quiet line; the further ones unfold. */
export function otherwiseOf(sentences: readonly string[]): TemplateResult | '' {
  const [first, ...others] = sentences
  if (first === undefined) return ''
  if (others.length === 0) return html`<p class="meta otherwise">${first}</p>`
  return html`<details class="meta otherwise">
    <summary>${first} <span class="more">${t('otherwise.more', { count: others.length })}</span></summary>
    <ul>
      ${others.map(one => html`<li>${one}</li>`)}
    </ul>
  </details>`
}
