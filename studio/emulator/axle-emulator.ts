import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { EmulatorLog } from '#core/wire'
import { ApiError, get, post, reasonOf } from '../data/api.ts'
import { isAdmin, loadDesk, roleName, setClock, timeText, type Desk } from '../data/desk.ts'
import { listen } from '../data/live.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-top-bar.ts'
import { empty, failed, loading } from '../parts/states.ts'
import { withLinks } from '../parts/with-links.ts'
import { listOf, t } from '../text/text.ts'

const HOUR = 3_600_000
const jumps = [
  ['emulator.plus-10m', HOUR / 6],
  ['emulator.plus-1h', HOUR],
  ['emulator.plus-1d', 24 * HOUR],
] as const
/** Messages go out a moment after the desk changed; so often the phones are looked at. */
const LOOK_MS = 2_000
const NEW = ''

interface Line {
  readonly text: string
  readonly at: number
  readonly isMine: boolean
}

/** The phones of a desk's customers and staff as an emulated WeCom has them, the sidebar beside a chat, and a demo's clock. */
@customElement('axle-emulator')
export class AxleEmulator extends AxleElement {
  @state() private desk: Desk | undefined
  @state() private log: EmulatorLog | undefined
  @state() private fault = ''
  @state() private customer: string | undefined
  @state() private phone: string | undefined
  @state() private newName = ''
  @state() private text = ''
  @state() private sendFault = ''
  @state() private isUnplugged = false
  @state() private moved = ''
  @state() private busy = false

  #stop: (() => void) | undefined
  #looking: ReturnType<typeof setInterval> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override disconnectedCallback(): void {
    this.#stop?.()
    clearInterval(this.#looking)
    super.disconnectedCallback()
  }

  override render() {
    return html`<axle-top-bar current="emulator" .desk=${this.desk}></axle-top-bar>
      <main>
        <div class="head">
          <div>
            <h1>${t('emulator.title')}</h1>
            <p class="meta">${t('emulator.hint')}</p>
          </div>
          ${this.#clock()}
        </div>
        ${this.#content()}
      </main>`
  }

