import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type {
  FieldProblemReply,
  FieldReply,
  LinkReply,
  PlaceReply,
  PlaceRunReply,
  TicketFormReply,
  TicketReply,
  TransitionReply,
} from '#core/wire'
import { get, post, problemsOf, put, reasonOf } from '../data/api.ts'
import { shelfAt } from '../data/pictures.ts'
import { nameOf, setClock, staffName, timeText, type Desk } from '../data/desk.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-field.ts'
import type { FieldInput } from '../parts/field-input.ts'
import { isEmpty, type FieldValue } from '../parts/read-value.ts'
import { otherwiseOf } from '../parts/otherwise.ts'
import { pricesOf } from '../parts/prices.ts'
import { failed, loading } from '../parts/states.ts'
import { listOf, t, tMaybe, type Word } from '../text/text.ts'
import './axle-places.ts'
import './axle-send-again.ts'
import './axle-words.ts'
import { keepDraft, keptDraft, type Draft } from './draft.ts'
import { eventName, roleName, timelineOf } from './timeline.ts'
import { actionName, isHeld, stopOf } from './waiting.ts'
import { loadWhy, type Why } from './why.ts'

type Offered = TicketReply['transitions'][number]

/** What is typed changes what the form asks for; so long (ms) it is waited for the next key. */
const PAUSE_MS = 250

