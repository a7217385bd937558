import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ImportReply, RecordFaultReply } from '#core/wire'
import { post, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { listOf, t, tMaybe } from '../text/text.ts'

/** Takes records in from a CSV file: first says what it would change and what is wrong with it. Sends `axle-imported`. */
@customElement('axle-import')
export class AxleImport extends AxleElement {
  @property() entity = ''
  @property({ type: Boolean }) hasRecords = false
  @state() private file: File | undefined
  @state() private plan: ImportReply | undefined
  @state() private fault = ''
  @state() private busy = false

  override render() {
    const path = `/api/records/${encodeURIComponent(this.entity)}/sheet`
    return html`<section class="card stack" aria-labelledby="import-title">
      <h2 id="import-title">${t('records.import')}</h2>
      <p class="meta">${t('records.import-hint')}</p>
      <div class="actions">
        <a class="button" href="${path}?template=1" download="${this.entity}.csv">${t('records.template')}</a>
        ${
          this.hasRecords
            ? html`<a class="button" href=${path} download="${this.entity}.csv">${t('records.export')}</a>`
            : ''
        }
      </div>
      <div class="field">
        <label for="import-file">${t('records.choose')}</label>
        <input
          id="import-file"
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          ?disabled=${this.busy}
          @change=${this.#choose}
        />
      </div>
      <div role="status">
        ${this.fault === '' ? '' : html`<p class="notice bad">${this.fault}</p>`}
        ${this.plan ? this.#planned(this.plan) : ''}
      </div>
    </section>`
  }

  #planned(plan: ImportReply) {
    const { rows, added, changed, same, faulty, faults, ignored } = plan
    const count = added + changed
    const sums = t('records.plan', { file: this.file?.name ?? '', rows, added, changed, same })
    const left =
      ignored.length === 0
        ? ''
        : html`<p class="notice">${t('records.ignored', { columns: listOf(ignored) })}</p>`
    if (faulty > 0)
      return html`<div class="stack">
        <p class="notice bad">${sums} ${t('records.plan-faults', { faulty })}</p>
        ${left} ${this.#faults(faults)}
        ${faults.length < faulty ? html`<p class="meta">${t('records.plan-more', { shown: faults.length })}</p>` : ''}
      </div>`
    return html`<div class="stack">
      <p class="notice good">${sums} ${count === 0 ? t('records.nothing-new') : ''}</p>
      ${left}
      ${
        count === 0
          ? ''
          : html`<div>
              <button
                class="button primary"
                type="button"
                ?disabled=${this.busy}
                @click=${() => void this.#write()}
              >
                ${t('records.write', { count })}
              </button>
            </div>`
      }
    </div>`
  }

  #faults(faults: readonly RecordFaultReply[]) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('records.problem')}>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">${t('records.line')}</th>
            <th scope="col">${t('records.column')}</th>
            <th scope="col">${t('records.problem')}</th>
          </tr>
        </thead>
        <tbody>
          ${faults.map(
            ({ line, column, fault, text, fits, like, first = '' }) =>
              html`<tr>
                <td>${line ?? t('records.whole-file')}</td>
                <td>${column ?? ''}</td>
                <td>
                  ${tMaybe(`records.fault.${fault}`, fault, { text, first: String(first) })}
                  ${fits ? t('records.fits', { fits }) : like ? t('records.like', { like }) : ''}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
  }

  readonly #choose = (event: Event) => {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    // Why emptied: the same file, mended, can be chosen again.
    if (file) void this.#during(() => this.#read(file)).then(() => (input.value = ''))
  }

  async #read(file: File): Promise<void> {
    this.file = file
    this.plan = await this.#post(file, '?dry=1')
  }

  #write(): Promise<void> {
    return this.#during(async () => {
      const { added, changed } = await this.#post(this.file!, '')
      this.plan = undefined
      this.dispatchEvent(
        new CustomEvent('axle-imported', { detail: t('records.written', { added, changed }) }),
      )
    })
  }

  #post(file: File, query: string): Promise<ImportReply> {
    return post<ImportReply>(`/api/records/${encodeURIComponent(this.entity)}/import${query}`, file)
  }

  async #during(work: () => Promise<void>): Promise<void> {
    this.busy = true
    this.fault = ''
    try {
      await work()
    } catch (error) {
      this.plan = undefined
      this.fault = reasonOf(error)
    } finally {
      this.busy = false
    }
  }
}
