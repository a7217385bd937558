import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { AuditReply, CheckReply } from '#core/wire'
import { get } from '../data/api.ts'
import { timeText, type Desk } from '../data/desk.ts'
import { AdminPage } from '../parts/admin-page.ts'
import { loading } from '../parts/states.ts'
import { language, t } from '../text/text.ts'
import { auditTable } from './audit-table.ts'

const order = { fail: 0, warn: 1, pass: 2 } as const
const chips = { fail: 'urgent', warn: 'high', pass: 'done' } as const
const marks = { fail: '✕', warn: '!', pass: '✓' } as const

const list = (found: readonly CheckReply[]) =>
  html`<ul class="stack">
    ${found.map(
      ({ check, state, title, says, todo, page }) =>
        html`<li class="card stack" data-check=${check} data-state=${state}>
          <div class="head">
            <h3>${title[language()]}</h3>
            <span class="chip ${chips[state]}"
              ><span aria-hidden="true">${marks[state]}</span> ${t(`check.state.${state}`)}</span
            >
          </div>
          <p>${says[language()]}</p>
          ${todo && state !== 'pass' ? html`<p class="meta">${t('check.todo')}${todo[language()]}</p>` : ''}
          ${page === null ? '' : html`<p><a href=${page}>${t('check.go')}</a></p>`}
        </li>`,
    )}
  </ul>`

/** 一键体检: what works on the desk, what does not and what to do; and what administrators did. */
@customElement('axle-check')
export class AxleCheck extends AdminPage {
  protected override readonly current = 'check'
  @state() private found: readonly CheckReply[] | undefined
  @state() private audit: AuditReply | undefined
  @state() private at = 0

  protected override content(desk: Desk): TemplateResult | undefined {
    return html`<div class="head">
        <h1>${t('check.title')}</h1>
        <button
          class="button primary"
          type="button"
          ?disabled=${!this.found}
          @click=${() => void this.load()}
        >
          ${t('check.again')}
        </button>
      </div>
      <div class="stack">
        ${this.#findings()}
        <h2>${t('audit.title')}</h2>
        ${this.audit ? auditTable(this.audit, desk) : loading(2)}
      </div>`
  }

  #findings() {
    const { found } = this
    if (!found) return loading(8)
    const count = (wanted: CheckReply['state']) => found.filter(({ state }) => state === wanted).length
    const sums = { fail: count('fail'), warn: count('warn'), pass: count('pass') }
    return html`<p role="status">${t('check.sums', { ...sums, time: timeText(this.at) })}</p>
      ${list(found.filter(({ state }) => state !== 'pass').sort((a, b) => order[a.state] - order[b.state]))}
      ${
        sums.pass === 0
          ? ''
          : html`<details>
              <summary>${t('check.passed', { count: sums.pass })}</summary>
              ${list(found.filter(({ state }) => state === 'pass'))}
            </details>`
      }`
  }

  protected override async fetch(desk: Desk): Promise<void> {
    this.found = undefined
    this.found = await get<CheckReply[]>('/api/check')
    this.at = desk.vocabulary.now
    this.audit = await get<AuditReply>('/api/audit')
  }
}
