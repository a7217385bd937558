import { LitElement } from 'lit'
import { LANGUAGE_EVENT } from '../text/text.ts'

/** The base of all elements: in the page's own tree, so that one style sheet serves, and drawn again in another language. */
export abstract class AxleElement extends LitElement {
  readonly #again = () => this.requestUpdate()

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener(LANGUAGE_EVENT, this.#again)
  }

  override disconnectedCallback(): void {
    window.removeEventListener(LANGUAGE_EVENT, this.#again)
    super.disconnectedCallback()
  }

  /** Once what is wrong is marked, the first control that is so. */
  protected async focusFault(): Promise<void> {
    await this.updateComplete
    this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }

  protected override createRenderRoot(): this {
    return this
  }
}
