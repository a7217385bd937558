import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { CatalogueReply } from '#core/wire'
import { get } from '../data/api.ts'
import { type Desk } from '../data/desk.ts'
import { AdminPage } from '../parts/admin-page.ts'
import { empty, loading } from '../parts/states.ts'
import { t, tMaybe } from '../text/text.ts'
import './axle-first-words.ts'
import './axle-install.ts'
import './axle-intake.ts'

/** The catalogue of packs, or the installation of one at `/admin/packs/<name>`. */
@customElement('axle-packs')
export class AxlePacks extends AdminPage {
  protected override readonly current = 'packs'
  @state() private packs: readonly CatalogueReply[] | undefined

  readonly #pack = /^\/admin\/packs\/([^/]+)$/.exec(location.pathname)?.[1]

  protected override content(desk: Desk): TemplateResult | undefined {
    if (this.#pack !== undefined)
      return html`<axle-install .desk=${this.desk} .pack=${decodeURIComponent(this.#pack)}></axle-install>`
    return html`<div class="head"><h1>${t('packs.title')}</h1></div>
      ${this.#catalogue()}
      <axle-first-words></axle-first-words>
      <axle-intake @axle-taken=${() => void this.load()}></axle-intake>`
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

  protected override async fetch(): Promise<void> {
    if (this.#pack === undefined) this.packs = await get<CatalogueReply[]>('/api/packs')
  }
}
