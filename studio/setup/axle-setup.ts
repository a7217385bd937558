import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { SetupReply } from '#core/wire'
import { post, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-language.ts'
import { loading } from '../parts/states.ts'
import { t, tMaybe } from '../text/text.ts'

const deskFields = ['id', 'name', 'login', 'password', 'again'] as const
type SetupField = (typeof deskFields)[number]

const autocomplete = {
  ...{ id: 'off', name: 'organization', login: 'username' },
  ...{ password: 'new-password', again: 'new-password' },
} as const

/** Where a one-time link leads: the first desk of an empty server, or the first password of somebody on a desk. */
@customElement('axle-setup')
export class AxleSetup extends AxleElement {
  @state() private link: SetupReply | undefined
  /** Why the link leads nowhere. */
  @state() private dead = ''
  @state() private fault = ''
  @state() private busy = false
  @state() private typed: Readonly<Record<SetupField, string>> = {
    ...{ id: '', name: '', login: '', password: '', again: '' },
  }

  readonly #token = new URLSearchParams(location.search).get('token') ?? ''

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override render() {
    return html`<main class="gate">
      <div>
        <h1 class="hero">${t('product')}</h1>
        <p class="meta">${t('subtitle')}</p>
      </div>
      ${this.#content()}
      <axle-language></axle-language>
    </main>`
  }

  #content() {
    if (this.#token === '')
      return html`<section class="card stack">
        <h2>${t('setup.first')}</h2>
        <p>${t('setup.no-token')}</p>
        <p class="meta">${t('setup.no-token-hint')}</p>
      </section>`
    if (this.dead !== '')
      return html`<section class="card stack">
        <p class="notice bad" role="alert">${this.dead}</p>
        <div class="actions">
          <a class="button" href="/login">${t('setup.to-login')}</a>
          <button class="button quiet" type="button" @click=${() => void this.#load()}>${t('retry')}</button>
        </div>
      </section>`
    if (!this.link) return loading(3)
    return this.link.for === 'desk' ? this.#desk() : this.#password(this.link)
  }

  #desk() {
    return html`<form class="card stack" @submit=${this.#setUp}>
      <h2>${t('setup.first')}</h2>
      <p class="meta">${t('setup.first-hint')}</p>
      ${deskFields.map(name => this.#input(name))} ${this.#faultLine()}
      <button class="button primary" ?disabled=${this.busy}>${t('setup.create')}</button>
    </form>`
  }

  #password({ desk, name, login }: SetupReply & { for: 'password' }) {
    return html`<form class="card stack" @submit=${this.#setPassword}>
      <h2>${t('setup.title')}</h2>
      <p class="meta">${t('setup.hint')}</p>
      <p>${t('setup.who', { desk, name, login })}</p>
      ${this.#input('password')} ${this.#faultLine()}
      <button class="button primary" ?disabled=${this.busy}>${t('setup.submit')}</button>
    </form>`
  }

  #input(name: SetupField) {
    const isSecret = name === 'password' || name === 'again'
    const hint = tMaybe(`setup.field-hint.${name}`, '')
    return html`<div class="field">
      <label for="setup-${name}">${t(`setup.field.${name}`)}</label>
      <input
        id="setup-${name}"
        name=${name}
        type=${isSecret ? 'password' : 'text'}
        autocomplete=${autocomplete[name]}
        autocapitalize="none"
        aria-describedby=${hint ? `setup-${name}-hint` : ''}
        required
        .value=${this.typed[name]}
        @input=${(event: Event) =>
          (this.typed = { ...this.typed, [name]: (event.target as HTMLInputElement).value })}
      />
      ${hint ? html`<span class="meta" id="setup-${name}-hint">${hint}</span>` : ''}
    </div>`
  }

  #faultLine() {
    return this.fault === '' ? '' : html`<p class="notice bad" role="alert">${this.fault}</p>`
  }

  readonly #setUp = (event: Event) =>
    this.#during(event, async () => {
      const { again, ...given } = this.typed
      if (again !== given.password) throw new Error(t('setup.not-the-same'))
      await this.#enter(await post('/api/setup', { token: this.#token, ...given }), '/admin/connect')
    })

  readonly #setPassword = (event: Event) =>
    this.#during(event, async () => {
      const { password } = this.typed
      await this.#enter(await post('/api/invite', { token: this.#token, password }), '/desk')
    })

  async #enter({ desk, login }: { desk: string; login: string }, next: string): Promise<void> {
    await post('/api/session', { desk, name: login, password: this.typed.password })
    location.assign(next)
  }

  async #during(event: Event, work: () => Promise<void>): Promise<void> {
    event.preventDefault()
    this.busy = true
    this.fault = ''
    try {
      await work()
    } catch (error) {
      this.fault = reasonOf(error)
    } finally {
      this.busy = false
    }
  }

  async #load(): Promise<void> {
    if (this.#token === '') return
    this.dead = ''
    try {
      this.link = await post<SetupReply>('/api/setup/link', { token: this.#token })
    } catch (error) {
      this.dead = reasonOf(error)
    }
  }
}
