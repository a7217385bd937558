import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { api } from '../data/api.ts'
import { deskNow, isAdmin, timeText, triesOut, type Desk } from '../data/desk.ts'
import { t, type Word } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'
import './axle-language.ts'

/** The pages of administrators, as their row shows them. */
const managed = {
  connect: 'nav.connection',
  packs: 'nav.packs',
  records: 'nav.records',
  people: 'nav.people',
  sources: 'nav.sources',
  actions: 'nav.actions',
  reach: 'nav.reach',
  statements: 'nav.statements',
  check: 'nav.check',
} as const satisfies Readonly<Record<string, Word>>
export type Managed = keyof typeof managed

/** The head of every page of staff: where one is, the demo's time, the language, who one is; of administrators a second row. */
@customElement('axle-top-bar')
export class AxleTopBar extends AxleElement {
  @property({ attribute: false }) desk: Desk | undefined
  @property() current: 'desk' | 'author' | 'emulator' | Managed = 'desk'

  #ticking: ReturnType<typeof setInterval> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#ticking = setInterval(() => this.requestUpdate(), 10_000)
  }

  override disconnectedCallback(): void {
    clearInterval(this.#ticking)
    super.disconnectedCallback()
  }

  override updated(): void {
    // Why: on a phone the row is wider than the screen.
    this.querySelector('.second [aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }

  override render() {
    const { desk } = this
    const manages = desk !== undefined && isAdmin(desk)
    const pages: [Word, string, boolean, 'page' | 'true' | 'false'][] = [
      ['nav.desk', '/desk', true, this.#isAt('desk')],
      ['nav.manage', '/admin/packs', manages, this.#isManaged() ? 'true' : 'false'],
      ['nav.author', '/author', manages, this.#isAt('author')],
      ['nav.emulator', '/emulator', desk !== undefined && triesOut(desk), this.#isAt('emulator')],
    ]
    return html`<div class="top">
        <header class="bar">
          <span class="brand">${t('product')}</span>
          <nav aria-label=${t('nav')}>
            ${pages
              .filter(([, , shown]) => shown)
              .map(([word, path, , current]) => html`<a href=${path} aria-current=${current}>${t(word)}</a>`)}
          </nav>
          ${
            desk?.vocabulary.demo
              ? html`<span class="chip live">${t('demo.time', { time: timeText(deskNow()) })}</span>`
              : ''
          }
          <span class="meta">${desk?.vocabulary.name} ${desk?.session.staff.name}</span>
          <axle-language></axle-language>
          <button class="button quiet" type="button" @click=${logOut}>${t('log-out')}</button>
        </header>
      </div>
      ${manages && this.#isManaged() ? this.#second() : ''}`
  }

  #second() {
    return html`<div class="second">
      <nav class="bar" aria-label=${t('nav.manage')}>
        ${Object.entries(managed).map(
          ([name, word]) =>
            html`<a href="/admin/${name}" aria-current=${this.#isAt(name as Managed)}>${t(word)}</a>`,
        )}
      </nav>
    </div>`
  }

  #isAt(name: typeof this.current): 'page' | 'false' {
    return name === this.current ? 'page' : 'false'
  }

  #isManaged(): boolean {
    return this.current in managed
  }
}

async function logOut(): Promise<void> {
  await api('DELETE', '/api/session').catch(() => undefined)
  location.assign('/login')
}
