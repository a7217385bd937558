import { html, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { FieldProblemReply, OpeningFormReply, OpeningReply, OpeningsReply } from '#core/wire'
import { api, get, post, problemsOf, reasonOf } from '../data/api.ts'
import { nameOf, type Desk } from '../data/desk.ts'
import { shelfAt } from '../data/pictures.ts'
import { newKey } from '../data/request-key.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-field.ts'
import type { FieldInput } from '../parts/field-input.ts'
import { empty, failed, loading } from '../parts/states.ts'
import { listOf, t, tMaybe, type Word } from '../text/text.ts'
import './axle-customer-choice.ts'
import type { CustomerChosen } from './axle-customer-choice.ts'
import { emptyOpening, forgetOpening, keepOpening, keptOpening, type OpeningDraft } from './draft.ts'
import { roleName } from './timeline.ts'

/** What is typed changes what the form shows; so long (ms) it is waited for the next key. */
const PAUSE_MS = 250
const shelf = shelfAt('/api/attachments')

/** Opens a ticket by hand: of which kind, for whom, about what, with the fields that are the reader's to write. */
@customElement('axle-new-ticket')
export class AxleNewTicket extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @state() private offered: OpeningsReply | undefined
  @state() private form: OpeningFormReply | undefined
  @state() private draft: OpeningDraft = keptOpening()
  @state() private problems: readonly FieldProblemReply[] = []
  @state() private refusal = ''
  @state() private fault = ''
  @state() private busy = false

  #asked = 0
  #pause: ReturnType<typeof setTimeout> | undefined
  #key = newKey()

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#pause)
    super.disconnectedCallback()
  }

  override render() {
    return html`<div class="head">
        <a href="/desk" @click=${this.#back}>${t('ticket.back')}</a>
      </div>
      <div class="head"><h1>${t('open.title')}</h1></div>
      ${this.#content()}`
  }

  #content() {
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!this.offered) return loading()
    const { openings, openers } = this.offered
    if (openings.length === 0) {
      const roles = listOf(openers.map(role => roleName(this.desk, role)))
      return empty(t('open.nothing'), openers.length === 0 ? '' : t('open.openers', { roles }))
    }
    return html`<form class="stack wide" novalidate @submit=${this.#submit} @axle-field-input=${this.#typed}>
      <section class="card stack">${this.#kinds(openings)} ${this.#entries()}</section>
      ${this.#opening ? html`${this.#whose()} ${this.#about(this.#opening)} ${this.#fields()}` : ''}
      ${this.#faults()}
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy || !this.#opening}>${t('open.submit')}</button>
        <button class="button quiet" type="button" @click=${this.#clear}>${t('open.clear')}</button>
      </div>
    </form>`
  }

  #kinds(openings: readonly OpeningReply[]) {
    return html`<div class="field">
      <label for="open-kind">${t('open.kind')}</label>
      <select id="open-kind" @change=${(event: Event) => this.#choose(valueOf(event))}>
        <option value="" ?selected=${this.draft.ticket === ''}>${t('field.choose')}</option>
        ${openings.map(
          ({ ticket, label }) =>
            html`<option value=${ticket} ?selected=${ticket === this.draft.ticket}>
              ${this.#name(ticket, label)}
            </option>`,
        )}
      </select>
    </div>`
  }

  /** Asked only where there is a choice. */
  #entries() {
    const entries = this.#opening?.entries ?? []
    if (entries.length < 2) return ''
    return html`<div class="field">
      <label for="open-entry">${t('open.entry')}</label>
      <select id="open-entry" @change=${(event: Event) => this.#set({ entry: valueOf(event) })}>
        ${entries.map(
          entry =>
            html`<option value=${entry} ?selected=${entry === this.#entry}>
              ${tMaybe(`entry.${entry}`, entry)}
            </option>`,
        )}
      </select>
    </div>`
  }

  #whose() {
    const { whose, customer, newName } = this.draft
    return html`<axle-customer-choice
      .whose=${whose}
      .customer=${customer}
      .newName=${newName}
      ?byPhone=${this.offered?.findsByPhone ?? false}
      @axle-customer-chosen=${this.#chose}
    ></axle-customer-choice>`
  }

  #about({ subject }: OpeningReply) {
    if (!subject) return ''
    const name = this.#name(subject.entity, subject.label)
    const subjects = this.form?.subjects ?? []
    if (subjects.length === 0)
      return html`<section class="card stack">
        <h2>${name}</h2>
        <p class="meta">${t(this.#isChosen ? 'open.no-subject' : 'open.subject-after', { name })}</p>
      </section>`
    return html`<section class="card stack">
      <h2>${name}</h2>
      <div class="field">
        <label for="open-subject">${t('ticket.choose-subject', { name })}</label>
        <select id="open-subject" @change=${(event: Event) => this.#set({ subject: valueOf(event) })}>
          <option value="" ?selected=${this.draft.subject === ''}>${t('field.choose')}</option>
          ${subjects.map(
            ({ value, label }) =>
              html`<option value=${value} ?selected=${value === this.draft.subject}>${label}</option>`,
          )}
        </select>
      </div>
    </section>`
  }

  #fields() {
    if (!this.form) return loading(3)
    return html`<section class="card stack">
      <h2>${t('ticket.fields')}</h2>
      <div class="fields">
        ${this.form.fields.map(
          field =>
            html`<axle-field
              .field=${field}
              .value=${field.name in this.draft.fields ? this.draft.fields[field.name]! : field.value}
              .label=${this.#fieldName(field.name, field.label)}
              .labels=${this.desk.vocabulary.labels}
              .problem=${this.problems.find(one => one.field === field.name)}
              .shelf=${shelf}
              editable
              ?asked=${field.required}
            ></axle-field>`,
        )}
      </div>
    </section>`
  }

  /** What was refused, with what is wrong with fields that are not shown here. */
  #faults(): TemplateResult {
    const shown = new Set(this.form?.fields.map(({ name }) => name))
    const others = this.problems.filter(({ field }) => field === null || !shown.has(field))
    return html`<div role="alert">
      ${this.refusal === '' ? '' : html`<p class="notice bad">${this.refusal}</p>`}
      ${others.map(({ field, problem, detail }) => {
        const words = tMaybe(`problem.${problem}`, problem, { detail: detail ?? '' })
        const name = field === null ? '' : `${this.#fieldName(field, field)}: `
        return html`<p class="fault">${name}${words}</p>`
      })}
    </div>`
  }

  get #opening(): OpeningReply | undefined {
    return this.offered?.openings.find(({ ticket }) => ticket === this.draft.ticket)
  }

  get #entry(): string {
    const entries = this.#opening?.entries ?? []
    return entries.find(entry => entry === this.draft.entry) ?? entries[0] ?? ''
  }

  /** Whether it is said whom the ticket is for. */
  get #isChosen(): boolean {
    return this.draft.whose !== 'known' || this.draft.customer !== null
  }

  get #customer(): string | null {
    return this.draft.whose === 'known' ? (this.draft.customer?.id ?? null) : null
  }

  #name(name: string, own: string): string {
    const { labels } = this.desk.vocabulary
    return nameOf({ ...labels, zh: { [name]: own, ...labels.zh } }, name)
  }

  #fieldName(field: string, own: string): string {
    return this.#name(`${this.#opening?.form ?? ''}.${field}`, own)
  }

  #choose(ticket: string): void {
    this.form = undefined
    this.problems = []
    this.refusal = ''
    this.#set({ ticket, entry: '', subject: '' })
  }

  readonly #chose = (event: Event) => {
    const chosen = (event as CustomerChosen).detail
    this.refusal = ''
    const isOther = chosen.customer?.id !== this.draft.customer?.id || chosen.whose !== this.draft.whose
    this.#set({ ...chosen, ...(isOther && { subject: '' }) })
  }

  readonly #typed = (event: Event) => {
    const { name, value } = (event as FieldInput).detail
    this.problems = this.problems.filter(({ field }) => field !== name)
    this.#set({ fields: { ...this.draft.fields, [name]: value } }, PAUSE_MS)
  }

  /** Keeps what was typed, and asks how the form stands with it. */
  #set(change: Partial<OpeningDraft>, pauseMs = 0): void {
    this.draft = { ...this.draft, ...change }
    this.#key = newKey()
    keepOpening(this.draft)
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => void this.#ask(), pauseMs)
  }

  readonly #clear = () => {
    forgetOpening()
    this.draft = emptyOpening
    this.form = undefined
    this.problems = []
    this.refusal = ''
    this.querySelector<HTMLElement>('#open-kind')?.focus()
  }

  readonly #submit = async (event: Event) => {
    event.preventDefault()
    const { ticket, whose, newName, subject, fields } = this.draft
    const missing = this.#missing()
    if (missing) return this.#refuse(missing.word, missing.at)
    // What a condition hides by now is not sent.
    const shown = new Set(this.form?.fields.map(({ name }) => name))
    const sent = Object.fromEntries(Object.entries(fields).filter(([name]) => shown.has(name)))
    this.busy = true
    this.refusal = ''
    this.problems = []
    try {
      const { id } = await api<{ id: string }>(
        'POST',
        '/api/tickets',
        {
          ...{ ticket, entry: this.#entry, customer: this.#customer, fields: sent },
          ...{ subject: subject === '' ? null : subject },
          ...(whose === 'new' && { newCustomer: newName.trim() }),
        },
        { 'idempotency-key': this.#key },
      )
      forgetOpening()
      this.dispatchEvent(new CustomEvent<string>('axle-open', { detail: id, bubbles: true }))
    } catch (error) {
      this.problems = problemsOf(error)
      this.refusal = reasonOf(error)
      await this.focusFault()
    } finally {
      this.busy = false
    }
  }

  /** What the API could not ask for: whom the ticket is for. */
  #missing(): { readonly word: Word; readonly at: string } | undefined {
    const { whose, customer, newName } = this.draft
    if (whose === 'known' && !customer) return { word: 'open.choose-customer', at: '#open-search' }
    return whose === 'new' && newName.trim() === ''
      ? { word: 'open.name-customer', at: '#open-new-name' }
      : undefined
  }

  #refuse(word: Word, at: string): void {
    this.problems = []
    this.refusal = t(word)
    this.querySelector<HTMLElement>(at)?.focus()
  }

  readonly #back = (event: MouseEvent) => {
    event.preventDefault()
    this.dispatchEvent(new CustomEvent<null>('axle-open', { detail: null, bubbles: true }))
  }

  async #load(): Promise<void> {
    this.fault = ''
    try {
      this.offered = await get<OpeningsReply>('/api/openings')
    } catch (error) {
      this.fault = reasonOf(error)
      return
    }
    const [only, ...others] = this.offered.openings
    if (!this.#opening) this.draft = { ...this.draft, ticket: only && others.length === 0 ? only.ticket : '' }
    await this.#ask()
    this.querySelector<HTMLElement>('#open-kind')?.focus()
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked
    if (!this.#opening) return
    const { ticket, subject, fields } = this.draft
    try {
      const form = await post<OpeningFormReply>('/api/openings', {
        ...{ ticket, customer: this.#customer, subject: subject === '' ? null : subject, fields },
      })
      // Why: an answer to an earlier question must not replace a later one's.
      if (asked === this.#asked) this.form = form
    } catch (error) {
      if (asked === this.#asked) this.refusal = reasonOf(error)
    }
  }
}

const valueOf = (event: Event) => (event.target as HTMLSelectElement).value
