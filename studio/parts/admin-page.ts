import { html, type TemplateResult } from 'lit'
import { state } from 'lit/decorators.js'
import { reasonOf } from '../data/api.ts'
import { isAdmin, loadDesk, type Desk } from '../data/desk.ts'
import { t } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'
import './axle-top-bar.ts'
import type { Managed } from './axle-top-bar.ts'
import { empty, failed, loading } from './states.ts'

/** A page that only administrators have: its head, and what it says while it is being got, cannot be got, or is not for the reader. */
export abstract class AdminPage extends AxleElement {
  @state() protected desk: Desk | undefined
  @state() protected fault = ''

  /** Its place in the administrators' row. */
  protected abstract readonly current: Managed

  /** Gets what it shows; what is thrown is told, with a way to try again. */
  protected abstract fetch(desk: Desk): Promise<void>

  /** What it shows; undefined while that is not there yet. */
  protected abstract content(desk: Desk): TemplateResult | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    void this.load()
  }

  override render() {
    return html`<axle-top-bar current=${this.current} .desk=${this.desk}></axle-top-bar>
      <main>${this.#shown()}</main>`
  }

  #shown(): TemplateResult {
    if (this.fault !== '') return failed(this.fault, () => void this.load())
    if (!this.desk) return loading()
    if (!isAdmin(this.desk)) return empty(t('admin-only'))
    return this.content(this.desk) ?? loading()
  }

  /** Gets it all anew. */
  protected async load(): Promise<void> {
    this.fault = ''
    try {
      this.desk = await loadDesk()
      if (isAdmin(this.desk)) await this.fetch(this.desk)
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}
