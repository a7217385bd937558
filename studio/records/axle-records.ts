import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { EntityReply } from '#core/wire'
import { get } from '../data/api.ts'
import { nameOf, type Desk } from '../data/desk.ts'
import { AdminPage } from '../parts/admin-page.ts'
import { empty } from '../parts/states.ts'
import { listOf, t } from '../text/text.ts'
import './axle-entity.ts'

/** What the desk keeps records of: the kinds, and at `/admin/records/<kind>` the records of one. */
@customElement('axle-records')
export class AxleRecords extends AdminPage {
  protected override readonly current = 'records'
  @state() private entities: readonly EntityReply[] | undefined

  readonly #asked = /^\/admin\/records\/([^/]+)$/.exec(location.pathname)?.[1]

  protected override content(desk: Desk): TemplateResult | undefined {
    const { entities } = this
    if (!entities) return undefined
    const head = html`<div class="head"><h1>${t('records.title')}</h1></div>`
    if (entities.length === 0) return html`${head} ${empty(t('records.none'))}`
    const chosen = entities.find(({ entity }) => entity === decodeURIComponent(this.#asked ?? ''))
    return html`${head}
      <div class="stack">
        <p class="meta">${t('records.hint')}</p>
        <nav class="actions" aria-label=${t('records.kinds')}>
          ${entities.map(entity => this.#kind(desk, entity, entity === chosen))}
        </nav>
        ${
          chosen
            ? html`<axle-entity
                .desk=${desk}
                .entity=${chosen}
                @axle-kept=${() => void this.load()}
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

  protected override async fetch(): Promise<void> {
    this.entities = await get<EntityReply[]>('/api/entities')
  }
}
