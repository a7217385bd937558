import { html, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { DeadMessageReply } from '#core/wire'
import { api, get, post, reasonOf } from '../data/api.ts'
import { realTimeText } from '../data/desk.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { confirmed } from '../parts/confirmed.ts'
import { jsonText, readPasted } from '../parts/read-json.ts'
import { saidNotice, saidOf, type Said } from '../parts/said.ts'
import { failed, loading } from '../parts/states.ts'
import { t, tMaybe } from '../text/text.ts'

/** Sent when a message was mended or left out. */
export const MENDED_EVENT = 'axle-mended'

/** The messages of a source that could not be read: why, and how to mend or leave out each. */
@customElement('axle-dead-letters')
export class AxleDeadLetters extends AxleElement {
  @property() source = ''
  /** How many there are: they are loaded again when it changes. */
  @property({ type: Number }) count = 0
  @state() private dead: readonly DeadMessageReply[] | undefined
  @state() private fault = ''
  /** What was typed, by message. */
  @state() private typed: Readonly<Record<string, string>> = {}
  /** What is wrong with what was typed, by message. */
  @state() private faults: Readonly<Record<string, string>> = {}
  @state() private said: Said | undefined
  @state() private busy: string | undefined

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('count')) void this.#load()
  }

  override render() {
    return html`<div class="stack">${saidNotice(this.said)} ${this.#list()}</div>`
  }

  #list(): TemplateResult {
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!this.dead) return loading(2)
    if (this.dead.length === 0) return html`<p class="meta">${t('dead.none')}</p>`
    return html`<ul class="stack">
      ${this.dead.map((message, index) => this.#message(message, index))}
    </ul>`
  }

  #message(message: DeadMessageReply, index: number): TemplateResult {
    const { id, type, receivedAt, attempts } = message
    const fault = this.faults[id]
    const isBusy = this.busy !== undefined
    const field = `dead-${this.source}-${index}`
    return html`<li class="card stack" data-dead=${id}>
      <div class="head">
        <h4>${type ?? t('dead.no-type')} <span class="meta">${id}</span></h4>
        <span class="meta"
          >${realTimeText(receivedAt)}${attempts > 0 ? ` · ${t('dead.attempts', { attempts })}` : ''}</span
        >
      </div>
      <ul class="notice bad">
        ${reasons(message).map(words => html`<li>${words}</li>`)}
      </ul>
      <div class="field">
        <label for=${field}>${t('dead.body')}</label>
        <textarea
          id=${field}
          rows="8"
          spellcheck="false"
          class="code"
          aria-invalid=${fault ? 'true' : 'false'}
          aria-describedby="${field}-fault"
          .value=${this.typed[id] ?? jsonText(message.body)}
          @input=${(event: Event) => this.#type(id, (event.target as HTMLTextAreaElement).value)}
        ></textarea>
        <span class="fault" id="${field}-fault" role="alert">${fault ?? ''}</span>
      </div>
      <div class="actions">
        <button
          class="button"
          type="button"
          ?disabled=${isBusy}
          @click=${() => void this.#again(message, field)}
        >
          ${t('dead.again')}
        </button>
        <button
          class="button quiet"
          type="button"
          ?disabled=${isBusy}
          @click=${() => void this.#leaveOut(id)}
        >
          ${t('dead.leave-out')}
        </button>
      </div>
    </li>`
  }

  #type(id: string, text: string): void {
    this.typed = { ...this.typed, [id]: text }
    this.faults = { ...this.faults, [id]: '' }
  }

  async #again(message: DeadMessageReply, field: string): Promise<void> {
    const { id } = message
    const text = this.typed[id]
    // Why without a body: what was not touched is tried exactly as it came.
    if (text === undefined) return this.#send(message, {})
    const read = readPasted(text)
    if (!('value' in read)) {
      this.#blame(id, placeText(read))
      const area = this.querySelector<HTMLTextAreaElement>(`#${CSS.escape(field)}`)
      area?.focus()
      area?.setSelectionRange(read.at, read.at + 1)
      return
    }
    if (!isMessage(read.value)) return this.#blame(id, t('dead.no-message'))
    await this.#send(message, { body: read.value })
  }

  #send({ id, type }: DeadMessageReply, body: object): Promise<void> {
    return this.#during(id, async () => {
      const { state } = await post<{ state: 'done' | 'ignored' | 'dead' }>(`${this.#path(id)}/again`, body)
      if (state !== 'dead') this.#forget(id)
      return { words: t(`dead.said.${state}`, { type: type ?? '' }), isBad: state === 'dead' }
    })
  }

  async #leaveOut(id: string): Promise<void> {
    const asked = { title: t('dead.leave-out'), text: t('dead.leave-out-text'), go: t('dead.leave-out-go') }
    if (!(await confirmed(asked))) return
    await this.#during(id, async () => {
      await api('DELETE', this.#path(id))
      this.#forget(id)
      return t('dead.left-out')
    })
  }

  #blame(id: string, words: string): void {
    this.faults = { ...this.faults, [id]: words }
  }

  #forget(id: string): void {
    const { [id]: _, ...others } = this.typed
    this.typed = others
  }

  async #during(id: string, work: () => Promise<string | Said>): Promise<void> {
    this.busy = id
    this.said = await saidOf(work)
    await this.#load()
    this.busy = undefined
    this.dispatchEvent(new CustomEvent(MENDED_EVENT, { bubbles: true }))
  }

  #path(id?: string): string {
    const dead = `/api/sources/${encodeURIComponent(this.source)}/dead`
    return id === undefined ? dead : `${dead}/${encodeURIComponent(id)}`
  }

  async #load(): Promise<void> {
    this.fault = ''
    try {
      this.dead = await get<DeadMessageReply[]>(this.#path())
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}

function reasons({ problem: { code, detail, fields } }: DeadMessageReply): string[] {
  const said = t(`dead.problem.${code}`, { detail: detail ?? '' })
  if (code !== 'fields') return [said]
  return fields.map(({ field, problem, detail: came }) =>
    t('dead.problem.field', {
      field: field ?? '',
      problem: tMaybe(`problem.${problem}`, problem, { detail: came ?? '' }),
      came: came ?? t('dead.nothing'),
    }),
  )
}

function placeText({ line, column, near }: { line: number; column: number; near: string }): string {
  return near === 'end' ? t('dead.json-end', { line, column }) : t('dead.json-at', { line, column, near })
}

function isMessage(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { type, data } = value as Readonly<Record<string, unknown>>
  return typeof type === 'string' && typeof data === 'object' && data !== null && !Array.isArray(data)
}