  #content() {
    if (this.isUnplugged) return this.#plug()
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!this.log) return loading()
    return html`<div class="phones">
      ${this.#customerPhone(this.log)} ${this.#staffPhone(this.log)} ${this.#sidebar(this.log)}
    </div>`
  }

  /** A desk that is connected to no WeCom yet may try things with an emulated one. */
  #plug() {
    const may = this.desk !== undefined && isAdmin(this.desk)
    return html`${empty(t('emulator.unplugged'), t(may ? 'emulator.plug-hint' : 'emulator.plug-admin'))}
    ${
      may
        ? html`<p class="actions">
            <button class="button primary" type="button" ?disabled=${this.busy} @click=${this.#plugIn}>
              ${t('emulator.plug')}
            </button>
          </p>`
        : ''
    }
    ${this.sendFault === '' ? '' : html`<p class="notice bad" role="alert">${this.sendFault}</p>`}`
  }

  readonly #plugIn = async () => {
    this.busy = true
    this.sendFault = ''
    try {
      await post('/api/emulator')
      await this.#load()
    } catch (error) {
      this.sendFault = reasonOf(error)
    } finally {
      this.busy = false
    }
  }

  #clock() {
    if (!this.desk?.vocabulary.demo) return ''
    const may = isAdmin(this.desk)
    return html`<div class="stack">
      <div class="actions" role="group" aria-label=${t('emulator.clock')}>
        ${jumps.map(
          ([word, byMs]) =>
            html`<button
              class="button"
              type="button"
              ?disabled=${!may || this.busy}
              @click=${() => void this.#move(byMs)}
            >
              ${t(word)}
            </button>`,
        )}
      </div>
      <p class="meta" role="status">${may ? this.moved : t('emulator.clock-admin')}</p>
    </div>`
  }

  #customerPhone({ customers, fromCustomers, toCustomers }: EmulatorLog) {
    const lines = [
      ...fromCustomers.filter(one => one.externalId === this.customer).map(one => ({ ...one, isMine: true })),
      ...toCustomers.filter(one => one.externalId === this.customer).map(one => ({ ...one, isMine: false })),
    ].sort((a, b) => a.at - b.at)
    return html`<section class="card stack" aria-labelledby="phone-customer">
      <h2 id="phone-customer">${t('emulator.customer')}</h2>
      <div class="field">
        <label for="customer">${t('emulator.customer-choice')}</label>
        <select
          id="customer"
          @change=${(event: Event) => (this.customer = (event.target as HTMLSelectElement).value)}
        >
          ${customers.map(
            ({ externalId, name }) =>
              html`<option value=${externalId} ?selected=${externalId === this.customer}>${name}</option>`,
          )}
          <option value=${NEW} ?selected=${this.customer === NEW}>${t('emulator.new-customer')}</option>
        </select>
      </div>
      ${
        this.customer === NEW
          ? html`<div class="field">
              <label for="new-name">${t('emulator.new-name')}</label>
              <input
                id="new-name"
                maxlength="100"
                placeholder=${t('emulator.new-name-hint')}
                .value=${this.newName}
                @input=${(event: Event) => (this.newName = (event.target as HTMLInputElement).value)}
              />
            </div>`
          : ''
      }
      ${talk(lines, t('emulator.customer'), this.log!.offsetMs)}
      <form class="stack" @submit=${this.#send}>
        <div class="field">
          <label for="words">${t('emulator.text')}</label>
          <textarea
            id="words"
            required
            rows="2"
            .value=${this.text}
            @input=${(event: Event) => (this.text = (event.target as HTMLTextAreaElement).value)}
          ></textarea>
        </div>
        ${this.sendFault === '' ? '' : html`<p class="notice bad" role="alert">${this.sendFault}</p>`}
        <button class="button primary" ?disabled=${this.busy}>${t('emulator.send')}</button>
      </form>
    </section>`
  }

  #staffPhone({ staff, toStaff }: EmulatorLog) {
    const lines = toStaff.filter(one => one.userId === this.phone).map(one => ({ ...one, isMine: false }))
    return html`<section class="card stack" aria-labelledby="phone-staff">
      <h2 id="phone-staff">${t('emulator.staff')}</h2>
      <div class="field">
        <label for="staff">${t('emulator.staff-choice')}</label>
        <select
          id="staff"
          @change=${(event: Event) => (this.phone = (event.target as HTMLSelectElement).value)}
        >
          ${staff.map(({ userId, name, roles }) => {
            const count = toStaff.filter(one => one.userId === userId).length
            return html`<option value=${userId} ?selected=${userId === this.phone}>
              ${name} ${listOf(roles.map(role => roleName(this.desk!, role)))} (${count})
            </option>`
          })}
        </select>
      </div>
      ${talk(lines, t('emulator.staff'), this.log!.offsetMs)}
    </section>`
  }

  #sidebar({ customers }: EmulatorLog) {
    const id = customers.find(({ externalId }) => externalId === this.customer)?.id ?? ''
    return html`<section class="stack" aria-labelledby="phone-sidebar">
      <h2 id="phone-sidebar">${t('emulator.sidebar')}</h2>
      <iframe title=${t('sidebar.title')} src="/sidebar?customer=${encodeURIComponent(id)}"></iframe>
    </section>`
  }

  readonly #send = async (event: Event) => {
    event.preventDefault()
    this.busy = true
    this.sendFault = ''
    try {
      const name = this.newName.trim()
      const who = this.customer === NEW ? (name === '' ? {} : { name }) : { externalId: this.customer }
      const { externalId } = await post<{ externalId: string }>('/api/emulator/messages', {
        ...who,
        text: this.text,
      })
      this.text = ''
      this.newName = ''
      this.customer = externalId
      await this.#look()
    } catch (error) {
      this.sendFault = reasonOf(error)
    } finally {
      this.busy = false
    }
  }

  async #move(byMs: number): Promise<void> {
    this.busy = true
    try {
      const { now, fired } = await post<{ now: number; fired: number }>('/api/clock', { byMs })
      setClock({ now })
      this.moved = t('emulator.moved', { time: timeText(now), fired })
      await this.#look()
    } catch (error) {
      this.moved = reasonOf(error)
    } finally {
      this.busy = false
    }
  }

  async #load(): Promise<void> {
    this.fault = ''
    try {
      this.desk = await loadDesk()
      await this.#look()
      this.isUnplugged = false
    } catch (error) {
      this.isUnplugged = error instanceof ApiError && error.problem?.code === 'no-emulator'
      this.fault = reasonOf(error)
      return
    }
    this.#stop?.()
    this.#stop = listen({
      connected: () => undefined,
      change: () => void this.#look().catch(() => undefined),
    })
    clearInterval(this.#looking)
    this.#looking = setInterval(() => void this.#look().catch(() => undefined), LOOK_MS)
  }

  async #look(): Promise<void> {
    this.log = await get<EmulatorLog>('/api/emulator/log')
    this.customer ??= this.log.customers[0]?.externalId ?? NEW
    this.phone ??= this.log.staff[0]?.userId
  }
}

/** A chat, oldest first. */
function talk(lines: readonly Line[], label: string, offsetMs: number) {
  return html`<ol class="talk" tabindex="0" aria-label=${label} aria-live="polite">
    ${lines.length === 0 ? html`<li class="meta">${t('emulator.no-words')}</li>` : ''}
    ${lines.map(
      ({ text, at, isMine }) =>
        html`<li class=${isMine ? 'mine' : ''}>
          ${withLinks(text)} <time class="meta">${timeText(at + offsetMs)}</time>
        </li>`,
    )}
  </ol>`
}
