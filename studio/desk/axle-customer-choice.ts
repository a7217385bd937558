import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { CustomerReply } from '#core/wire'
import { get, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { t } from '../text/text.ts'
import type { OpeningDraft } from './draft.ts'

type Chosen = Pick<OpeningDraft, 'whose' | 'customer' | 'newName'>

/** Tells whom the ticket is for. */
export type CustomerChosen = CustomEvent<Chosen>

const ways = ['known', 'new', 'nobody'] as const
const PAUSE_MS = 250

/** Whom a ticket is for: somebody the desk knows, found by name, number or telephone number, somebody new by name, or nobody. */
@customElement('axle-customer-choice')
export class AxleCustomerChoice extends AxleElement {
  @property({ attribute: false }) whose: Chosen['whose'] = 'known'
  @property({ attribute: false }) customer: CustomerReply | null = null
  @property({ attribute: false }) newName = ''
  /** Customers have a telephone number, which finds them too. */
  @property({ type: Boolean }) byPhone = false
  @state() private found: readonly CustomerReply[] | undefined
  @state() private words = ''
  @state() private fault = ''

  #asked = 0
  #pause: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#search()
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#pause)
    super.disconnectedCallback()
  }

  override render() {
    return html`<fieldset class="card stack">
      <legend>${t('open.customer')}</legend>
      <div class="actions">
        ${ways.map(
          way =>
            html`<label class="check">
              <input
                type="radio"
                name="open-whose"
                .checked=${way === this.whose}
                @change=${() => this.#tell({ whose: way })}
              />
              ${t(`open.customer.${way}`)}
            </label>`,
        )}
      </div>
      ${this.whose === 'known' ? this.#known() : this.whose === 'new' ? this.#new() : ''}
    </fieldset>`
  }

  #new() {
    return html`<div class="field">
      <label for="open-new-name">${t('open.new-name')}</label>
      <input
        id="open-new-name"
        maxlength="100"
        .value=${this.newName}
        @input=${(event: Event) => this.#tell({ newName: (event.target as HTMLInputElement).value })}
      />
    </div>`
  }

  #known() {
    if (this.customer)
      return html`<div class="actions">
        <strong>${this.customer.name}</strong>
        <span class="meta">${openText(this.customer)}</span>
        <button class="button" type="button" @click=${() => this.#tell({ customer: null })}>
          ${t('open.other-customer')}
        </button>
      </div>`
    return html`<div class="field">
        <label for="open-search">${t(this.byPhone ? 'open.search-phone' : 'open.search')}</label>
        <input
          id="open-search"
          type="search"
          autocomplete="off"
          .value=${this.words}
          @input=${this.#typed}
          @keydown=${this.#pressed}
        />
      </div>
      ${this.fault === '' ? '' : html`<p class="notice bad" role="alert">${this.fault}</p>`}
      <div role="status">
        ${this.found?.length === 0 ? html`<p class="meta">${t('open.not-found')}</p>` : ''}
      </div>
      <div class="actions" role="group" aria-label=${t('open.found')}>
        ${repeat(
          this.found ?? [],
          // Why by id: what is found meanwhile must not put somebody else under the pointer's button.
          one => one.id,
          one =>
            html`<button class="button" type="button" @click=${() => this.#tell({ customer: one })}>
              ${one.name} <span class="meta">${openText(one)}</span>
            </button>`,
        )}
      </div>`
  }

  #tell(change: Partial<Chosen>): void {
    const { whose, customer, newName } = this
    const detail: Chosen = { whose, customer, newName, ...change }
    this.dispatchEvent(new CustomEvent('axle-customer-chosen', { detail, bubbles: true }))
  }

  readonly #typed = (event: Event) => {
    this.words = (event.target as HTMLInputElement).value
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => void this.#search(), PAUSE_MS)
  }

  /** Enter looks for the words instead of opening a ticket for nobody. */
  readonly #pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    clearTimeout(this.#pause)
    void this.#search()
  }

  async #search(): Promise<void> {
    const asked = ++this.#asked
    try {
      const found = await get<CustomerReply[]>(`/api/customers?search=${encodeURIComponent(this.words)}`)
      if (asked !== this.#asked) return
      this.found = found
      this.fault = ''
    } catch (error) {
      if (asked === this.#asked) this.fault = reasonOf(error)
    }
  }
}

const openText = ({ open }: CustomerReply) => (open === 0 ? '' : t('open.has-open', { count: open }))
