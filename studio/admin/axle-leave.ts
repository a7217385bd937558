import { html } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { RemainsReply } from '#core/wire'
import { get, post, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { t } from '../text/text.ts'

type Way = 'rollback' | 'uninstall'
const left = ['openTickets', 'closedTickets', 'customers', 'records', 'ledger'] as const

/** The ways off a release: back to the one before, or off the desk, each told before it is done. Sends `axle-left` when done. */
@customElement('axle-leave')
export class AxleLeave extends AxleElement {
  @property() pack = ''
  @property({ type: Boolean }) canRollBack = false
  @state() private asked: Way | undefined
  @state() private remains: RemainsReply | undefined
  @state() private fault = ''
  @state() private busy = false

  @query('dialog') private dialog!: HTMLDialogElement | null

  override updated(): void {
    if (this.asked && this.dialog && !this.dialog.open) this.dialog.showModal()
  }

  override render() {
    return html`<div class="actions">
        <button
          class="button"
          type="button"
          aria-disabled=${this.canRollBack ? 'false' : 'true'}
          @click=${() => this.canRollBack && this.#ask('rollback')}
        >
          ${t('packs.rollback')}
        </button>
        <button class="button" type="button" @click=${() => void this.#ask('uninstall')}>
          ${t('packs.uninstall')}
        </button>
      </div>
      ${this.canRollBack ? '' : html`<p class="meta">${t('packs.rollback-none')}</p>`}
      <div role="status">${this.fault ? html`<p class="notice bad">${this.fault}</p>` : ''}</div>
      ${this.asked ? this.#dialog(this.asked) : ''}`
  }

  #dialog(way: Way) {
    return html`<dialog aria-labelledby="leave-title" @close=${() => (this.asked = undefined)}>
      <div class="stack">
        <h2 id="leave-title">${t(`packs.${way}`)}</h2>
        <p>${t(`packs.${way}-text`)}</p>
        ${way === 'uninstall' && this.remains ? this.#left(this.remains) : ''}
        <div class="actions">
          <button class="button" type="button" ?disabled=${this.busy} @click=${() => void this.#leave(way)}>
            ${t(`packs.${way}-go`)}
          </button>
          <button class="button primary" type="button" @click=${() => this.dialog?.close()}>
            ${t('cancel')}
          </button>
        </div>
      </div>
    </dialog>`
  }

  #left(remains: RemainsReply) {
    const list = (names: readonly (keyof RemainsReply)[]) =>
      html`<dl class="fields">
        ${names.map(
          name =>
            html`<div class="field">
              <dt class="label">${t(`packs.left.${name}`)}</dt>
              <dd class="number">${remains[name]}</dd>
            </div>`,
        )}
      </dl>`
    return html`${list(left)}
      <p>${t('packs.left-dropped')}</p>
      ${list(['sends'])}`
  }

  async #ask(way: Way): Promise<void> {
    this.fault = ''
    try {
      if (way === 'uninstall') this.remains = await get<RemainsReply>(this.#path('uninstall'))
      this.asked = way
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }

  async #leave(way: Way): Promise<void> {
    this.busy = true
    try {
      await post(this.#path(way))
    } catch (error) {
      this.fault = reasonOf(error)
      return
    } finally {
      this.busy = false
      // Why here: whoever hears that it is done may take this element away.
      this.dialog?.close()
      this.asked = undefined
    }
    this.dispatchEvent(new CustomEvent('axle-left', { detail: way }))
  }

  #path(way: Way): string {
    return `/api/packs/${encodeURIComponent(this.pack)}/${way}`
  }
}
