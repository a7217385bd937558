import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { FirstWordsReply } from '#core/wire'
import { get, put } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { saidNotice, saidOf, type Said } from '../parts/said.ts'
import { t } from '../text/text.ts'

/** Where several kinds of tickets take customers' first words: which one they open. Nothing where there is no choice. */
@customElement('axle-first-words')
export class AxleFirstWords extends AxleElement {
  @state() private words: FirstWordsReply | undefined
  @state() private said: Said | undefined
  @state() private busy = false

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override render() {
    if (!this.words || this.words.kinds.length < 2) return saidNotice(this.said)
    const { kinds, opens } = this.words
    return html`<section class="card stack" aria-labelledby="first-words-title">
      <h2 id="first-words-title">${t('first-words.title')}</h2>
      <p class="meta">${t('first-words.hint')}</p>
      <div class="field">
        <label for="first-words">${t('first-words.opens')}</label>
        <select id="first-words" ?disabled=${this.busy} @change=${this.#choose}>
          ${kinds.map(
            ({ ticket, label, pack }) =>
              html`<option value=${ticket} ?selected=${ticket === opens}>
                ${t('first-words.kind', { label, pack })}
              </option>`,
          )}
        </select>
      </div>
      ${saidNotice(this.said)}
    </section>`
  }

  readonly #choose = async (event: Event) => {
    const ticket = (event.target as HTMLSelectElement).value
    this.busy = true
    this.said = await saidOf(async () => {
      await put('/api/first-words', { ticket })
      return t('packs.saved')
    })
    await this.#load()
    this.busy = false
  }

  async #load(): Promise<void> {
    const said = await saidOf(async () => {
      this.words = await get<FirstWordsReply>('/api/first-words')
      return ''
    })
    if (said.isBad) this.said = said
  }
}
