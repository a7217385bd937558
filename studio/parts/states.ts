import { html, type TemplateResult } from 'lit'
import { t } from '../text/text.ts'

/** What stands where rows will be. */
export function loading(rows = 6): TemplateResult {
  return html`<div role="status" aria-busy="true">
    <span class="hidden">${t('loading')}</span>
    ${Array.from({ length: rows }, () => html`<div class="skeleton" aria-hidden="true"></div>`)}
  </div>`
}

export function empty(title: string, hint = ''): TemplateResult {
  return html`<div class="empty">
    <p class="hero">${title}</p>
    <p>${hint}</p>
  </div>`
}

/** What went wrong, and a way to try again. */
export function failed(reason: string, again: () => void): TemplateResult {
  return html`<div class="notice bad stack" role="alert">
    <p>${t('failed', { reason })}</p>
    <div><button class="button" type="button" @click=${again}>${t('retry')}</button></div>
  </div>`
}
