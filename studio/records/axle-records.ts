import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { EntityReply } from '#core/wire'
import { get, reasonOf } from '../data/api.ts'
import { isAdmin, loadDesk, nameOf, type Desk } from '../data/desk.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-top-bar.ts'
import { empty, failed, loading } from '../parts/states.ts'
import { listOf, t } from '../text/text.ts'
import './axle-entity.ts'

/** What the desk keeps records of: the kinds, and at `/admin/records/<kind>` the records of one. */
@customElement('axle-records')
export class AxleRecords extends AxleElement {
  @state() private desk: Desk | undefined
  @state() private entities: readonly EntityReply[] | undefined
  @state() private fault = ''

  readonly #asked = /^\/admin\/records\/([^/]+)$/.exec(location.pathname)?.[1]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override render() {
    return html`<axle-top-bar current="records" .desk=${this.desk}></axle-top-bar>
      <main>
        <div class="head"><h1>${t('records.title')}</h1></div>
        ${this.#content()}
      </main>`
  }

  #content() {
    const { desk, entities } = this
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!desk) return loading()
    if (!isAdmin(desk)) return empty(t('admin-only'))
    if (!entities) return loading()
    if (entities.length === 0) return empty(t('records.none'))
    const chosen = entities.find(({ entity }) => entity === decodeURIComponent(this.#asked ?? ''))
    return html`<div class="stack">
      <p class="meta">${t('records.hint')}</p>
      <nav class="actions" aria-label=${t('records.kinds')}>
        ${entities.map(entity => this.#kind(desk, entity, entity === chosen))}
      </nav>
      ${
        chosen
          ? html`<axle-entity
              .desk=${desk}
              .entity=${chosen}
              @axle-kept=${() => void this.#load()}
            ></axle-entity>`
          : ''
      }
    </div>`
  }

  #kind(
    { vocabulary: { labels } }: Desk,
    { entity, label, count, inPack, wantedBy }: EntityReply,
    isChosen: boolean,
  ) {
    const isMissing = count + inPack === 0 && wantedBy.length > 0
    const why = t('records.wanted', { forms: listOf(wantedBy.map(form => nameOf(labels, form))) })
    return html`<a
      class="button ${isChosen ? 'chosen' : ''}"
      href="/admin/records/${encodeURIComponent(entity)}"
      aria-current=${isChosen ? 'page' : 'false'}
      title=${isMissing ? why : ''}
    >
      ${nameOf({ ...labels, zh: { [entity]: label, ...labels.zh } }, entity)}
      <span class="chip ${isMissing ? 'urgent' : ''}">${count + inPack}</span>
    </a>`
  }

  async #load(): Promise<void> {
    this.fault = ''
    try {
      this.desk ??= await loadDesk()
      if (isAdmin(this.desk)) this.entities = await get<EntityReply[]>('/api/entities')
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}
