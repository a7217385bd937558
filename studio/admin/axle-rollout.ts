import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { RecordReply, RolloutReply } from '#core/wire'
import { post, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { listOf, t } from '../text/text.ts'
import { nameOfStore } from './store-choice.ts'

/** How a version that some stores use first ended. */
export type Rolled = 'all' | 'back'

/** A version that some stores use first, with the two ways on: to all stores, or back. Sends `axle-rolled` when done. */
@customElement('axle-rollout')
export class AxleRollout extends AxleElement {
  @property() pack = ''
  @property({ attribute: false }) rollout!: RolloutReply
  @property({ attribute: false }) stores: readonly RecordReply[] = []
  @state() private fault = ''
  @state() private busy = false

  override render() {
    const { version, stores } = this.rollout
    const names = stores.map(key => {
      const store = this.stores.find(one => one.key === key)
      return store ? nameOfStore(store) : key
    })
    return html`<section class="card stack" aria-labelledby="rollout-title">
      <h2 id="rollout-title">${t('packs.rollout', { count: stores.length, version })}</h2>
      <p>${listOf(names)}</p>
      <p class="meta">${t('packs.rollout-hint')}</p>
      <div class="actions">
        <button
          class="button primary"
          type="button"
          ?disabled=${this.busy}
          @click=${() => void this.#roll('all')}
        >
          ${t('packs.rollout-all')}
        </button>
        <button class="button" type="button" ?disabled=${this.busy} @click=${() => void this.#roll('back')}>
          ${t('packs.rollout-back')}
        </button>
      </div>
      <div role="status">${this.fault ? html`<p class="notice bad">${this.fault}</p>` : ''}</div>
    </section>`
  }

  async #roll(way: Rolled): Promise<void> {
    this.busy = true
    this.fault = ''
    try {
      const body = way === 'all' ? { all: true } : { stores: [] }
      await post(`/api/packs/${encodeURIComponent(this.pack)}/rollout`, body)
      this.dispatchEvent(new CustomEvent('axle-rolled', { detail: way }))
    } catch (error) {
      this.fault = reasonOf(error)
    } finally {
      this.busy = false
    }
  }
}
