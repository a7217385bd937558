import { html, type TemplateResult } from 'lit'
import { t } from '../text/text.ts'

/** A value to be pasted elsewhere, with a button that copies it; `copied` is told what was. */
export function copyLine(label: string, value: string, copied: (label: string) => void): TemplateResult {
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    copied(label)
  }
  return html`<div class="actions">
    <span class="meta">${label}</span>
    <code class="value">${value}</code>
    <button class="button quiet" type="button" @click=${() => void copy()}>
      ${t('connect.copy', { what: label })}
    </button>
  </div>`
}
