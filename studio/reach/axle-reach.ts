import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { SopReply, TodoReply } from '#core/wire'
import { get, post } from '../data/api.ts'
import { timeText, type Desk } from '../data/desk.ts'
import { AdminPage } from '../parts/admin-page.ts'
import '../parts/axle-todos.ts'
import { saidNotice, saidOf, type Said } from '../parts/said.ts'
import { empty } from '../parts/states.ts'
import { language, t } from '../text/text.ts'
import './axle-sends.ts'

/** 触达: the SOPs of the packs and how customers fare in them, to-dos of everybody, and what went out or did not, with the reasons. */
@customElement('axle-reach')
export class AxleReach extends AdminPage {
  protected override readonly current = 'reach'
  @state() private sops: readonly SopReply[] | undefined
  @state() private todos: readonly TodoReply[] = []
  @state() private said: Said | undefined
  @state() private busy = false

  protected override content(desk: Desk): TemplateResult | undefined {
    if (!this.sops) return undefined
    return html`<div class="head">
        <h1>${t('reach.title')}</h1>
        <button class="button" type="button" @click=${() => void this.load()}>${t('refresh')}</button>
      </div>
      <div class="stack">
        <section class="card stack" aria-labelledby="sops-title">
          <h2 id="sops-title">${t('reach.sops')}</h2>
          ${saidNotice(this.said)}
          ${this.sops.length === 0 ? empty(t('reach.no-sops')) : this.#table(this.sops)}
        </section>
        <axle-todos .desk=${this.desk} .todos=${this.todos} @axle-done=${() => void this.load()}></axle-todos>
        <axle-sends .desk=${this.desk}></axle-sends>
      </div>`
  }

  #table(sops: readonly SopReply[]) {
    const heads = ['sop', 'pack', 'running', 'reached', 'ended', 'state'] as const
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('reach.sops')}>
      <table class="rows">
        <thead>
          <tr>
            ${heads.map(head => html`<th scope="col">${t(`reach.${head}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${sops.map(
            one =>
              html`<tr data-sop=${one.sop}>
                <td>${one.label}</td>
                <td>${one.pack}</td>
                <td class="number">${one.running}</td>
                <td class="number">${one.reached}</td>
                <td class="number">${one.ended}</td>
                <td>${this.#stateOf(one)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
  }

  #stateOf({ sop, paused, sends }: SopReply) {
    if (paused)
      return html`<span class="chip urgent">${t('reach.paused')}</span> ${paused.why[language()]} ·
        ${timeText(paused.at)}
        <button class="button" type="button" ?disabled=${this.busy} @click=${() => void this.#resume(sop)}>
          ${t('reach.resume')}
        </button>`
    return sends
      ? html`<span class="chip done">${t('reach.sends')}</span>`
      : html`<span class="chip">${t('reach.silent')}</span>`
  }

  async #resume(sop: string): Promise<void> {
    this.busy = true
    this.said = await saidOf(async () => {
      await post(`/api/sops/${encodeURIComponent(sop)}/resumption`)
      return t('reach.resumed')
    })
    await this.load()
    this.busy = false
  }

  protected override async fetch(): Promise<void> {
    this.todos = await get<TodoReply[]>('/api/todos')
    this.sops = await get<SopReply[]>('/api/sops')
  }
}
