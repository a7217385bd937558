import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { language, setLanguage, t } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'

/** Switches between Chinese and English. */
@customElement('axle-language')
export class AxleLanguage extends AxleElement {
  override render() {
    const other = language() === 'zh' ? 'en' : 'zh'
    const tag = other === 'en' ? 'en' : 'zh-CN'
    return html`<button class="button quiet" type="button" lang=${tag} @click=${() => setLanguage(other)}>
      ${t('language.other')}
    </button>`
  }
}
