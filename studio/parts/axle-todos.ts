import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { TodoReply } from '#core/wire'
import { post } from '../data/api.ts'
import { deskNow, nameOf, roleName, staffName, timeText, type Desk } from '../data/desk.ts'
import { t } from '../text/text.ts'
import { AxleElement } from './axle-element.ts'
import { saidNotice, saidOf, type Said } from './said.ts'

/** What SOPs ask the reader to do, each with by when; nothing where nothing is asked. Sends `axle-done` when one is done. */
@customElement('axle-todos')
export class AxleTodos extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) todos: readonly TodoReply[] = []
  @state() private said: Said | undefined
  @state() private busy = false

  override render() {
    if (this.todos.length === 0) return saidNotice(this.said)
    return html`<section class="card stack" aria-labelledby="todos-title">
      <h2 id="todos-title">${t('todos.title')} <span class="chip">${this.todos.length}</span></h2>
      ${saidNotice(this.said)}
      <ul class="rows">
        ${this.todos.map(todo => this.#row(todo))}
      </ul>
    </section>`
  }

  #row({ id, text, role, assignee, sop, due }: TodoReply) {
    const isLate = due <= deskNow()
    const who = assignee === null ? roleName(this.desk, role) : staffName(this.desk, assignee)
    return html`<li class="head" data-todo=${id}>
      <span>
        ${text}
        <span class="meta">${nameOf(this.desk.vocabulary.labels, sop)} · ${who}</span>
      </span>
      <span class="actions">
        <span class="chip ${isLate ? 'urgent' : ''}"
          >${t(isLate ? 'todos.late' : 'todos.due', { time: timeText(due) })}</span
        >
        <button
          class="button"
          type="button"
          aria-label=${t('todos.done-one', { text })}
          ?disabled=${this.busy}
          @click=${() => void this.#done(id)}
        >
          ${t('todos.done')}
        </button>
      </span>
    </li>`
  }

  async #done(id: string): Promise<void> {
    this.busy = true
    this.said = await saidOf(async () => {
      await post(`/api/todos/${encodeURIComponent(id)}/done`)
      return t('todos.finished')
    })
    this.dispatchEvent(new CustomEvent('axle-done'))
    this.busy = false
  }
}
