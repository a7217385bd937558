import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { CustomerTicketReply, FieldProblemReply, FieldReply, TransitionReply } from '#core/wire'
import { get, post, problemsOf, reasonOf } from '../data/api.ts'
import { nameOf, setClock, timeText } from '../data/desk.ts'
import { shelfAt } from '../data/pictures.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-field.ts'
import type { FieldInput } from '../parts/field-input.ts'
import { isEmpty, type FieldValue } from '../parts/read-value.ts'
import '../parts/axle-language.ts'
import { pricesOf } from '../parts/prices.ts'
import { failed, loading } from '../parts/states.ts'
import { LANGUAGE_EVENT, t } from '../text/text.ts'

/** A customer's own ticket behind a signed link: how far it is, and what they are asked. */
@customElement('axle-customer')
export class AxleCustomer extends AxleElement {
  @state() private ticket: CustomerTicketReply | undefined
  @state() private fault = ''
  @state() private refusal = ''
  @state() private problems: readonly FieldProblemReply[] = []
  @state() private answer: Readonly<Record<string, FieldValue>> = {}
  @state() private isDone = false
  @state() private busy = false

  readonly #path = `/api/customer/${location.pathname.split('/').at(-1) ?? ''}`

  readonly #shelf = shelfAt(`${this.#path}/attachments`)

  /** What the API says is said anew in another language. */
  readonly #again = () => {
    this.refusal = ''
    void this.#load()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener(LANGUAGE_EVENT, this.#again)
    void this.#load()
  }

  override disconnectedCallback(): void {
    window.removeEventListener(LANGUAGE_EVENT, this.#again)
    super.disconnectedCallback()
  }

  protected override updated(): void {
    document.title = t('customer.title')
  }

  override render() {
    const { ticket } = this
    return html`<main class="narrow stack" @axle-field-input=${this.#typed}>
      <div class="head">
        <h1>${t('customer.title')}</h1>
        <axle-language></axle-language>
      </div>
      ${this.fault === '' ? '' : failed(this.fault, () => void this.#load())}
      ${ticket ? this.#content(ticket) : this.fault === '' ? loading(3) : ''}
    </main>`
  }

  #content(ticket: CustomerTicketReply) {
    const { desk, number, closed, answeredAt, transitions, prices, labels } = ticket
    const answered = answeredAt === null ? [] : [{ text: t('customer.answered'), at: answeredAt }]
    const progress = [...ticket.progress, ...answered]
    return html`<p class="meta">${desk} #${number}</p>
      ${this.isDone ? html`<p class="notice good" role="status">${t('customer.thanks')}</p>` : ''}
      <section class="card stack">
        ${progress.length === 0 ? html`<p>${t('customer.empty')}</p>` : ''}
        <ol class="timeline">
          ${progress.map(
            ({ text, at }, index) =>
              html`<li class=${index === progress.length - 1 ? 'strong' : ''}>
                ${text} <time class="meta">${timeText(at)}</time>
              </li>`,
          )}
        </ol>
        ${closed ? html`<p>${t('customer.closed')}</p>` : ''}
      </section>
      ${transitions.map(transition => this.#ask(transition))} ${talkOf(ticket)} ${this.#said(ticket)}
      ${pricesOf(prices, labels)}`
  }

  /** What the ticket says, as far as it is the customer's to read, but what is being asked. */
  #said({ fields, transitions }: CustomerTicketReply) {
    const asked = new Set(transitions.flatMap(({ asks }) => asks))
    const isFilled = ({ value }: FieldReply) => !isEmpty(value)
    const said = fields.filter(field => !asked.has(field.name) && isFilled(field))
    if (said.length === 0) return ''
    return html`<section class="card stack">
      <h2>${t('customer.said')}</h2>
      ${repeat(
        said,
        ({ name }) => name,
        field => this.#shown(field),
      )}
    </section>`
  }

  #ask(transition: TransitionReply) {
    const { fields } = this.ticket!
    const shown = transition.asks.flatMap(name => fields.find(field => field.name === name) ?? [])
    return html`<form
      class="card stack"
      novalidate
      @submit=${(event: Event) => void this.#send(event, transition)}
    >
      <h2>${t('customer.your-turn')}</h2>
      ${shown.map(field => this.#field(field))}
      ${this.refusal === '' ? '' : html`<p class="notice bad" role="alert">${this.refusal}</p>`}
      <button class="button primary" ?disabled=${this.busy}>${t('customer.submit')}</button>
    </form>`
  }

  #shown(field: FieldReply) {
    return html`<axle-field
      .field=${field}
      .value=${field.value}
      .label=${this.#name(field)}
      .labels=${this.ticket!.labels}
      .shelf=${this.#shelf}
    ></axle-field>`
  }

  #name({ name, label }: FieldReply): string {
    const { form, labels } = this.ticket!
    const qualified = `${form}.${name}`
    return nameOf({ ...labels, zh: { [qualified]: label, ...labels.zh } }, qualified)
  }

  #field(field: FieldReply) {
    const { labels } = this.ticket!
    const value = field.name in this.answer ? this.answer[field.name]! : field.value
    const rating = field.type === 'int' ? ratings(field.name) : undefined
    return html`<axle-field
      .field=${rating ? { ...field, choices: rating } : field}
      .value=${rating && value !== null ? String(value) : value}
      .label=${this.#name(field)}
      .labels=${labels}
      .problem=${this.problems.find(one => one.field === field.name)}
      .shelf=${this.#shelf}
      editable
      asked
    ></axle-field>`
  }

  readonly #typed = (event: Event) => {
    const { name, value } = (event as FieldInput).detail
    const isNumber = this.ticket?.fields.find(field => field.name === name)?.type === 'int'
    this.answer = { ...this.answer, [name]: isNumber && value !== null ? Number(value) : value }
  }

  async #send(event: Event, { node, event: name }: TransitionReply): Promise<void> {
    event.preventDefault()
    this.busy = true
    this.refusal = ''
    try {
      await post(`${this.#path}/transitions`, { node, event: name, fields: this.answer })
      this.isDone = true
      this.problems = []
      await this.#load()
    } catch (error) {
      this.problems = problemsOf(error)
      this.refusal = reasonOf(error)
    } finally {
      this.busy = false
    }
  }

  async #load(): Promise<void> {
    try {
      const ticket = await get<CustomerTicketReply>(this.#path)
      setClock(ticket)
      this.ticket = ticket
      this.fault = ''
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}

/** What was written to and fro. */
function talkOf({ talk }: CustomerTicketReply) {
  if (talk.length === 0) return ''
  return html`<section class="card stack">
    <h2>${t('customer.talk')}</h2>
    <ol class="talk" tabindex="0" aria-label=${t('customer.talk')}>
      ${talk.map(
        ({ by, text, at }) =>
          html`<li class=${by === 'customer' ? 'mine' : ''}>
            <span class="meta">${t(by === 'customer' ? 'customer.talk.me' : 'customer.talk.staff')}</span>
            <span class="said">${text}</span> <time class="meta">${timeText(at)}</time>
          </li>`,
      )}
    </ol>
  </section>`
}

/** A mark from five to one; whether the pack takes it is the API's to say. */
function ratings(name: string): FieldReply['choices'] {
  return name === ''
    ? null
    : [5, 4, 3, 2, 1].map(value => ({ value: String(value), label: t('customer.rate', { value }) }))
}
