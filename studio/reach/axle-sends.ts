import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { SendReply } from '#core/wire'
import { get, reasonOf } from '../data/api.ts'
import { nameOf, timeText, type Desk } from '../data/desk.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { failed, loading } from '../parts/states.ts'
import { language, listOf, t, tMaybe } from '../text/text.ts'

/** The newest messages to customers: what became of each and why; all, or those alone that did not go out. */
@customElement('axle-sends')
export class AxleSends extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @state() private sends: readonly SendReply[] | undefined
  @state() private stopped = false
  @state() private fault = ''

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override render() {
    return html`<section class="card stack" aria-labelledby="sends-title">
      <div class="head">
        <h2 id="sends-title">${t('reach.messages')}</h2>
        <label class="check">
          <input
            type="checkbox"
            .checked=${this.stopped}
            @change=${(event: Event) => {
              this.stopped = (event.target as HTMLInputElement).checked
              void this.#load()
            }}
          />
          ${t('reach.stopped')}
        </label>
      </div>
      ${this.#content()}
    </section>`
  }

  #content() {
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!this.sends) return loading(3)
    if (this.sends.length === 0) return html`<p class="meta">${t('reach.no-messages')}</p>`
    const heads = ['at', 'whom', 'text', 'of', 'became'] as const
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('reach.messages')}>
      <table class="rows">
        <thead>
          <tr>
            ${heads.map(head => html`<th scope="col">${t(`reach.${head}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.sends.map(send => this.#row(send))}
        </tbody>
      </table>
    </div>`
  }

  #row({ at, customer, text, sop, ticket, number, state, reason, due, why }: SendReply) {
    const { labels } = this.desk.vocabulary
    const isOut = state === 'sent'
    return html`<tr>
      <td>${timeText(at)}</td>
      <td>${customer.name}</td>
      <td>${text}</td>
      <td>
        ${sop === null ? '' : nameOf(labels, sop)}
        ${ticket === null ? '' : html`<a href="/desk/${ticket}">#${number}</a>`}
      </td>
      <td>
        <span class="chip ${isOut ? 'done' : ''}"
          >${tMaybe(`reach.state.${state}.${reason ?? ''}`, tMaybe(`reach.state.${state}`, state))}</span
        >
        ${state === 'deferred' && due !== null ? t('reach.until', { time: timeText(due) }) : ''}
        ${isOut ? '' : listOf(why[language()])}
      </td>
    </tr>`
  }

  async #load(): Promise<void> {
    this.fault = ''
    try {
      this.sends = await get<SendReply[]>(`/api/sends/newest${this.stopped ? '?stopped=1' : ''}`)
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}
