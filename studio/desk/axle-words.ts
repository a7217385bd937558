import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { TicketReply, WordsJudgedReply } from '#core/wire'
import { api, post, reasonOf } from '../data/api.ts'
import { timeText, type Desk } from '../data/desk.ts'
import { newKey } from '../data/request-key.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { language, t, tMaybe, type Word } from '../text/text.ts'
import { roleName } from './timeline.ts'
import { emptyWords, keepWords, keptWords, type Reader, type WordsDraft } from './words-draft.ts'

/** So long (ms) it is waited for the next key before the send gate is asked. */
const PAUSE_MS = 400
/** The longest answer, in characters; the API holds it too. */
const MAX_REPLY = 500

/** Where staff answer a ticket's customer, or leave a note that only staff read. Tells `axle-said` when something was said. */
@customElement('axle-words')
export class AxleWords extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) ticket!: TicketReply
  @state() private draft: WordsDraft = emptyWords()
  @state() private judged: WordsJudgedReply | undefined
  @state() private refusal = ''
  /** Said anew in another language. */
  @state() private said: (() => string) | undefined
  @state() private busy = false

  #id = ''
  #asked = 0
  #pause: ReturnType<typeof setTimeout> | undefined

  override willUpdate(changes: Map<PropertyKey, unknown>): void {
    if (!changes.has('ticket') || this.ticket.id === this.#id) return
    this.#id = this.ticket.id
    this.draft = keptWords(this.#id)
    this.judged = undefined
    this.refusal = ''
    this.said = undefined
    this.#judgeSoon()
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#pause)
    super.disconnectedCallback()
  }

  override render() {
    const { closedAt, words, places, customer } = this.ticket
    if (closedAt !== null) return ''
    const { silence } = words
    const waits = customer !== null && places.some(({ by }) => by === 'customer')
    const role = roleName(this.desk, places[0]?.by ?? 'admin')
    return html`<section class="card stack words ${this.#to}">
      <h2>${t('words.title')}</h2>
      ${silence !== null && waits ? html`<p class="notice">${t(`words.waits.${silence}` satisfies Word)}</p>` : ''}
      ${words.may ? this.#form() : html`<p class="meta">${t('words.not-yours', { role })}</p>`}
    </section>`
  }

  #form() {
    const to = this.#to
    const barred = this.#barred
    return html`<form class="stack" @submit=${this.#send} @keydown=${this.#key}>
      <div class="actions" role="radiogroup" aria-label=${t('words.title')}>
        ${(['customer', 'staff'] as const).map(
          each =>
            html`<label class="check">
              <input
                type="radio"
                name="words-to"
                value=${each}
                .checked=${each === to}
                @change=${() => this.#set({ to: each })}
              />
              ${t(`words.to.${each}` satisfies Word)}
            </label>`,
        )}
      </div>
      ${barred === '' ? html`<p class="meta">${t(`words.${to}-hint` satisfies Word)}</p>` : html`<p class="notice">${barred}</p>`}
      <div class="field">
        <label for="words-text">${t(`words.${to}-label` satisfies Word)}</label>
        <textarea
          id="words-text"
          rows="3"
          maxlength="2000"
          ?disabled=${barred !== ''}
          .value=${this.draft[to]}
          @input=${this.#typed}
        ></textarea>
      </div>
      ${to === 'customer' && barred === '' ? this.#outlook() : ''}
      ${this.refusal === '' ? '' : html`<p class="notice bad" role="alert">${this.refusal}</p>`}
      <div role="status" aria-live="polite">
        ${this.said ? html`<p class="notice good">${this.said()}</p>` : ''}
      </div>
      <div class="actions">
        <button class="button ${to === 'customer' ? 'primary' : ''}" ?disabled=${this.busy || !this.#isReady}>
          ${t(to === 'customer' ? 'words.send' : 'words.note')}
        </button>
        <span class="meta">${t('words.keys')}</span>
      </div>
    </form>`
  }

  /** What would become of the answer, as it is written now. */
  #outlook() {
    const { silence, left, until } = this.ticket.words
    const { verdict, why } = this.judged ?? { verdict: 'allow', why: { zh: [], en: [] } }
    const reasons = why[language()].join(language() === 'en' ? '; ' : '；')
    const count = [...this.draft.customer].length
    return html`${silence === null ? '' : html`<p class="notice">${t(`words.silence.${silence}` satisfies Word)}</p>`}
    ${verdict === 'drop' ? html`<p class="fault" role="alert">${t('words.drop', { reasons })}</p>` : ''}
    ${
      verdict === 'defer'
        ? html`<p class="notice">
            ${t('words.defer', { until: timeText(this.judged!.until ?? 0), reasons })}
          </p>`
        : ''
    }
    ${count > MAX_REPLY ? html`<p class="fault" role="alert">${t('words.too-long', { count, max: MAX_REPLY })}</p>` : ''}
    ${until === null ? '' : html`<p class="meta">${t('words.left', { left, until: timeText(until) })}</p>`}`
  }

  /** Whom the words are for: as chosen, else the customer where they can be reached. */
  get #to(): Reader {
    return this.draft.to ?? (this.ticket.words.unreachable === null ? 'customer' : 'staff')
  }

  /** Why the customer cannot be answered; empty when they can, or for a note. */
  get #barred(): string {
    const { unreachable } = this.ticket.words
    if (this.#to === 'staff' || unreachable === null) return ''
    return tMaybe(`words.unreachable.${unreachable}`, unreachable)
  }

  get #isReady(): boolean {
    const text = this.draft[this.#to].trim()
    if (text === '' || this.#barred !== '') return false
    return this.#to === 'staff' || ([...text].length <= MAX_REPLY && this.judged?.verdict !== 'drop')
  }

  #set(change: Partial<WordsDraft>): void {
    this.draft = { ...this.draft, ...change, key: newKey() }
    keepWords(this.#id, this.draft)
    this.refusal = ''
    this.said = undefined
    this.#judgeSoon()
  }

  readonly #typed = (event: Event) => this.#set({ [this.#to]: (event.target as HTMLTextAreaElement).value })

  readonly #key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    if (this.#isReady && !this.busy) this.querySelector('form')?.requestSubmit()
  }

  readonly #send = async (event: Event) => {
    event.preventDefault()
    if (this.busy || !this.#isReady) return
    const to = this.#to
    const isHeld = this.ticket.words.silence !== null || this.judged?.verdict === 'defer'
    const words = { to, text: this.draft[to] }
    this.busy = true
    this.refusal = ''
    this.said = undefined
    try {
      await api('POST', `/api/tickets/${this.#id}/words`, words, { 'idempotency-key': this.draft.key })
      this.#set({ [to]: '' })
      const done: Word = to === 'staff' ? 'words.noted' : isHeld ? 'words.kept' : 'words.sent'
      this.said = () => t(done)
      this.dispatchEvent(new CustomEvent('axle-said', { bubbles: true }))
    } catch (error) {
      this.refusal = reasonOf(error)
    } finally {
      this.busy = false
    }
  }

  #judgeSoon(): void {
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => void this.#judge(), PAUSE_MS)
  }

  /** Asks what the send gate would make of it. */
  async #judge(): Promise<void> {
    const asked = ++this.#asked
    const text = this.draft.customer.trim()
    const { may, unreachable } = this.ticket.words
    this.judged = undefined
    if (text === '' || !may || unreachable !== null || this.#to === 'staff') return
    try {
      const judged = await post<WordsJudgedReply>(`/api/tickets/${this.#id}/words/judgement`, { text })
      // Why: an answer to an earlier question must not replace a later one's.
      if (asked === this.#asked) this.judged = judged
    } catch (error) {
      if (asked === this.#asked) this.refusal = reasonOf(error)
    }
  }
}
