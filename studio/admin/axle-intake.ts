import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { CatalogueReply, KeyReply } from '#core/wire'
import { api, get, post, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { saidNotice, saidOf, type Said } from '../parts/said.ts'
import { failed, loading } from '../parts/states.ts'
import { t } from '../text/text.ts'

/** Each says by itself what came of it. */
type Card = 'take' | 'keys'

/** Where packs come in: a signed file, and whose signatures are trusted. Sends `axle-taken` when the catalogue changed. */
@customElement('axle-intake')
export class AxleIntake extends AxleElement {
  @state() private keys: readonly KeyReply[] | undefined
  @state() private fault = ''
  @state() private said: { readonly at: Card; readonly said: Said } | undefined
  @state() private typed = { name: '', pem: '' }
  @state() private busy = false
  /** What was not taken, to be tried again once its maker is trusted. */
  #refused: File | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override render() {
    return html`<section class="card stack" aria-labelledby="take-title">
        <h2 id="take-title">${t('packs.take')}</h2>
        <div class="field">
          <label for="take-file">${t('packs.take-hint')}</label>
          <input id="take-file" type="file" accept=".axlepack" ?disabled=${this.busy} @change=${this.#take} />
        </div>
        ${this.#said('take')}
      </section>
      <section class="card stack" aria-labelledby="keys-title">
        <h2 id="keys-title">${t('packs.keys')}</h2>
        <p class="meta">${t('packs.keys-hint')}</p>
        ${this.#keys()} ${this.#said('keys')}
      </section>`
  }

  #said(at: Card) {
    return saidNotice(this.said?.at === at ? this.said.said : undefined)
  }

  #keys() {
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!this.keys) return loading(1)
    return html`${this.keys.length === 0 ? html`<p>${t('packs.keys-none')}</p>` : ''}
      <ul class="rows">
        ${this.keys.map(
          ({ id, name, own }) =>
            html`<li class="actions">
              <span>${name} <code class="meta">${id}</code></span>
              ${
                own
                  ? html`<button
                      class="button quiet"
                      type="button"
                      ?disabled=${this.busy}
                      @click=${() => void this.#distrust(id)}
                    >
                      ${t('packs.key-remove', { name })}
                    </button>`
                  : html`<span class="chip">${t('packs.key-shared')}</span>`
              }
            </li>`,
        )}
      </ul>
      <form class="stack" @submit=${this.#trust}>
        <div class="field">
          <label for="key-name">${t('packs.key-name')}</label>
          <input
            id="key-name"
            required
            .value=${this.typed.name}
            @input=${(event: Event) =>
              (this.typed = { ...this.typed, name: (event.target as HTMLInputElement).value })}
          />
        </div>
        <div class="field">
          <label for="key-file">${t('packs.key-file')}</label>
          <input
            id="key-file"
            type="file"
            accept=".pub,.pem"
            ?disabled=${this.busy}
            @change=${this.#readKey}
          />
        </div>
        <div class="field">
          <label for="key-pem">${t('packs.key-pem')}</label>
          <textarea
            id="key-pem"
            required
            spellcheck="false"
            .value=${this.typed.pem}
            @input=${(event: Event) =>
              (this.typed = { ...this.typed, pem: (event.target as HTMLTextAreaElement).value })}
          ></textarea>
        </div>
        <div><button class="button" ?disabled=${this.busy}>${t('packs.key-add')}</button></div>
      </form>`
  }

  readonly #take = (event: Event) => {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    if (file) void this.#during('take', () => this.#takeFile(file)).then(() => (input.value = ''))
  }

  async #takeFile(file: File): Promise<string> {
    this.#refused = file
    const { label, version } = await post<CatalogueReply>('/api/packs', file)
    this.#refused = undefined
    return t('packs.taken', { label, version })
  }

  /** The text of a key file; its name stands for the maker's until one is typed. */
  readonly #readKey = async (event: Event) => {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    if (!file) return
    const name = this.typed.name || file.name.replace(/(\.key)?\.(pub|pem)$/, '')
    this.typed = { name, pem: await file.text() }
    input.value = ''
  }

  readonly #trust = (event: Event) => {
    event.preventDefault()
    void this.#during('keys', async () => {
      await post('/api/keys', this.typed)
      this.typed = { name: '', pem: '' }
      const file = this.#refused
      if (!file) return t('packs.key-added')
      return `${t('packs.key-again', { file: file.name })} ${await this.#takeFile(file)}`
    })
  }

  #distrust(id: string): Promise<void> {
    return this.#during('keys', async () => {
      await api('DELETE', `/api/keys/${id}`)
      return t('packs.key-removed')
    })
  }

  /** Does what was asked; the words it yields are said. */
  async #during(at: Card, work: () => Promise<string>): Promise<void> {
    this.busy = true
    const said = await saidOf(work)
    this.said = { at, said }
    if (!said.isBad) {
      this.dispatchEvent(new CustomEvent('axle-taken'))
      await this.#load()
    }
    this.busy = false
  }

  async #load(): Promise<void> {
    this.fault = ''
    try {
      this.keys = await get<KeyReply[]>('/api/keys')
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}
