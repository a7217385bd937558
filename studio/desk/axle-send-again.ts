import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { post, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { t } from '../text/text.ts'

/** Sends a message to a ticket's customer that did not arrive once more. Tells `axle-said` when it is under way. */
@customElement('axle-send-again')
export class AxleSendAgain extends AxleElement {
  @property({ attribute: false }) ticketId = ''
  @property({ attribute: false }) send = ''
  @state() private fault = ''
  @state() private busy = false

  override render() {
    return html`<span class="actions">
      <button
        class="button"
        type="button"
        title=${t('again.hint')}
        ?disabled=${this.busy}
        @click=${this.#again}
      >
        ${t('again.button')}
      </button>
      ${this.fault === '' ? '' : html`<span class="fault" role="alert">${this.fault}</span>`}
    </span>`
  }

  readonly #again = async () => {
    this.busy = true
    this.fault = ''
    try {
      await post(`/api/tickets/${this.ticketId}/sends/${encodeURIComponent(this.send)}/again`)
      this.dispatchEvent(new CustomEvent('axle-said', { bubbles: true }))
    } catch (error) {
      this.fault = reasonOf(error)
    } finally {
      this.busy = false
    }
  }
}
