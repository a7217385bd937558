import { html, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ChoiceReply, FieldProblemReply, FieldReply, VocabularyReply } from '#core/wire'
import { nameOf } from '../data/desk.ts'
import { listOf, t, tMaybe } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'

export type FieldValue = FieldReply['value']

/** Tells what was typed: `{ name, value }`. */
export class FieldInput extends CustomEvent<{ readonly name: string; readonly value: FieldValue }> {}

let made = 0

/** One field of a form: its label, its value or a control for it, and what is wrong with it. */
@customElement('axle-field')
export class AxleField extends AxleElement {
  @property({ attribute: false }) field: FieldReply | undefined
  /** What is shown: the draft where there is one. */
  @property({ attribute: false }) value: FieldValue = null
  @property({ attribute: false }) label = ''
  /** The pack's words, for what an enum offers. */
  @property({ attribute: false }) labels: VocabularyReply['labels'] = {}
  @property({ attribute: false }) problem: FieldProblemReply | undefined
  @property({ type: Boolean }) editable = false
  @property({ type: Boolean }) asked = false

  readonly #id = `field-${++made}`

  override render() {
    if (!this.field) return ''
    if (!this.editable)
      return html`<div class="field">
        <span class="label">${this.label}</span>
        <span class="value">${this.#shown()}</span>
      </div>`
    const { problem } = this
    const words =
      problem && tMaybe(`problem.${problem.problem}`, problem.problem, { detail: problem.detail ?? '' })
    return html`<div class="field">
      <label for=${this.#id}
        >${this.label}${this.asked ? html`<span aria-hidden="true"> *</span>` : ''}</label
      >
      ${this.#control(this.field)}
      ${words ? html`<span class="fault" id="${this.#id}-fault">${words}</span>` : ''}
    </div>`
  }

  #shown(): string | TemplateResult {
    const { value } = this
    if (value === null || value === '') return html`<span class="meta">${t('field.empty')}</span>`
    if (Array.isArray(value)) return listOf(value.map(String))
    const choice = this.field?.choices?.find(one => one.value === value)
    if (choice) return this.#choice(choice)
    if (this.field?.type === 'money') return `¥${String(value)}`
    return String(value)
  }

  /** An enum's words are the pack's; a record's name is its own. */
  #choice({ value, label }: ChoiceReply): string {
    const { type, typeName } = this.field!
    if (type !== 'enum' || typeName === null) return label
    const name = `${typeName}.${value}`
    return nameOf({ ...this.labels, zh: { [name]: label } }, name)
  }

  #control(field: FieldReply): TemplateResult {
    const faulty = this.problem ? 'true' : 'false'
    const fault = this.problem ? `${this.#id}-fault` : ''
    const tell = (value: FieldValue) => this.#tell(field.name, value)
    const text =
      this.value === null ? '' : Array.isArray(this.value) ? this.value.join(', ') : String(this.value)
    if (field.choices)
      return html`<select
        id=${this.#id}
        aria-invalid=${faulty}
        aria-describedby=${fault}
        aria-required=${this.asked ? 'true' : 'false'}
        @change=${(event: Event) => tell((event.target as HTMLSelectElement).value || null)}
      >
        <option value="" ?selected=${text === ''}>${t('field.choose')}</option>
        ${field.choices.map(
          choice =>
            html`<option value=${choice.value} ?selected=${choice.value === text}>
              ${this.#choice(choice)}
            </option>`,
        )}
      </select>`
    const typed = (event: Event) => tell(readValue(field.type, (event.target as HTMLInputElement).value))
    if (field.type === 'text')
      return html`<textarea
        id=${this.#id}
        rows="2"
        aria-invalid=${faulty}
        aria-describedby=${fault}
        aria-required=${this.asked ? 'true' : 'false'}
        .value=${text}
        @input=${typed}
      ></textarea>`
    return html`<input
      id=${this.#id}
      type=${inputTypes[field.type] ?? 'text'}
      inputmode=${numeric.has(field.type) ? 'decimal' : 'text'}
      placeholder=${lists.has(field.type) ? t('field.list-hint') : ''}
      aria-invalid=${faulty}
      aria-describedby=${fault}
      aria-required=${this.asked ? 'true' : 'false'}
      .value=${text}
      @input=${typed}
    />`
  }

  #tell(name: string, value: FieldValue): void {
    this.dispatchEvent(new FieldInput('axle-field-input', { detail: { name, value }, bubbles: true }))
  }
}

const inputTypes: Readonly<Record<string, string>> = { date: 'date', time: 'time' }
const numeric: ReadonlySet<string> = new Set(['int', 'decimal', 'money', 'percent'])
const lists: ReadonlySet<string> = new Set(['photo', 'file', 'list', 'set'])

/** What was typed as the API wants it; what cannot be read goes as it is, so that the API says why. */
function readValue(type: string, text: string): FieldValue {
  const bare = text.trim()
  if (bare === '') return null
  if (lists.has(type)) return bare.split(/[,，、]\s*/).filter(part => part !== '')
  if (type === 'int') return /^-?\d+$/.test(bare) ? Number(bare) : bare
  if (numeric.has(type)) return bare.replace(/^[¥￥]/, '').replaceAll(',', '')
  return type === 'text' ? text : bare
}
