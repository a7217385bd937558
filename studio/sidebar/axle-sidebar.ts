import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { QueueRowReply } from '#core/wire'
import { get, reasonOf } from '../data/api.ts'
import { loadDesk, nameOf, whoWorks, type Desk } from '../data/desk.ts'
import { listen } from '../data/live.ts'
import '../parts/axle-countdown.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { empty, failed, loading } from '../parts/states.ts'
import { listOf, t, tMaybe } from '../text/text.ts'

/** What staff see beside a chat in WeCom: who the customer is, and their open tickets with the clock. */
@customElement('axle-sidebar')
export class AxleSidebar extends AxleElement {
  @state() private desk: Desk | undefined
  @state() private rows: readonly QueueRowReply[] | undefined
  @state() private fault = ''

  readonly #customer = new URLSearchParams(location.search).get('customer') ?? ''
  #stop: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override disconnectedCallback(): void {
    this.#stop?.()
    super.disconnectedCallback()
  }

  override render() {
    return html`<main class="narrow stack">
      <h1>${this.rows?.[0]?.customer ?? t('sidebar.title')}</h1>
      ${this.#content()}
    </main>`
  }

  #content() {
    if (this.#customer === '') return empty(t('sidebar.choose'))
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!this.desk || !this.rows) return loading(3)
    const open = this.rows.filter(({ status }) => status === 'open')
    return html`<h2>${t('sidebar.open')}</h2>
      ${open.length === 0 ? html`<p class="meta">${t('sidebar.none')}</p>` : ''}
      ${open.map(row => this.#card(this.desk!, row))}`
  }

  #card(desk: Desk, row: QueueRowReply) {
    const node = (name: string) => nameOf(desk.vocabulary.labels, `${row.kind}.${name}`)
    return html`<article class="card stack">
      <h3>#${row.number} ${listOf(row.nodes.map(node))}</h3>
      <div class="actions">
        <span class="chip ${row.priority === '紧急' ? 'urgent' : ''}"
          >${tMaybe(`priority.${row.priority}`, row.priority)}</span
        >
        <axle-countdown .dueAt=${row.dueAt}></axle-countdown>
      </div>
      <p class="meta">${whoWorks(desk, row)}</p>
      <a class="button" href="/desk/${row.id}" target="_top">${t('sidebar.all')}</a>
    </article>`
  }

  async #load(): Promise<void> {
    if (this.#customer === '') return
    this.fault = ''
    try {
      this.desk = await loadDesk()
      await this.#look()
    } catch (error) {
      this.fault = reasonOf(error)
      return
    }
    this.#stop?.()
    this.#stop = listen({
      connected: () => undefined,
      change: () => void this.#look().catch(() => undefined),
    })
  }

  async #look(): Promise<void> {
    this.rows = await get<QueueRowReply[]>(`/api/tickets?customer=${encodeURIComponent(this.#customer)}`)
  }
}
