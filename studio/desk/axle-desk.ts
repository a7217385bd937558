import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { TodoReply, VocabularyReply } from '#core/wire'
import { get, reasonOf } from '../data/api.ts'
import { deskNow, hasPack, isAdmin, loadDesk, setClock, timeText, type Desk } from '../data/desk.ts'
import { listen } from '../data/live.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-todos.ts'
import '../parts/axle-top-bar.ts'
import { empty, failed, loading } from '../parts/states.ts'
import { t } from '../text/text.ts'
import './axle-new-ticket.ts'
import './axle-queue.ts'
import './axle-ticket.ts'
import type { AxleQueue } from './axle-queue.ts'
import type { AxleTicket } from './axle-ticket.ts'

/** In the place of a ticket's id: the page that opens one. */
const NEW = 'new'

/** The desk of staff: the queue, one ticket at `/desk/<id>`, or a new one at `/desk/new`; they change as the desk does. */
@customElement('axle-desk')
export class AxleDesk extends AxleElement {
  @state() private desk: Desk | undefined
  @state() private todos: readonly TodoReply[] = []
  @state() private fault = ''
  @state() private lostAt: number | null = null
  @state() private ticket = ticketOfAddress()

  #stop: (() => void) | undefined
  /** Where the queue stood: its view or its search. */
  #queue = '/desk'
  readonly #moved = () => (this.ticket = ticketOfAddress())

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('popstate', this.#moved)
    void this.#load()
  }

  override disconnectedCallback(): void {
    window.removeEventListener('popstate', this.#moved)
    this.#stop?.()
    super.disconnectedCallback()
  }

  override render() {
    return html`<axle-top-bar current="desk" .desk=${this.desk}></axle-top-bar>
      <main @axle-open=${this.#open}>
        ${
          this.lostAt === null
            ? ''
            : html`<p class="notice" role="status">${t('stale', { time: timeText(this.lostAt) })}</p>`
        }
        ${this.#content()}
      </main>`
  }

  #content() {
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!this.desk) return loading()
    // A desk without a pack has no words of its own.
    if (!hasPack(this.desk)) return firstDay(this.desk)
    if (this.ticket === NEW) return html`<axle-new-ticket .desk=${this.desk}></axle-new-ticket>`
    return this.ticket === null
      ? html`<axle-todos
            .desk=${this.desk}
            .todos=${this.todos}
            @axle-done=${() => void this.#loadTodos()}
          ></axle-todos>
          <axle-queue .desk=${this.desk}></axle-queue>`
      : html`<axle-ticket .desk=${this.desk} .ticketId=${this.ticket}></axle-ticket>`
  }

  async #load(): Promise<void> {
    this.fault = ''
    try {
      this.desk = await loadDesk()
      await this.#loadTodos()
    } catch (error) {
      this.fault = reasonOf(error)
      return
    }
    this.#stop?.()
    this.#stop = listen({
      connected: on => (this.lostAt = on ? null : (this.lostAt ?? deskNow())),
      change: (kind, id) => {
        if (kind === 'desk') void get<VocabularyReply>('/api/vocabulary').then(setClock, () => undefined)
        this.querySelector<AxleQueue>('axle-queue')?.changed()
        // Why passed over: what is shown stays true, and the next change asks again.
        void this.#loadTodos().catch(() => undefined)
        this.querySelector<AxleTicket>('axle-ticket')?.changed(kind === 'desk' ? null : id)
      },
    })
  }

  /** What SOPs ask of the reader; administrators see everybody’s under 触达 and here their own alone. */
  async #loadTodos(): Promise<void> {
    const todos = await get<TodoReply[]>('/api/todos')
    const { id, roles } = this.desk!.session.staff
    const isMine = ({ assignee, role }: TodoReply) =>
      assignee === id || (assignee === null && roles.includes(role))
    this.todos = isAdmin(this.desk!) ? todos.filter(isMine) : todos
  }

  /** Goes to a ticket, or with null back to the queue, without leaving the page. */
  readonly #open = (event: Event) => {
    const id = (event as CustomEvent<string | null>).detail
    if (this.ticket === null) this.#queue = location.pathname + location.search
    history.pushState(null, '', id === null ? this.#queue : `/desk/${id}`)
    this.ticket = id
    window.scrollTo(0, 0)
  }
}

function ticketOfAddress(): string | null {
  const [, id] = /^\/desk\/([^/]+)$/.exec(location.pathname) ?? []
  return id === undefined ? null : decodeURIComponent(id)
}

/** What comes before the first ticket: for administrators where to begin. */
function firstDay(desk: Desk) {
  if (!isAdmin(desk)) return empty(t('desk.first-staff'))
  const { connected } = desk.vocabulary
  return html`${empty(t(connected ? 'desk.first-pack' : 'desk.first'))}
    <p class="actions">
      ${connected ? '' : html`<a class="button primary" href="/admin/connect">${t('nav.connect')}</a>`}
      <a class="button ${connected ? 'primary' : ''}" href="/admin/packs">${t('nav.packs')}</a>
    </p>`
}
