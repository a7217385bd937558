import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { DemoDesk } from '#core/wire'
import { get, post, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-language.ts'
import { listOf, t } from '../text/text.ts'

/** Logs in. */
@customElement('axle-login')
export class AxleLogin extends AxleElement {
  @state() private demo: readonly DemoDesk[] = []
  @state() private fault = ''
  @state() private busy = false
  @state() private typed = { desk: '', name: '', password: '' }

  override connectedCallback(): void {
    super.connectedCallback()
    // Why: outside demo mode there is no such list, and that is no fault.
    void get<{ desks: DemoDesk[] }>('/api/demo').then(
      ({ desks }) => {
        this.demo = desks
        if (this.typed.desk === '') this.typed = { ...this.typed, desk: desks[0]?.desk ?? '' }
      },
      () => undefined,
    )
  }

  override render() {
    return html`<main class="gate">
      <div>
        <h1 class="hero">${t('product')}</h1>
        <p class="meta">${t('subtitle')}</p>
      </div>
      ${this.#login()} ${this.#logins()}
      <axle-language></axle-language>
    </main>`
  }

  #login() {
    return html`<form class="card stack" @submit=${this.#enter}>
      <h2>${t('login.title')}</h2>
      ${this.#input('desk', 'organization')} ${this.#input('name', 'username')}
      ${this.#input('password', 'current-password')} ${this.#faultLine()}
      <button class="button primary" ?disabled=${this.busy}>${t('login.submit')}</button>
    </form>`
  }

  #input(name: keyof typeof this.typed, autocomplete: 'organization' | 'username' | 'current-password') {
    return html`<div class="field">
      <label for="login-${name}">${t(`login.${name}`)}</label>
      <input
        id="login-${name}"
        name=${name}
        type=${name === 'password' ? 'password' : 'text'}
        autocomplete=${autocomplete}
        autocapitalize="none"
        required
        .value=${this.typed[name]}
        @input=${(event: Event) =>
          (this.typed = { ...this.typed, [name]: (event.target as HTMLInputElement).value })}
      />
      ${name === 'desk' ? html`<span class="meta">${t('login.desk-hint')}</span>` : ''}
    </div>`
  }

  #faultLine() {
    return this.fault === '' ? '' : html`<p class="notice bad" role="alert">${this.fault}</p>`
  }

  #logins() {
    return this.demo.map(
      ({ desk, name, password, logins }) =>
        html`<section class="card stack" aria-labelledby="demo-${desk}">
          <h2 id="demo-${desk}">${t('login.demo')}：${name}</h2>
          <p class="meta">${t('login.demo-hint')}</p>
          <div class="actions">
            ${logins.map(
              one =>
                html`<button
                  class="button"
                  type="button"
                  @click=${() => (this.typed = { desk, name: one.login, password })}
                >
                  ${one.name}<span class="meta">${listOf(one.roles)}</span>
                </button>`,
            )}
          </div>
        </section>`,
    )
  }

  readonly #enter = (event: Event) =>
    this.#during(event, async () => {
      await post('/api/session', this.typed)
      location.assign(nextPage())
    })

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
}

/** Where the reader wanted to go; only to pages of this server. */
function nextPage(): string {
  const next = new URLSearchParams(location.search).get('next') ?? '/desk'
  return new URL(next, location.origin).origin === location.origin && next.startsWith('/') ? next : '/desk'
}
