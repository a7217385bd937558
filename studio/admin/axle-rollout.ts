import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { RecordReply, RolloutReply } from '#core/wire'
import { post, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { confirmed } from '../parts/confirmed.ts'
import { listOf, t } from '../text/text.ts'
import { nameOfStore, storeChoice } from './store-choice.ts'

/** How a version that some stores use first ended. */
export type Rolled = 'all' | 'back' | 'stores'

/** A version that some stores use first, with the ways on: to other stores, to all, or back. Sends `axle-rolled` when done. */
@customElement('axle-rollout')
export class AxleRollout extends AxleElement {
  @property() pack = ''
  @property({ attribute: false }) rollout!: RolloutReply
  @property({ attribute: false }) stores: readonly RecordReply[] = []
  @state() private chosen: readonly string[] | undefined
  @state() private fault = ''
  @state() private busy = false

  override render() {
    const { version, stores } = this.rollout
    const chosen = this.chosen ?? stores
    const isOther = chosen.length > 0 && [...chosen].sort().join('\n') !== [...stores].sort().join('\n')
    const names = stores.map(key => {
      const store = this.stores.find(one => one.key === key)
      return store ? nameOfStore(store) : key
    })
    return html`<section class="card stack" aria-labelledby="rollout-title">
      <h2 id="rollout-title">${t('packs.rollout', { count: stores.length, version })}</h2>
      <p>${listOf(names)}</p>
      <p class="meta">${t('packs.rollout-hint')}</p>
      <details>
        <summary>${t('packs.rollout-others')}</summary>
        <div class="stack">
          ${storeChoice(this.stores, chosen, keys => (this.chosen = keys))}
          <div>
            <button
              class="button"
              type="button"
              ?disabled=${this.busy || !isOther}
              @click=${() => void this.#post('stores', { stores: chosen })}
            >
              ${t('packs.rollout-stores')}
            </button>
          </div>
        </div>
      </details>
      <div class="actions">
        <button
          class="button primary"
          type="button"
          ?disabled=${this.busy}
          @click=${() => void this.#ask('all', { all: true })}
        >
          ${t('packs.rollout-all')}
        </button>
        <button
          class="button"
          type="button"
          ?disabled=${this.busy}
          @click=${() => void this.#ask('back', { stores: [] })}
        >
          ${t('packs.rollout-back')}
        </button>
      </div>
      <div role="status">${this.fault ? html`<p class="notice bad">${this.fault}</p>` : ''}</div>
    </section>`
  }

  /** What moves every store is asked for twice. */
  async #ask(way: 'all' | 'back', body: object): Promise<void> {
    const go = t(`packs.rollout-${way}`)
    if (
      await confirmed({ title: go, text: t(`packs.rollout-${way}-text`), go: t(`packs.rollout-${way}-go`) })
    )
      await this.#post(way, body)
  }

  async #post(way: Rolled, body: object): Promise<void> {
    this.busy = true
    this.fault = ''
    try {
      await post(`/api/packs/${encodeURIComponent(this.pack)}/rollout`, body)
      this.dispatchEvent(new CustomEvent('axle-rolled', { detail: way }))
    } catch (error) {
      this.fault = reasonOf(error)
    } finally {
      this.busy = false
    }
  }
}
