import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { CatalogueReply } from '#core/wire'
import { get, reasonOf } from '../data/api.ts'
import { isAdmin, loadDesk, type Desk } from '../data/desk.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-top-bar.ts'
import { empty, failed, loading } from '../parts/states.ts'
import { t, tMaybe } from '../text/text.ts'
import './axle-first-words.ts'
import './axle-install.ts'
import './axle-intake.ts'

/** The catalogue of packs, or the installation of one at `/admin/packs/<name>`. */
@customElement('axle-packs')
export class AxlePacks extends AxleElement {
  @state() private desk: Desk | undefined
  @state() private packs: readonly CatalogueReply[] | undefined
  @state() private fault = ''

  readonly #pack = /^\/admin\/packs\/([^/]+)$/.exec(location.pathname)?.[1]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override render() {
    return html`<axle-top-bar current="packs" .desk=${this.desk}></axle-top-bar>
      <main>${this.#content()}</main>`
  }

  #content() {
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!this.desk) return loading()
    if (!isAdmin(this.desk)) return empty(t('admin-only'))
    if (this.#pack !== undefined)
      return html`<axle-install .desk=${this.desk} .pack=${decodeURIComponent(this.#pack)}></axle-install>`
    return html`<div class="head"><h1>${t('packs.title')}</h1></div>
      ${this.#catalogue()}
      <axle-first-words></axle-first-words>
      <axle-intake @axle-taken=${() => void this.#load()}></axle-intake>`
  }

  #catalogue() {
    if (!this.packs) return loading(3)
    const newest = this.packs.filter(
      (pack, index) => this.packs!.findIndex(({ name }) => name === pack.name) === index,
    )
    if (newest.length === 0) return empty(t('packs.empty'), t('packs.empty-hint'))
    return html`<ul class="stack">
      ${newest.map(pack => this.#listing(pack))}
    </ul>`
  }

  #listing(newest: CatalogueReply) {
    const { name, label, version, maker } = newest
    const mine = this.packs!.find(one => one.name === name && one.state !== null)
    const state = mine?.state ?? null
    return html`<li class="card head">
      <div>
        <h2>${label}</h2>
        <p class="meta">${name} · ${t('packs.version', { version })} · ${t('packs.maker', { maker })}</p>
      </div>
      <span class="actions">
        ${mine && mine !== newest ? html`<span class="chip high">${t('packs.has-newer')}</span>` : ''}
        <span class="chip ${state === 'live' ? 'live' : ''}"
          >${tMaybe(`packs.state.${state ?? 'none'}`, state ?? '')}</span
        >
        <a class="button" href="/admin/packs/${encodeURIComponent(name)}">${t('packs.open')}</a>
      </span>
    </li>`
  }

  async #load(): Promise<void> {
    this.fault = ''
    try {
      this.desk = await loadDesk()
      if (isAdmin(this.desk) && this.#pack === undefined)
        this.packs = await get<CatalogueReply[]>('/api/packs')
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}
