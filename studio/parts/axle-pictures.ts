import { html, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { reasonOf } from '../data/api.ts'
import { isKept, type PictureShelf } from '../data/pictures.ts'
import { t } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'
import { FieldInput } from './field-input.ts'
import type { FieldValue } from './read-value.ts'

const TAKEN = 'image/jpeg,image/png,image/webp,image/gif'

/** The pictures of a field, to add from the phone or the disk and to take out; tells the whole value with every change. */
@customElement('axle-pictures')
export class AxlePictures extends AxleElement {
  @property({ attribute: false }) name = ''
  @property({ attribute: false }) value: FieldValue = null
  @property({ attribute: false }) label = ''
  @property({ attribute: false }) shelf!: PictureShelf
  /** The field holds several, as a list; else one, as a text. */
  @property({ type: Boolean }) several = false
  @property({ attribute: false }) inputId = ''
  /** The id of the words that say what is wrong with the field; empty when nothing is. */
  @property({ attribute: false }) faultId = ''
  @property({ type: Boolean }) asked = false
  @state() private fault = ''
  @state() private busy = 0

  override render() {
    const values = valuesOf(this.value)
    return html`<div class="stack">
      ${picturesOf(values, { shelf: this.shelf, label: this.label, remove: at => this.#remove(at) })}
      <input
        id=${this.inputId}
        type="file"
        accept=${TAKEN}
        ?multiple=${this.several}
        aria-invalid=${this.faultId === '' ? 'false' : 'true'}
        aria-describedby=${this.faultId}
        aria-required=${this.asked ? 'true' : 'false'}
        @change=${this.#chosen}
      />
      <span role="status" class="meta">${this.busy > 0 ? t('pictures.busy') : t('pictures.hint')}</span>
      ${this.fault === '' ? '' : html`<span class="fault" role="alert">${this.fault}</span>`}
    </div>`
  }

  readonly #chosen = async (event: Event) => {
    const input = event.target as HTMLInputElement
    const files = [...(input.files ?? [])]
    this.fault = ''
    for (const file of files) {
      this.busy++
      try {
        const id = await this.shelf.put(file)
        this.#tell(this.several ? [...valuesOf(this.value), id] : [id])
      } catch (error) {
        this.fault = t('pictures.failed', { name: file.name, reason: reasonOf(error) })
      } finally {
        this.busy--
      }
    }
    input.value = ''
  }

  #remove(at: number): void {
    this.#tell(valuesOf(this.value).filter((_, index) => index !== at))
  }

  #tell(values: readonly string[]): void {
    this.value = values.length === 0 ? null : this.several ? values : values[0]!
    this.dispatchEvent(new FieldInput(this.name, this.value))
  }
}

/** Pictures side by side, each with a way to take it out where that is wanted; the name of one elsewhere is a text. */
export function picturesOf(
  values: readonly string[],
  { shelf, label, remove }: { shelf: PictureShelf; label: string; remove?: (at: number) => void },
): TemplateResult | '' {
  if (values.length === 0) return ''
  return html`<ul class="pictures">
    ${values.map((value, at) => {
      const name = t('pictures.one', { name: label, number: at + 1 })
      return html`<li>
        ${
          isKept(value)
            ? html`<a href=${shelf.address(value)} target="_blank" rel="noopener"
                ><img src=${shelf.address(value)} alt=${name} loading="lazy"
              /></a>`
            : html`<span>${value}</span>`
        }
        ${
          remove
            ? html`<button
                class="button quiet"
                type="button"
                aria-label=${t('pictures.remove', { name })}
                @click=${() => remove(at)}
              >
                ✕
              </button>`
            : ''
        }
      </li>`
    })}
  </ul>`
}

/** What a field of pictures says, as a list. */
export function valuesOf(value: FieldValue): readonly string[] {
  if (value === null || value === '') return []
  return Array.isArray(value) ? value.map(String) : [String(value)]
}
