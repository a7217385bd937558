import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { api } from '../data/api.ts'
import { deskNow, isAdmin, timeText, type Desk } from '../data/desk.ts'
import { t, type Word } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'
import './axle-language.ts'

/** The head of every page of staff: where one is, the demo's time, the language, who one is. */
@customElement('axle-top-bar')
export class AxleTopBar extends AxleElement {
  @property({ attribute: false }) desk: Desk | undefined
  @property() current: 'desk' | 'connect' | 'packs' | 'author' | 'statements' | 'check' | 'emulator' = 'desk'

  #ticking: ReturnType<typeof setInterval> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#ticking = setInterval(() => this.requestUpdate(), 10_000)
  }

  override disconnectedCallback(): void {
    clearInterval(this.#ticking)
    super.disconnectedCallback()
  }

  override render() {
    const { desk } = this
    const pages: [typeof this.current, string, boolean][] = [
      ['desk', '/desk', true],
      ['connect', '/admin/connect', desk !== undefined && isAdmin(desk)],
      ['packs', '/admin/packs', desk !== undefined && isAdmin(desk)],
      ['author', '/author', desk !== undefined && isAdmin(desk)],
      ['statements', '/admin/statements', desk !== undefined && isAdmin(desk)],
      ['check', '/admin/check', desk !== undefined && isAdmin(desk)],
      ['emulator', '/emulator', desk?.vocabulary.demo === true],
    ]
    return html`<header class="bar">
      <span class="brand">${t('product')}</span>
      <nav aria-label=${t('nav')}>
        ${pages
          .filter(([, , shown]) => shown)
          .map(
            ([name, path]) =>
              html`<a href=${path} aria-current=${name === this.current ? 'page' : 'false'}
                >${t(`nav.${name}` as Word)}</a
              >`,
          )}
      </nav>
      ${
        desk?.vocabulary.demo
          ? html`<span class="chip live">${t('demo.time', { time: timeText(deskNow()) })}</span>`
          : ''
      }
      <span class="meta">${desk?.vocabulary.name} ${desk?.session.staff.name}</span>
      <axle-language></axle-language>
      <button class="button quiet" type="button" @click=${logOut}>${t('log-out')}</button>
    </header>`
  }
}

async function logOut(): Promise<void> {
  await api('DELETE', '/api/session').catch(() => undefined)
  location.assign('/login')
}
