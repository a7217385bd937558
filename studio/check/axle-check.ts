import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { AxleElement } from '../parts/axle-element.ts'

@customElement('axle-check')
export class AxlePage extends AxleElement {
  override render() {
    return html`<main></main>`
  }
}
