import { html } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { EntityReply, FieldProblemReply, RecordReply } from '#core/wire'
import { api, get, problemsOf, put, reasonOf } from '../data/api.ts'
import { nameOf, type Desk } from '../data/desk.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-field.ts'
import './axle-customer-field.ts'
import type { FieldInput } from '../parts/field-input.ts'
import type { FieldValue } from '../parts/read-value.ts'
import { t } from '../text/text.ts'

/** One record to be written, a new one where `record` is null. Sends `axle-saved` with what was done, and `axle-closed`. */
@customElement('axle-record')
export class AxleRecord extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) entity!: EntityReply
  @property({ attribute: false }) record: RecordReply | null = null
  @state() private key = ''
  @state() private draft: Readonly<Record<string, FieldValue>> = {}
  @state() private problems: readonly FieldProblemReply[] = []
  @state() private fault = ''
  @state() private isSure = false
  @state() private busy = false

  @query('dialog') private dialog!: HTMLDialogElement | null

  override firstUpdated(): void {
    this.dialog?.showModal()
  }

  override render() {
    const { record, entity } = this
    const { labels } = this.desk.vocabulary
    const keyName = nameOf(labels, `${entity.entity}.${entity.key}`)
    const fields = entity.fields.filter(({ name, computed }) => !computed && name !== entity.key)
    return html`<dialog
      class="publish"
      aria-labelledby="record-title"
      @close=${() => this.dispatchEvent(new CustomEvent('axle-closed'))}
    >
      <form class="stack" novalidate @submit=${this.#save} @axle-field-input=${this.#typed}>
        <h2 id="record-title">
          ${
            record
              ? t('records.edit', { key: record.key })
              : t('records.new', { name: nameOf(labels, entity.entity) })
          }
        </h2>
        ${
          record
            ? ''
            : html`<div class="field">
                <label for="record-key">${keyName} *</label>
                <input
                  id="record-key"
                  autofocus
                  .value=${this.key}
                  @input=${(event: Event) => (this.key = (event.target as HTMLInputElement).value.trim())}
                />
              </div>`
        }
        <div class="fields">
          ${fields.map(field =>
            // Why another control: there are too many customers to choose from a list.
            field.typeName === 'customer'
              ? html`<axle-customer-field
                  .name=${field.name}
                  .label=${nameOf(labels, `${entity.entity}.${field.name}`)}
                  .value=${this.#valueOf(field.name)}
                  .problem=${this.problems.find(problem => problem.field === field.name)}
                ></axle-customer-field>`
              : html`<axle-field
                  .field=${field}
                  .label=${nameOf(labels, `${entity.entity}.${field.name}`)}
                  .labels=${labels}
                  .value=${this.#valueOf(field.name)}
                  .problem=${this.problems.find(problem => problem.field === field.name)}
                  editable
                  line
                ></axle-field>`,
          )}
        </div>
        <div role="status">${this.fault === '' ? '' : html`<p class="notice bad">${this.fault}</p>`}</div>
        <div class="actions">
          <button class="button primary" ?disabled=${this.busy}>${t('records.save')}</button>
          <button class="button" type="button" @click=${() => this.dialog?.close()}>${t('cancel')}</button>
          ${record ? this.#removal(record) : ''}
        </div>
      </form>
    </dialog>`
  }

  #removal({ key }: RecordReply) {
    return this.isSure
      ? html`<button
          class="button"
          type="button"
          ?disabled=${this.busy}
          @click=${() => void this.#remove(key)}
        >
          ${t('records.remove-sure', { key })}
        </button>`
      : html`<button class="button quiet" type="button" @click=${() => (this.isSure = true)}>
          ${t('records.remove')}
        </button>`
  }

  #valueOf(field: string): FieldValue {
    return field in this.draft ? this.draft[field]! : ((this.record?.data[field] ?? null) as FieldValue)
  }

  readonly #typed = (event: Event) => {
    const { name, value } = (event as FieldInput).detail
    this.draft = { ...this.draft, [name]: value }
  }

  readonly #save = (event: Event) => {
    event.preventDefault()
    void this.#during(async () => {
      const key = this.record?.key ?? this.key
      const { entity, key: keyField } = this.entity
      const name = nameOf(this.desk.vocabulary.labels, `${entity}.${keyField}`)
      if (key === '') throw new Error(t('records.key-missing', { name }))
      if (!this.record && (await this.#isTaken(key))) throw new Error(t('records.key-taken', { key }))
      const whole = { ...this.record?.data, ...this.draft }
      const data = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null))
      await put(this.#path(key), { data })
      return t('records.saved', { key })
    })
  }

  async #isTaken(key: string): Promise<boolean> {
    const path = `/api/records/${encodeURIComponent(this.entity.entity)}?search=${encodeURIComponent(key)}&rows=500`
    return (await get<RecordReply[]>(path)).some(row => row.key === key)
  }

  #remove(key: string): Promise<void> {
    return this.#during(async () => {
      await api('DELETE', this.#path(key))
      return t('records.removed', { key })
    })
  }

  /** Does what was asked; the words it yields go to whoever shows the list. */
  async #during(work: () => Promise<string>): Promise<void> {
    this.busy = true
    this.problems = []
    try {
      const detail = await work()
      this.dispatchEvent(new CustomEvent('axle-saved', { detail }))
    } catch (error) {
      this.fault = reasonOf(error)
      this.isSure = false
      this.problems = problemsOf(error)
    } finally {
      this.busy = false
    }
  }

  #path(key: string): string {
    return `/api/records/${encodeURIComponent(this.entity.entity)}/${encodeURIComponent(key)}`
  }
}
