import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { CustomerReply, FieldProblemReply } from '#core/wire'
import { get, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { FieldInput } from '../parts/field-input.ts'
import type { FieldValue } from '../parts/read-value.ts'
import { t } from '../text/text.ts'

/** How long to wait for the next letter before looking. */
const PAUSE_MS = 250
let made = 0

/** A customer, found by name, number or telephone; tells their number. */
@customElement('axle-customer-field')
export class AxleCustomerField extends AxleElement {
  @property() name = ''
  @property() label = ''
  @property({ attribute: false }) value: FieldValue = null
  @property({ attribute: false }) problem: FieldProblemReply | undefined
  @state() private words: string | undefined
  @state() private found: readonly CustomerReply[] = []
  @state() private says = ''

  readonly #id = `customer-${++made}`
  #pause: ReturnType<typeof setTimeout> | undefined
  #asked = 0

  override disconnectedCallback(): void {
    clearTimeout(this.#pause)
    super.disconnectedCallback()
  }

  override render() {
    return html`<div class="field">
      <label for=${this.#id}>${this.label}</label>
      <input
        id=${this.#id}
        list="${this.#id}-list"
        autocomplete="off"
        placeholder=${t('records.customer-hint')}
        aria-invalid=${this.problem ? 'true' : 'false'}
        aria-describedby="${this.#id}-says"
        .value=${this.words ?? String(this.value ?? '')}
        @input=${this.#typed}
      />
      <datalist id="${this.#id}-list">
        ${this.found.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
      </datalist>
      <span class=${this.problem ? 'fault' : 'meta'} id="${this.#id}-says" role="status"
        >${this.problem ? t('problem.reference', { detail: this.problem.detail ?? '' }) : this.says}</span
      >
    </div>`
  }

  readonly #typed = (event: Event) => {
    this.words = (event.target as HTMLInputElement).value
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => void this.#look(), PAUSE_MS)
  }

  /** Whoever is meant by what was typed: by number, or by a name that is one's alone. */
  async #look(): Promise<void> {
    const words = (this.words ?? '').trim()
    const asked = ++this.#asked
    if (words === '') return this.#tell(null, '')
    try {
      const found = await get<CustomerReply[]>(`/api/customers?search=${encodeURIComponent(words)}`)
      if (asked !== this.#asked) return
      this.found = found
      const named = found.filter(({ name }) => name === words)
      const meant = found.find(({ id }) => id === words) ?? (named.length === 1 ? named[0] : undefined)
      if (meant) this.#tell(meant.id, `${meant.name} · ${meant.id}`)
      else this.#tell(words, t(found.length === 0 ? 'records.no-customer' : 'records.which-customer'))
    } catch (error) {
      this.says = reasonOf(error)
    }
  }

  #tell(value: string | null, says: string): void {
    this.says = says
    this.dispatchEvent(new FieldInput(this.name, value))
  }
}
