import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { PlaceReply, TicketReply } from '#core/wire'
import { post, reasonOf } from '../data/api.ts'
import { isAdmin, nameOf, staffName, type Desk } from '../data/desk.ts'
import '../parts/axle-countdown.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { t, type Word } from '../text/text.ts'
import { roleName } from './timeline.ts'
import { actionName, runOf, wantsOf } from './waiting.ts'

/** Where a ticket stands, since when and with whom; whoever may, takes a place or hands it on. Tells `axle-handed` with the node. */
@customElement('axle-places')
export class AxlePlaces extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) ticket!: TicketReply
  /** The place that is being handed to somebody. */
  @state() private handing: string | undefined
  /** Who is chosen to take it. */
  @state() private to = ''
  @state() private refusal = ''
  @state() private busy = false

  override render() {
    const { places } = this.ticket
    return html`<section class="card stack">
      <h2>${t('ticket.places')}</h2>
      ${this.refusal === '' ? '' : html`<p class="notice bad" role="alert">${this.refusal}</p>`}
      ${places.map(place => this.#place(place))}
    </section>`
  }

  #place(place: PlaceReply) {
    const { labels } = this.desk.vocabulary
    const { kind } = this.ticket
    const role = roleName(this.desk, place.by)
    const who =
      place.by === 'customer'
        ? t('ticket.by-customer')
        : place.run
          ? t('run.by', { action: actionName(this.desk, place.run) })
          : `${t('ticket.by', { role })} · ${staffName(this.desk, place.assignee)}`
    return html`<div class="stack" data-place=${place.node}>
      <h3>${this.#nodeName(place.node)} <span class="meta">${who}</span></h3>
      <div class="actions">
        ${place.clocks.map(
          clock =>
            html`<span class="chip"
              >${nameOf(labels, `${kind}.${clock.name}`)}
              <axle-countdown .dueAt=${clock.dueAt} .startedAt=${clock.startedAt}></axle-countdown
            ></span>`,
        )}
      </div>
      ${place.run ? runOf(this.desk, place.run) : ''} ${place.wants ? wantsOf(this.desk, place.wants) : ''}
      ${this.#hands(place)}
    </div>`
  }

  /** What may be done about who works a place. */
  #hands({ node, by, run, assignee, takers }: PlaceReply) {
    if (by === 'customer' || run) return ''
    const role = roleName(this.desk, by)
    // Whoever may hand it on and sees nobody reads so where it says what the place wants.
    if (takers.length === 0)
      return isAdmin(this.desk) ? '' : html`<p class="meta">${t('assign.not-yours', { role })}</p>`
    const mine = this.desk.session.staff.id
    const others = takers.filter(id => id !== assignee && id !== mine)
    const isHanding = this.handing === node
    const isFree = assignee === null
    const mayTake = takers.includes(mine) && assignee !== mine
    return html`${
      isFree || others.length > 0 || mayTake
        ? html`<div class="actions">
            ${mayTake ? this.#assigns(node, mine, 'assign.me') : ''}
            ${
              others.length > 0
                ? html`<button
                    class="button ${isHanding ? 'chosen' : ''}"
                    type="button"
                    aria-expanded=${isHanding ? 'true' : 'false'}
                    @click=${() => this.#hand(isHanding ? undefined : node)}
                  >
                    ${t('assign.hand')}
                  </button>`
                : ''
            }
            ${isFree ? this.#assigns(node, null, 'assign.again') : ''}
          </div>`
        : ''
    }
    ${others.length === 0 ? html`<p class="meta">${t('assign.nobody-else', { role })}</p>` : ''}
    ${isHanding ? this.#handForm(node, others) : ''}`
  }

  #assigns(node: string, to: string | null, word: Word) {
    return html`<button
      class="button"
      type="button"
      ?disabled=${this.busy}
      @click=${() => void this.#assign(node, to)}
    >
      ${t(word)}
    </button>`
  }

  /** To whom, and why; nothing happens before the button is pressed. */
  #handForm(node: string, others: readonly string[]) {
    const { to } = this
    return html`<form class="stack" @submit=${(event: Event) => this.#handTo(event, node)}>
      <div class="field">
        <label for="hand-to">${t('assign.to', { node: this.#nodeName(node) })}</label>
        <select
          id="hand-to"
          ?disabled=${this.busy}
          @change=${(event: Event) => (this.to = (event.target as HTMLSelectElement).value)}
        >
          <option value="" .selected=${to === ''}>${t('field.choose')}</option>
          ${others.map(
            id => html`<option value=${id} .selected=${id === to}>${staffName(this.desk, id)}</option>`,
          )}
        </select>
      </div>
      <div class="field">
        <label for="hand-why">${t('assign.why')}</label>
        <input id="hand-why" maxlength="500" autocomplete="off" ?disabled=${this.busy} />
      </div>
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy || to === ''}>
          ${to === '' ? t('assign.confirm-none') : t('assign.confirm', { person: staffName(this.desk, to) })}
        </button>
        <button class="button quiet" type="button" @click=${() => this.#hand(undefined)}>
          ${t('cancel')}
        </button>
      </div>
    </form>`
  }

  #hand(node: string | undefined): void {
    this.handing = node
    this.to = ''
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('#hand-to')?.focus())
  }

  #handTo(event: Event, node: string): void {
    event.preventDefault()
    const reason = this.querySelector<HTMLInputElement>('#hand-why')!.value.trim()
    if (this.to !== '') void this.#assign(node, this.to, reason)
  }

  #nodeName(node: string): string {
    return nameOf(this.desk.vocabulary.labels, `${this.ticket.kind}.${node}`)
  }

  /** Gives a place to somebody, saying why where something is said, or with null to whoever is free. */
  async #assign(node: string, to: string | null, reason = ''): Promise<void> {
    this.busy = true
    this.refusal = ''
    try {
      await post(`/api/tickets/${this.ticket.id}/assignment`, { node, to, ...(reason && { reason }) })
      this.handing = undefined
      this.dispatchEvent(new CustomEvent<string>('axle-handed', { detail: node }))
    } catch (error) {
      this.refusal = reasonOf(error)
    } finally {
      this.busy = false
    }
  }
}
