import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { EntityReply, FieldReply, RecordReply } from '#core/wire'
import { getCounted, reasonOf } from '../data/api.ts'
import { nameOf, type Desk } from '../data/desk.ts'
import { AxleElement } from '../parts/axle-element.ts'
import type { FieldValue } from '../parts/read-value.ts'
import { empty, failed, loading } from '../parts/states.ts'
import { shownValue } from '../parts/value-text.ts'
import { listOf, t } from '../text/text.ts'
import './axle-import.ts'
import './axle-record.ts'

/** How long to wait for the next letter before looking. */
const PAUSE_MS = 250

/** The records of one kind: to look for, add, change, take away, and import. Sends `axle-kept` when there are others. */
@customElement('axle-entity')
export class AxleEntity extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) entity!: EntityReply
  @state() private rows: readonly RecordReply[] | undefined
  @state() private total = 0
  @state() private search = ''
  @state() private fault = ''
  @state() private said = ''
  /** The record that is being written: `null` a new one. */
  @state() private open: RecordReply | null | undefined

  #asked = 0
  #typing: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#typing)
    super.disconnectedCallback()
  }

  override render() {
    const { entity, inPack, wantedBy, count } = this.entity
    const { labels } = this.desk.vocabulary
    return html`<div class="stack">
      ${
        count + inPack === 0 && wantedBy.length > 0
          ? html`<p class="notice">
              ${t('records.wanted', { forms: listOf(wantedBy.map(form => nameOf(labels, form))) })}
            </p>`
          : ''
      }
      <div class="actions">
        <input
          type="search"
          class="search"
          placeholder=${t('records.search')}
          aria-label=${t('records.search')}
          .value=${this.search}
          @input=${this.#typed}
        />
        <button class="button primary" type="button" @click=${() => (this.open = null)}>
          ${t('records.add')}
        </button>
      </div>
      <div role="status">${this.said === '' ? '' : html`<p class="notice good">${this.said}</p>`}</div>
      ${this.#table()}
      ${inPack > 0 ? html`<p class="meta">${t('records.in-pack', { count: inPack })}</p>` : ''}
      <axle-import .entity=${entity} .hasRecords=${count > 0} @axle-imported=${this.#changed}></axle-import>
      ${
        this.open === undefined
          ? ''
          : html`<axle-record
              .desk=${this.desk}
              .entity=${this.entity}
              .record=${this.open}
              @axle-saved=${this.#changed}
              @axle-closed=${() => (this.open = undefined)}
            ></axle-record>`
      }
    </div>`
  }

  #table() {
    const { rows, entity } = this
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!rows) return loading(4)
    const { labels } = this.desk.vocabulary
    if (rows.length === 0)
      return this.search === ''
        ? empty(t('records.empty', { name: nameOf(labels, entity.entity) }), t('records.empty-hint'))
        : empty(t('records.nothing-found'))
    const fields = entity.fields.filter(({ name, computed }) => !computed && name !== entity.key)
    const title = nameOf(labels, entity.entity)
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${title}>
        <table class="rows">
          <thead>
            <tr>
              ${[entity.key, ...fields.map(({ name }) => name)].map(
                name => html`<th scope="col">${nameOf(labels, `${entity.entity}.${name}`)}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${rows.map(row => this.#row(row, fields))}
          </tbody>
        </table>
      </div>
      <p class="meta">
        ${
          rows.length < this.total
            ? t('records.shown', { count: this.total, shown: rows.length })
            : t('records.count', { count: this.total })
        }
      </p>`
  }

  #row(row: RecordReply, fields: readonly FieldReply[]) {
    const { labels } = this.desk.vocabulary
    return html`<tr data-key=${row.key}>
      <td>
        <button class="button quiet" type="button" @click=${() => (this.open = row)}>${row.key}</button>
      </td>
      ${fields.map(
        field =>
          html`<td>${shownValue(field, (row.data[field.name] ?? null) as FieldValue, labels) ?? ''}</td>`,
      )}
    </tr>`
  }

  readonly #typed = (event: Event) => {
    this.search = (event.target as HTMLInputElement).value
    clearTimeout(this.#typing)
    this.#typing = setTimeout(() => void this.#load(), PAUSE_MS)
  }

  readonly #changed = (event: Event) => {
    this.said = (event as CustomEvent<string>).detail
    this.open = undefined
    void this.#load()
    this.dispatchEvent(new CustomEvent('axle-kept'))
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked
    this.fault = ''
    try {
      const path = `/api/records/${encodeURIComponent(this.entity.entity)}`
      const { rows, total } = await getCounted<RecordReply>(
        `${path}?search=${encodeURIComponent(this.search)}`,
      )
      // Why: an answer to an earlier question must not replace a later one's.
      if (asked === this.#asked) [this.rows, this.total] = [rows, total]
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}
