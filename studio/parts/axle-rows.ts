import { html, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import type { ColumnReply, FieldReply, VocabularyReply } from '#core/wire'
import { t } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'
import { FieldInput } from './field-input.ts'
import { inputTypes, numeric, readValue, type FieldValue } from './read-value.ts'
import { choicesOf, choiceText } from './value-text.ts'

type Row = Readonly<Record<string, FieldValue>>

/** The rows of a list, to write, add and take out; tells the whole list with every change. */
@customElement('axle-rows')
export class AxleRows extends AxleElement {
  @property({ attribute: false }) field!: FieldReply
  @property({ attribute: false }) value: FieldValue = null
  @property({ attribute: false }) label = ''
  @property({ attribute: false }) labels: VocabularyReply['labels'] = {}

  override render() {
    const columns = this.field.columns ?? []
    return html`<div class="stack" role="group" aria-label=${this.label}>
      ${this.#rows().map(
        (row, index) =>
          html`<div class="actions" data-row=${index}>
            ${columns.map(column => this.#cell(column, { row, index }))}
            <button
              class="button quiet"
              type="button"
              aria-label=${t('rows.remove', { number: index + 1 })}
              @click=${() => this.#tell(this.#rows().filter((_, at) => at !== index))}
            >
              ✕
            </button>
          </div>`,
      )}
      <div>
        <button class="button" type="button" @click=${() => this.#tell([...this.#rows(), {}])}>
          ${t('rows.add', { name: this.label })}
        </button>
      </div>
    </div>`
  }

  #cell(column: ColumnReply, { row, index }: { row: Row; index: number }): TemplateResult {
    const value = row[column.name] ?? null
    const text = value === null ? '' : String(value)
    const name = t('rows.cell', { name: column.label, number: index + 1 })
    const choices = choicesOf(column)
    const typed = (event: Event) =>
      this.#set(index, column.name, readValue(column.type, (event.target as HTMLInputElement).value))
    if (choices)
      return html`<select aria-label=${name} @change=${typed}>
        <option value="" .selected=${live(text === '')}>${column.label}</option>
        ${choices.map(
          choice =>
            html`<option value=${choice.value} .selected=${live(choice.value === text)}>
              ${choiceText(column, choice, this.labels)}
            </option>`,
        )}
      </select>`
    return html`<input
      type=${inputTypes[column.type] ?? 'text'}
      inputmode=${numeric.has(column.type) ? 'decimal' : 'text'}
      aria-label=${name}
      placeholder=${column.label}
      .value=${text}
      @input=${typed}
    />`
  }

  #rows(): readonly Row[] {
    return Array.isArray(this.value) ? (this.value as readonly Row[]) : []
  }

  #set(index: number, name: string, value: FieldValue): void {
    this.#tell(this.#rows().map((row, at) => (at === index ? { ...row, [name]: value } : row)))
  }

  #tell(rows: readonly Row[]): void {
    this.value = rows.length === 0 ? null : rows
    this.dispatchEvent(new FieldInput(this.field.name, this.value))
  }
}
