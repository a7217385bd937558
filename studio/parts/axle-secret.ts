import { html, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { SecretReply } from '#core/wire'
import { api, put } from '../data/api.ts'
import { listOf, t } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'
import { confirmed } from './confirmed.ts'
import { copyLine } from './copy-line.ts'
import { saidNotice, saidOf, type Said } from './said.ts'

/** Sent when a secret was set or taken away. */
export const SECRET_EVENT = 'axle-secret'

/** Shorter ones are refused. */
const MIN_LENGTH = 8

/** A secret of the desk: whether it is set, and how to set, replace or take it away. Its value is shown once, when it was made up here. */
@customElement('axle-secret')
export class AxleSecret extends AxleElement {
  @property({ attribute: false }) secret!: SecretReply
  /** Whether one may be made up here, since the other side takes any. */
  @property({ type: Boolean }) makes = false
  @state() private typed = ''
  @state() private made: string | undefined
  @state() private said: Said | undefined
  @state() private busy = false

  override render() {
    const { name, isSet, kept } = this.secret
    return html`<div class="stack" data-secret=${name} data-kept=${kept ?? ''}>
      <p class="actions">
        <code>${name}</code>
        <span class="chip ${kept === 'sealed' ? 'done' : 'high'}">${t(`secret.${kept ?? 'unset'}`)}</span>
      </p>
      ${this.#keptWords()}
      <form class="stack" novalidate @submit=${this.#set}>
        <div class="field">
          <label for="secret-${name}">${t(isSet ? 'secret.replace-with' : 'secret.value', { name })}</label>
          <input
            id="secret-${name}"
            type="password"
            autocomplete="off"
            required
            maxlength="500"
            .value=${this.typed}
            @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value)}
          />
        </div>
        <div class="actions">
          <button class="button" ?disabled=${this.busy}>${t(isSet ? 'secret.replace' : 'secret.set')}</button>
          ${this.makes ? this.#button('secret.make', () => this.#make()) : ''}
          ${isSet ? this.#button('secret.remove', () => this.#remove()) : ''}
        </div>
      </form>
      ${saidNotice(this.said)}
      <div class="stack">${this.made === undefined ? '' : this.#once(this.made)}</div>
    </div>`
  }

  #keptWords(): TemplateResult | '' {
    const { kept, willBe } = this.secret
    if (kept === 'unreadable') return html`<p class="notice bad">${t('secret.unreadable-hint')}</p>`
    return kept === 'plain' && willBe === 'sealed'
      ? html`<p class="notice">${t('secret.plain-hint')}</p>`
      : ''
  }

  #button(word: 'secret.make' | 'secret.remove', done: () => Promise<void>): TemplateResult {
    return html`<button class="button quiet" type="button" ?disabled=${this.busy} @click=${() => void done()}>
      ${t(word)}
    </button>`
  }

  #once(value: string): TemplateResult {
    const copied = (what: string) => (this.said = { words: t('connect.copied', { what }), isBad: false })
    return html`<p class="notice">${t('secret.once')}</p>
      ${copyLine(this.secret.name, value, copied)}`
  }

  readonly #set = (event: Event) => {
    event.preventDefault()
    // Why here: a browser says it in its own language, or not at all once the page wrote the value anew.
    if (this.typed.length < MIN_LENGTH)
      this.said = { words: t('secret.short', { min: MIN_LENGTH }), isBad: true }
    else this.#put()
  }

  #put(): void {
    void this.#during(async () => {
      await put(this.#path(), { value: this.typed })
      this.typed = ''
      return t('secret.saved')
    })
  }

  async #make(): Promise<void> {
    const asked = { title: t('secret.make'), text: t('secret.make-text'), go: t('secret.make-go') }
    if (this.secret.isSet && !(await confirmed(asked))) return
    await this.#during(async () => {
      const { value } = await put<{ value: string }>(this.#path(), {})
      this.made = value
      return t('secret.saved')
    })
  }

  async #remove(): Promise<void> {
    const { name, actions, sources } = this.secret
    const text = t('secret.remove-text', { needed: listOf([...actions, ...sources]) })
    if (!(await confirmed({ title: t('secret.remove-title', { name }), text, go: t('secret.remove') })))
      return
    await this.#during(async () => {
      await api('DELETE', this.#path())
      return t('secret.removed')
    })
  }

  async #during(work: () => Promise<string>): Promise<void> {
    this.busy = true
    this.made = undefined
    this.said = await saidOf(work)
    this.busy = false
    if (!this.said.isBad) this.dispatchEvent(new CustomEvent(SECRET_EVENT, { bubbles: true }))
  }

  #path(): string {
    return `/api/secrets/${encodeURIComponent(this.secret.name)}`
  }
}

/** Said plainly where values would lie open in the database. */
export function openSecretsWarning(secrets: readonly SecretReply[]): TemplateResult | '' {
  if (!secrets.some(({ willBe }) => willBe === 'plain')) return ''
  return html`<p class="notice bad" data-warning="master-key">${t('secret.no-master-key')}</p>`
}
