import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import type { QueueRowReply } from '#core/wire'
import { getCounted, reasonOf } from '../data/api.ts'
import { nameOf, staffName, whoWorks, timeText, type Desk } from '../data/desk.ts'
import '../parts/axle-countdown.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { isTyping } from '../parts/keyboard.ts'
import { empty, failed, loading } from '../parts/states.ts'
import { listOf, t, tMaybe } from '../text/text.ts'

type View = 'mine' | 'unassigned' | 'all' | 'closed'
/** How many rows come at once. */
const STEP = 200
/** So long (ms) the next key is waited for before a search is asked. */
const PAUSE_MS = 250
const views: readonly View[] = ['mine', 'unassigned', 'all', 'closed']
const nothing = { mine: 'queue.empty-mine', unassigned: 'queue.empty-unassigned' } as const

/** The tickets, the most pressing first, or those a search finds, closed ones among them; the address says which. Rows never move under the pointer: then a button offers the news. */
@customElement('axle-queue')
export class AxleQueue extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @state() private view: View = viewOfAddress()
  /** What is searched for; while it is there it stands in the place of a view. */
  @state() private words = wordsOfAddress()
  @state() private rows: readonly QueueRowReply[] | undefined
  /** The search that the rows answer. */
  @state() private answered = ''
  @state() private total = 0
  @state() private fault = ''
  @state() private current = 0
  @state() private hasNews = false

  readonly #pressed = (event: KeyboardEvent) => this.#key(event)
  #asked = 0
  #wanted = STEP
  #pause: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('keydown', this.#pressed)
    void this.#load()
  }

  override disconnectedCallback(): void {
    window.removeEventListener('keydown', this.#pressed)
    clearTimeout(this.#pause)
    super.disconnectedCallback()
  }

  /** Something on the desk changed. */
  changed(): void {
    if (this.querySelector('tbody:hover')) this.hasNews = true
    else void this.#load()
  }

  override render() {
    return html`<div class="head">
        <h1>${t('queue.title')}</h1>
        ${
          this.hasNews
            ? html`<button class="button" type="button" @click=${() => void this.#load()}>
                ${t('queue.new')}
              </button>`
            : ''
        }
        <a class="button primary" href="/desk/new" @click=${(event: MouseEvent) => this.#open(event, 'new')}
          >${t('open.title')}</a
        >
      </div>
      <div class="head">
        <div class="actions" role="group" aria-label=${t('queue.filter')}>
          ${views.map(view => {
            const isChosen = view === this.view && !this.#isSearch
            return html`<button
              class="button ${isChosen ? 'chosen' : ''}"
              type="button"
              aria-pressed=${isChosen ? 'true' : 'false'}
              @click=${() => this.#show(view)}
            >
              ${t(`queue.${view}`)}
            </button>`
          })}
        </div>
        <form class="search" role="search" @submit=${this.#sought}>
          <input
            type="search"
            autocomplete="off"
            maxlength="100"
            aria-label=${t('queue.search')}
            placeholder=${t('queue.search')}
            .value=${live(this.words)}
            @input=${this.#typed}
          />
        </form>
      </div>
      ${this.fault === '' ? '' : failed(this.fault, () => void this.#load())} ${this.#table()}`
  }

  #table() {
    const { rows } = this
    if (!rows) return this.fault === '' ? loading(8) : ''
    if (rows.length === 0 && this.answered !== '')
      return html`<div role="status">${empty(t('queue.not-found', { words: this.answered }))}</div>
        <p class="centred">
          <button class="button" type="button" @click=${() => this.#show(this.view)}>
            ${t('queue.clear')}
          </button>
        </p>`
    if (rows.length === 0) {
      const { view } = this
      const words = view === 'mine' || view === 'unassigned' ? nothing[view] : 'queue.empty'
      return empty(t(words), t('queue.empty-hint'))
    }
    const heads = [
      'number',
      'about',
      'customer',
      'priority',
      'node',
      'assignee',
      'clock',
      'status',
      'opened',
    ] as const
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('queue.title')}>
        <table class="rows queue">
          <thead>
            <tr>
              ${heads.map(head => html`<th scope="col">${t(`queue.${head}`)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map((row, index) => this.#row(row, index))}
          </tbody>
        </table>
      </div>
      <p class="meta">
        ${t('queue.count', { count: this.total })} <span class="keys">${t('queue.keys')}</span>
      </p>
      ${
        rows.length < this.total
          ? html`<button class="button" type="button" @click=${this.#more}>
              ${t('queue.more', { shown: rows.length, count: this.total })}
            </button>`
          : ''
      }`
  }

  #row(row: QueueRowReply, index: number) {
    const { labels } = this.desk.vocabulary
    const node = (name: string) => nameOf(labels, `${row.kind}.${name}`)
    const urgency = row.priority === '紧急' ? 'urgent' : row.priority === '高' ? 'high' : ''
    return html`<tr class=${index === this.current ? 'current' : ''} data-ticket=${row.id}>
      <td>
        <a href="/desk/${row.id}" @click=${(event: MouseEvent) => this.#open(event, row.id)}
          >#${row.number}</a
        >
      </td>
      <td class="about">
        ${nameOf(labels, row.kind)} ${row.about === null ? '' : html`<span class="meta">${row.about}</span>`}
      </td>
      <td class="name">${row.customer ?? ''}</td>
      <td><span class="chip ${urgency}">${tMaybe(`priority.${row.priority}`, row.priority)}</span></td>
      <td>${listOf(row.nodes.map(node))}</td>
      <td>${row.status === 'open' ? this.#holder(row) : ''}</td>
      <td>
        ${
          row.closedAt === null
            ? html`<axle-countdown .dueAt=${row.dueAt}></axle-countdown>`
            : html`<time>${t('queue.closed-at', { time: timeText(row.closedAt) })}</time>`
        }
      </td>
      <td>
        ${row.status === 'open' ? t('queue.open') : html`<span class="chip done">${t('queue.ended')}</span>`}
      </td>
      <td><time>${timeText(row.openedAt)}</time></td>
    </tr>`
  }

  /** Whoever looks at what is theirs sees themselves, also where others work beside them. */
  #holder(row: QueueRowReply): string {
    const mine = this.desk.session.staff.id
    const places = Object.keys(row.holders).filter(node => row.holders[node] === mine)
    if (this.view !== 'mine' || places.length === 0 || row.nodes.length === 1) return whoWorks(this.desk, row)
    const node = (name: string) => nameOf(this.desk.vocabulary.labels, `${row.kind}.${name}`)
    return t('queue.mine-at', { person: staffName(this.desk, mine), places: listOf(places.map(node)) })
  }

  readonly #more = () => {
    this.#wanted += STEP
    void this.#load()
  }

  get #isSearch(): boolean {
    return this.words.trim() !== ''
  }

  #show(view: View): void {
    this.view = view
    this.rows = undefined
    this.#ask('')
  }

  readonly #typed = (event: Event) => {
    this.words = (event.target as HTMLInputElement).value
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => this.#ask(this.words), PAUSE_MS)
  }

  /** Enter does not wait. */
  readonly #sought = (event: Event) => {
    event.preventDefault()
    this.#ask(this.words)
  }

  /** Asks for what the address then says, from the first row on. */
  #ask(words: string): void {
    clearTimeout(this.#pause)
    this.words = words
    this.current = 0
    this.#wanted = STEP
    const query = new URLSearchParams({ view: this.view, ...(this.#isSearch && { search: words.trim() }) })
    history.replaceState(null, '', `/desk?${query}`)
    void this.#load()
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked
    const ofView = {
      mine: { status: 'open', assignee: this.desk.session.staff.id },
      ...{ unassigned: { status: 'open', unassigned: 'true' }, all: { status: 'open' } },
      closed: { status: 'closed' },
    }[this.view]
    const search = this.words.trim()
    const wanted = this.#isSearch ? { search } : ofView
    const query = new URLSearchParams({ ...wanted, rows: String(this.#wanted) })
    try {
      const { rows, total } = await getCounted<QueueRowReply>(`/api/tickets?${query}`)
      // Why: an answer to an earlier question must not replace a later one's.
      if (asked !== this.#asked) return
      this.rows = rows
      this.answered = search
      this.total = total
      this.fault = ''
      this.hasNews = false
    } catch (error) {
      // What was there stays; it is old, and the words say so.
      this.fault = reasonOf(error)
    }
  }

  #key(event: KeyboardEvent): void {
    const { rows } = this
    if (isTyping(event)) return
    if (event.key === 'n') return this.#go('new')
    if (!rows || rows.length === 0) return
    if (event.key === 'j' || event.key === 'k') {
      const step = event.key === 'j' ? 1 : -1
      this.current = Math.max(0, Math.min(rows.length - 1, this.current + step))
      this.querySelectorAll('tbody tr')[this.current]?.scrollIntoView({ block: 'nearest' })
    }
    const isOnControl = event.target instanceof Element && event.target.closest('a, button') !== null
    if (event.key === 'Enter' && !isOnControl) this.#go(rows[this.current]!.id)
  }

  #open(event: MouseEvent, id: string): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    this.#go(id)
  }

  #go(id: string): void {
    this.dispatchEvent(new CustomEvent<string>('axle-open', { detail: id, bubbles: true }))
  }
}

const wordsOfAddress = () => new URLSearchParams(location.search).get('search') ?? ''

function viewOfAddress(): View {
  const given = new URLSearchParams(location.search).get('view')
  return views.find(view => view === given) ?? 'all'
}
