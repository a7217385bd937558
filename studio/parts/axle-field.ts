import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { guard } from 'lit/directives/guard.js'
import { live } from 'lit/directives/live.js'
import type { FieldProblemReply, FieldReply, VocabularyReply } from '#core/wire'
import { regionCalled, regionNames, regionText } from '../data/regions.ts'
import type { PictureShelf } from '../data/pictures.ts'
import { t, tMaybe } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'
import { picturesOf, valuesOf } from './axle-pictures.ts'
import './axle-rows.ts'
import { FieldInput } from './field-input.ts'
import { percentText } from './percent.ts'
import { inputTypes, lists, numeric, readValue, type FieldValue } from './read-value.ts'
import { choicesOf, choiceText, shownValue } from './value-text.ts'

let made = 0
/** Characters that still read well in one line. */
const MAX_LINE = 100
/** Types whose values are pictures. */
const pictured: ReadonlySet<string> = new Set(['photo', 'file'])

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
  /** Where the pictures of a field are kept; without it they are names. */
  @property({ attribute: false }) shelf: PictureShelf | undefined
  @property({ type: Boolean }) editable = false
  @property({ type: Boolean }) asked = false
  /** A text is typed in one line, unless it is longer than one already. */
  @property({ type: Boolean }) line = false

  readonly #id = `field-${++made}`
  /** What is in the box while somebody types, and what it was read as. */
  #typing: { readonly text: string; readonly value: FieldValue } | undefined

  #isLong = false

  // Why once per field: a control that changes under somebody's hands loses the caret.
  override willUpdate(changes: Map<PropertyKey, unknown>): void {
    const { value } = this
    if (changes.has('field'))
      this.#isLong = typeof value === 'string' && (value.includes('\n') || value.length > MAX_LINE)
  }

  override render() {
    if (!this.field) return ''
    if (!this.editable)
      return html`<div class="field">
        <span class="label">${this.label}</span>
        <span class="value">${this.#shown()}</span>
      </div>`
    const { problem } = this
    const words = problem && problemText(problem, this.field)
    return html`<div class="field">
      ${this.#name()} ${this.#control(this.field)}
      ${words ? html`<span class="fault" id="${this.#id}-fault">${words}</span>` : ''}
    </div>`
  }

  #name(): TemplateResult {
    const star = this.asked ? html`<span aria-hidden="true"> *</span>` : ''
    // Why no label of a list: each cell of its rows has a name of its own.
    if (this.field?.columns) return html`<span class="label">${this.label}${star}</span>`
    return html`<label for=${this.#id}>${this.label}${star}</label>`
  }

  #shown(): string | TemplateResult | '' {
    const { field, value } = this
    const shown = shownValue(field!, value, this.labels)
    if (shown === '') return html`<span class="meta">${t('field.empty')}</span>`
    if (!this.shelf || !pictured.has(field!.type)) return shown
    return picturesOf(valuesOf(value), { shelf: this.shelf, label: this.label })
  }

  #control(field: FieldReply): TemplateResult {
    if (field.columns)
      return html`<axle-rows
        .field=${field}
        .value=${this.value}
        .label=${this.label}
        .labels=${this.labels}
      ></axle-rows>`
    const faulty = this.problem ? 'true' : 'false'
    const fault = this.problem ? `${this.#id}-fault` : ''
    if (this.shelf && pictured.has(field.type))
      return html`<axle-pictures
        .name=${field.name}
        .value=${this.value}
        .label=${this.label}
        .shelf=${this.shelf}
        .inputId=${this.#id}
        .faultId=${fault}
        ?several=${field.type === 'photo'}
        ?asked=${this.asked}
      ></axle-pictures>`
    const tell = (value: FieldValue) => this.#tell(field.name, value)
    const isTyping = this.#typing && JSON.stringify(this.#typing.value) === JSON.stringify(this.value)
    const text = isTyping ? this.#typing!.text : typedText(field.type, this.value)
    const choices = choicesOf(field)
    const typed = (event: Event) => {
      const { value: written } = event.target as HTMLInputElement
      const region = field.type === 'region' ? regionCalled(written) : undefined
      const value = region ?? readValue(field.type, written)
      this.#typing = { text: written, value }
      tell(value)
    }
    const left = () => {
      this.#typing = undefined
      this.requestUpdate()
    }
    if (choices)
      return html`<select
        id=${this.#id}
        aria-invalid=${faulty}
        aria-describedby=${fault}
        aria-required=${this.asked ? 'true' : 'false'}
        @change=${(event: Event) => tell(readValue(field.type, (event.target as HTMLSelectElement).value))}
      >
        <option value="" .selected=${live(text === '')}>${t('field.choose')}</option>
        ${choices.map(
          choice =>
            // Why live: what somebody chose stays in the box, whatever was drawn before.
            html`<option value=${choice.value} .selected=${live(choice.value === text)}>
              ${choiceText(field, choice, this.labels)}
            </option>`,
        )}
      </select>`
    if (field.type === 'text' && (!this.line || this.#isLong))
      return html`<textarea
        id=${this.#id}
        rows="2"
        aria-invalid=${faulty}
        aria-describedby=${fault}
        aria-required=${this.asked ? 'true' : 'false'}
        .value=${text}
        @input=${typed}
      ></textarea>`
    const isRegion = field.type === 'region'
    return html`<input
        id=${this.#id}
        type=${inputTypes[field.type] ?? 'text'}
        inputmode=${numeric.has(field.type) ? 'decimal' : 'text'}
        placeholder=${lists.has(field.type) ? t('field.list-hint') : isRegion ? t('field.region-hint') : ''}
        list=${isRegion ? `${this.#id}-list` : nothing}
        aria-invalid=${faulty}
        aria-describedby=${fault}
        aria-required=${this.asked ? 'true' : 'false'}
        .value=${live(text)}
        @input=${typed}
        @blur=${left}
      />${isRegion ? this.#regions() : ''}`
  }

  /** Drawn once: there are thousands of them. */
  #regions(): TemplateResult {
    const names = regionNames()
    return html`${guard([names.length], () => {
      return html`<datalist id="${this.#id}-list">
        ${names.map(name => html`<option value=${name}></option>`)}
      </datalist>`
    })}`
  }

  #tell(name: string, value: FieldValue): void {
    this.dispatchEvent(new FieldInput(name, value))
  }
}

/** What is wrong with a field; of what cannot be read, how it is written. */
function problemText({ problem, detail }: FieldProblemReply, { type }: FieldReply): string {
  const params = { detail: detail ?? '' }
  const words = tMaybe(`problem.${problem}`, problem, params)
  return problem === 'type' ? tMaybe(`problem.type.${type}`, words) : words
}

/** A value as it stands in its input. */
function typedText(type: string, value: FieldValue): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.join(', ')
  if (type === 'region') return regionText(String(value))
  return type === 'percent' ? percentText(String(value)) : String(value)
}