/** One ticket: where it stands, its fields by right, what may be done now and why the rest may not, its history. */
@customElement('axle-ticket')
export class AxleTicket extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) ticketId = ''
  @state() private ticket: TicketReply | undefined
  /** Comes after the ticket, which does not wait for it. */
  @state() private why: Why | undefined
  /** How the form stands with what is typed. */
  @state() private form: TicketFormReply | undefined
  @state() private fault = ''
  @state() private draft: Draft = {}
  @state() private chosen: TransitionReply | undefined
  @state() private problems: readonly FieldProblemReply[] = []
  @state() private refusal = ''
  /** Said anew in another language. */
  @state() private said: (() => string) | undefined
  /** What went wrong beside the transitions. */
  @state() private trouble = ''
  @state() private busy = false

  #asked = 0
  #pause: ReturnType<typeof setTimeout> | undefined

  override willUpdate(changes: Map<PropertyKey, unknown>): void {
    if (!changes.has('ticketId')) return
    this.draft = keptDraft(this.ticketId)
    void this.#load()
  }

  /** Something changed: this ticket, or with null perhaps everything. */
  changed(id: string | null): void {
    if (id === null || id === this.ticketId) void this.#load()
  }

  override render() {
    if (!this.ticket) return this.fault === '' ? loading() : failed(this.fault, () => void this.#load())
    const { number, label, kind, customer, priority, closedAt, outcome } = this.ticket
    const { labels } = this.desk.vocabulary
    const isStopped = this.ticket.places.some(({ run }) => run && isHeld(run))
    const urgency = priority === '紧急' ? 'urgent' : priority === '高' ? 'high' : ''
    return html`<div class="head">
        <a href="/desk" @click=${this.#back}>${t('ticket.back')}</a>
        ${
          customer
            ? html`<button class="button quiet" type="button" @click=${this.#link}>
                ${t('ticket.link')}
              </button>`
            : ''
        }
      </div>
      <div class="head">
        <h1>${t('ticket.title', { number })} ${customer?.name ?? ''}</h1>
        <span class="actions">
          <span class="chip">${nameOf({ zh: { [kind]: label }, ...labels }, kind)}</span>
          <span class="chip ${urgency}">${tMaybe(`priority.${priority}`, priority)}</span>
        </span>
      </div>
      <div class="notices">
        ${this.trouble === '' ? '' : html`<p class="notice bad" role="alert">${this.trouble}</p>`}
        <div role="status" aria-live="polite">
          ${this.said ? html`<p class="notice ${isStopped ? '' : 'good'}">${this.said()}</p>` : ''}
        </div>
        ${
          closedAt === null
            ? ''
            : html`<p class="notice">
                ${t('ticket.closed', { outcome: nameOf(labels, `${kind}.${outcome ?? ''}`) })}
              </p>`
        }
      </div>
      <div class="ticket" @axle-field-input=${this.#typed}>
        <div class="stack">
          ${
            this.ticket.places.length === 0
              ? ''
              : html`<axle-places
                  .desk=${this.desk}
                  .ticket=${this.ticket}
                  @axle-handed=${this.#handed}
                ></axle-places>`
          }
          ${this.#subject()} ${this.#actions()} ${this.#fields()}
          ${pricesOf(this.ticket.prices, this.desk.vocabulary.labels, this.why?.ofPrice)}
        </div>
        <div class="stack" @axle-said=${() => void this.#load()}>
          <axle-words .desk=${this.desk} .ticket=${this.ticket}></axle-words>
          ${this.#timeline()}
        </div>
      </div>`
  }

  /** What the ticket is about; chosen here when a message could not say it. */
  #subject() {
    const { subject, closedAt } = this.ticket!
    if (!subject) return ''
    const name = nameOf(
      { zh: { [subject.entity]: subject.label }, ...this.desk.vocabulary.labels },
      subject.entity,
    )
    const chosen = subject.choices.find(({ value }) => value === subject.key)?.label ?? subject.key
    if (subject.key !== null || closedAt !== null)
      return html`<section class="card head">
        <h2>${name}</h2>
        <span>${chosen ?? t('none')}</span>
      </section>`
    return html`<section class="card stack">
      <h2>${name}</h2>
      ${
        subject.choices.length === 0
          ? html`<p class="meta">${t('ticket.no-subject', { name })}</p>`
          : html`<div class="field">
              <label for="ticket-subject">${t('ticket.choose-subject', { name })}</label>
              <select id="ticket-subject" ?disabled=${this.busy} @change=${this.#chooseSubject}>
                <option value=""></option>
                ${subject.choices.map(({ value, label }) => html`<option value=${value}>${label}</option>`)}
              </select>
            </div>`
      }
    </section>`
  }

  #actions() {
    const { transitions, places } = this.ticket!
    if (places.length === 0) return ''
    const byHand = transitions.filter(one => !this.#runAt(one.node))
    const open = byHand.filter(({ refused }) => refused === null)
    const shut = byHand.filter(({ refused }) => refused !== null)
    return html`<section class="card stack">
      <h2>${t('ticket.actions')}</h2>
      ${open.length === 0 ? html`<p class="meta">${t('ticket.no-actions')}</p>` : ''}
      <div class="actions">${open.map((one, index) => this.#button(one, index === 0))}</div>
      ${open.map(one => this.#elsewhere(one))} ${this.chosen ? this.#form(this.chosen) : ''}
      ${
        shut.length === 0
          ? ''
          : html`<div class="why">
              <h3>${t('ticket.not-now')}</h3>
              ${shut.map(one => html`<p>${this.#why(one)}</p>`)}
            </div>`
      }
      ${this.#waysOut(transitions)}
    </section>`
  }

  #button(one: TransitionReply, isFirst: boolean) {
    return html`<button
      class="button ${isFirst && !this.chosen ? 'primary' : ''} ${this.#isChosen(one) ? 'chosen' : ''}"
      type="button"
      aria-expanded=${this.#isChosen(one) ? 'true' : 'false'}
      data-transition="${one.node}.${one.event}"
      @click=${() => this.#choose(one)}
    >
      ${this.#eventName(one)}
    </button>`
  }

  /** How an administrator leads on a ticket whose action does not come to an end. */
  #waysOut(transitions: readonly TransitionReply[]) {
    const ways = transitions.filter(({ node, refused }) => refused === null && this.#runAt(node))
    if (ways.length === 0) return ''
    return html`<details>
      <summary>${t('run.way-out')}</summary>
      <p class="meta">${t('run.way-out-hint')}</p>
      <div class="actions">${ways.map(one => this.#button(one, false))}</div>
    </details>`
  }

  /** How it is with the action of a place, where it has one. */
  #runAt(node: string): PlaceRunReply | null {
    return this.ticket!.places.find(place => place.node === node)?.run ?? null
  }

  /** Where a transition has conditions: which change of the ticket would lead it elsewhere. */
  #elsewhere(one: Offered) {
    const barred = this.why?.isBarred(one.node, one.event) ?? false
    return html`${one.stops.map(stop => stopOf(this.desk, this.#eventName(one), stop))}
    ${barred ? html`<p class="meta">${t('why.other', { event: this.#eventName(one) })}</p>` : ''}
    ${otherwiseOf(this.why?.ofTransition(one.node, one.event) ?? [])}`
  }

  /** What the transition asks for, and whatever the API found wrong with other fields. */
  #form(chosen: TransitionReply) {
    const event = this.#eventName(chosen)
    const shown = this.#shownFields.filter(({ name }) => this.#inForm(chosen).has(name))
    const asked = new Set([...chosen.asks, ...this.#requiredBy(chosen)])
    const isAsked = ({ name }: FieldReply) => asked.has(name)
    const whole = this.problems.filter(({ field }) => field === null)
    return html`<form class="stack" novalidate @submit=${this.#submit}>
      <p>${shown.length > 0 ? t('ticket.asks', { event }) : t('ticket.asks-nothing', { event })}</p>
      <div class="fields">
        ${repeat(
          shown,
          ({ name }) => name,
          field => this.#field(field, isAsked(field)),
        )}
      </div>
      ${this.refusal === '' ? '' : html`<p class="notice bad" role="alert">${this.refusal}</p>`}
      ${whole.map(({ detail }) => html`<p class="fault">${detail ?? ''}</p>`)}
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy}>${t('ticket.submit', { event })}</button>
        <button class="button quiet" type="button" @click=${() => (this.chosen = undefined)}>
          ${t('cancel')}
        </button>
      </div>
    </form>`
  }

  /** Whether there is an action that what is typed could go with. */
  get #mayHandIn(): boolean {
    return this.ticket!.transitions.some(({ refused }) => refused === null)
  }

  get #hasDraft(): boolean {
    return this.#mayHandIn && Object.keys(this.draft).length > 0
  }

  get #shownFields(): readonly FieldReply[] {
    // Why: an answer about what was typed may come when there is no longer anything to hand it in with.
    return (this.#mayHandIn && this.form?.fields) || this.ticket!.fields
  }

  /** The fields that stand with a transition: what it asks for, what is required and empty, what was refused. */
  #inForm(chosen: TransitionReply): ReadonlySet<string> {
    const stored = new Map(this.ticket!.fields.map(({ name, value }) => [name, value]))
    const isMissing = (name: string) => isEmpty(stored.get(name))
    const faulty = this.problems.flatMap(({ field }) => field ?? [])
    return new Set([...chosen.asks, ...this.#requiredBy(chosen).filter(isMissing), ...faulty])
  }

  /** What the form requires, with what is typed, of whoever takes a transition that leads on. */
  #requiredBy({ whole }: TransitionReply): string[] {
    const isTheirs = ({ required, writable, computed }: TicketFormReply['fields'][number]) =>
      required && writable && !computed
    return whole ? (this.form?.fields ?? []).filter(isTheirs).map(({ name }) => name) : []
  }

  #fields() {
    const { readers } = this.ticket!
    const fields = this.#shownFields
    const hidden = this.chosen ? this.#inForm(this.chosen) : new Set()
    return html`<section class="card stack">
      <h2>${t('ticket.fields')}</h2>
      ${this.#hasDraft ? html`<p class="meta">${t('ticket.draft')}</p>` : ''}
      <div class="fields">
        ${repeat(
          fields.filter(({ name }) => !hidden.has(name)),
          // Why by name: what was typed in the box of one field must not stand in that of another.
          ({ name }) => name,
          field => this.#field(field, false),
        )}
      </div>
      ${
        readers.length === 0
          ? ''
          : html`<p>
              ${t('ticket.not-yours', { roles: listOf(readers.map(role => roleName(this.desk, role))) })}
            </p>`
      }
    </section>`
  }

  #field(field: FieldReply, asked: boolean) {
    const { labels } = this.desk.vocabulary
    const { form } = this.ticket!
    const editable = field.writable && !field.computed && this.#mayHandIn
    const value = editable && field.name in this.draft ? this.draft[field.name]! : field.value
    return html`<axle-field
      .field=${field}
      .value=${value}
      .label=${nameOf({ zh: { [`${form}.${field.name}`]: field.label }, ...labels }, `${form}.${field.name}`)}
      .labels=${labels}
      .problem=${this.problems.find(one => one.field === field.name)}
      .shelf=${shelfAt('/api/attachments', this.ticketId)}
      ?editable=${editable}
      ?asked=${asked}
    ></axle-field>`
  }

  #timeline() {
    return html`<section class="card stack">
      <h2>${t('ticket.timeline')}</h2>
      <ol class="timeline">
        ${timelineOf(this.desk, this.ticket!, this.why).map(
          ({ at, words, quote, filled, tone, otherwise, again }) =>
            html`<li class=${tone}>
              <span>${words}</span> <time class="meta">${timeText(at)}</time>
              ${
                filled.length === 0
                  ? ''
                  : html`<ul class="filled">
                      ${filled.map(one => html`<li>${one}</li>`)}
                    </ul>`
              }
              ${quote === null ? '' : html`<blockquote>${quote}</blockquote>`} ${otherwiseOf(otherwise)}
              ${this.#again(again)}
            </li>`,
        )}
      </ol>
    </section>`
  }

  /** A message that did not arrive may be sent once more by whoever speaks for the ticket. */
  #again(send: string | undefined) {
    return send !== undefined && this.ticket!.words.may
      ? html`<axle-send-again .ticketId=${this.ticketId} .send=${send}></axle-send-again>`
      : ''
  }

  #why({ refused, params, ...one }: TransitionReply): string {
    const event = this.#eventName({ refused, params, ...one })
    if (refused === 'role' && params.role === 'customer') return t('why.customer', { event })
    if (refused === 'role') return t('why.role', { event, role: roleName(this.desk, params.role ?? '') })
    return t((refused === 'closed' ? 'why.closed' : 'why.other') satisfies Word, { event })
  }

  #eventName({ node, event }: TransitionReply): string {
    const name = eventName(this.desk, this.ticket!.kind, event)
    return this.#runAt(node) ? t('run.go-on', { event: name }) : name
  }

  #isChosen({ node, event }: TransitionReply): boolean {
    return this.chosen?.node === node && this.chosen.event === event
  }

  #choose(transition: TransitionReply): void {
    this.chosen = this.#isChosen(transition) ? undefined : transition
    this.problems = []
    this.refusal = ''
    this.said = undefined
    if (this.chosen) void this.#ask()
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>('form select, form textarea, form input')?.focus(),
    )
  }

  readonly #typed = (event: Event) => {
    const { name, value } = (event as FieldInput).detail
    const draft: Record<string, FieldValue> = { ...this.draft, [name]: value }
    const stored = this.ticket?.fields.find(field => field.name === name)?.value ?? null
    if (JSON.stringify(stored) === JSON.stringify(value)) delete draft[name]
    this.draft = draft
    keepDraft(this.ticketId, draft)
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => void this.#ask(), PAUSE_MS)
  }

  /** Asks how the form stands with what is typed. */
  async #ask(): Promise<void> {
    const asked = ++this.#asked
    try {
      const form = await post<TicketFormReply>(`/api/tickets/${this.ticketId}/form`, { fields: this.draft })
      // Why: an answer to an earlier question must not replace a later one's.
      if (asked === this.#asked) this.form = form
    } catch (error) {
      if (asked === this.#asked) this.trouble = reasonOf(error)
    }
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#pause)
    super.disconnectedCallback()
  }

  readonly #submit = async (event: Event) => {
    event.preventDefault()
    const { node, event: name } = this.chosen!
    const done = this.#eventName(this.chosen!)
    this.busy = true
    this.refusal = ''
    try {
      await post(`/api/tickets/${this.ticketId}/transitions`, { node, event: name, fields: this.draft })
      this.draft = {}
      keepDraft(this.ticketId, {})
      this.chosen = undefined
      this.problems = []
      const before = this.ticket!.places
      await this.#load()
      this.said = this.#doneWords(done, before)
    } catch (error) {
      this.problems = problemsOf(error)
      this.refusal = reasonOf(error)
      await this.focusFault()
    } finally {
      this.busy = false
    }
  }

  /** What a transition came to: an action that it started is not over yet. */
  #doneWords(event: string, before: readonly PlaceReply[]): () => string {
    const known = new Set(before.map(({ node }) => node))
    const run = this.ticket!.places.find(place => place.run && !known.has(place.node))?.run
    if (!run) return () => t('ticket.done', { event })
    // Why not that it goes on by itself: where it stands says why it does not.
    const word = isHeld(run) ? 'ticket.stopped' : 'ticket.handed-on'
    return () => t(word, { event, action: actionName(this.desk, run) })
  }

  readonly #chooseSubject = async (event: Event) => {
    const subject = (event.target as HTMLSelectElement).value
    if (subject === '') return
    this.busy = true
    try {
      await put(`/api/tickets/${this.ticketId}/subject`, { subject })
      this.refusal = ''
    } catch (error) {
      this.trouble = reasonOf(error)
    } finally {
      this.busy = false
      await this.#load()
    }
  }

  readonly #handed = async (event: Event) => {
    const node = (event as CustomEvent<string>).detail
    await this.#load()
    const { assignee = null } = this.ticket?.places.find(place => place.node === node) ?? {}
    const name = nameOf(this.desk.vocabulary.labels, `${this.ticket!.kind}.${node}`)
    this.said = () => t('assign.done', { node: name, person: staffName(this.desk, assignee) })
  }

  readonly #link = async () => {
    try {
      const { path, url } = await get<LinkReply>(`/api/tickets/${this.ticketId}/link`)
      const link = url ?? location.origin + path
      // Why: a browser may refuse the clipboard; the link is shown all the same.
      await navigator.clipboard?.writeText(link).catch(() => undefined)
      this.said = () => t('ticket.link-copied', { link })
      this.trouble = ''
    } catch (error) {
      this.trouble = reasonOf(error)
    }
  }

  readonly #back = (event: MouseEvent) => {
    event.preventDefault()
    this.dispatchEvent(new CustomEvent<null>('axle-open', { detail: null, bubbles: true }))
  }

  async #load(): Promise<void> {
    const id = this.ticketId
    try {
      const ticket = await get<TicketReply>(`/api/tickets/${id}`)
      if (id !== this.ticketId) return
      const isChanged = this.ticket?.id === id && ticket.seq !== this.ticket.seq
      setClock(ticket)
      if (this.ticket?.id !== id) this.why = undefined
      this.ticket = ticket
      if (isChanged && this.#hasDraft) this.said = () => t('ticket.changed')
      this.form = undefined
      this.#asked++
      this.fault = ''
      if (this.chosen || this.#hasDraft) void this.#ask()
      const why = await loadWhy(id)
      if (id === this.ticketId) this.why = why
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}
