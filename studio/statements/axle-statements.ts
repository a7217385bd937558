import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { RECEIVABLE, type BalanceReply, type StatementLineReply, type StatementReply } from '#core/wire'
import { get, reasonOf } from '../data/api.ts'
import { deskNow, monthOf, nameOf, timeText, type Desk } from '../data/desk.ts'
import { AdminPage } from '../parts/admin-page.ts'
import { moneyText } from '../parts/prices.ts'
import { empty, loading } from '../parts/states.ts'
import { t } from '../text/text.ts'

/** What every party is owed in all, and the statement of one for a month, line by line. */
@customElement('axle-statements')
export class AxleStatements extends AdminPage {
  protected override readonly current = 'statements'
  @state() private balances: readonly BalanceReply[] | undefined
  @state() private statement: StatementReply | undefined
  @state() private party = new URLSearchParams(location.search).get('party') ?? ''
  @state() private period = new URLSearchParams(location.search).get('period') ?? ''

  protected override content(desk: Desk): TemplateResult | undefined {
    if (!this.balances) return undefined
    if (this.balances.length === 0) return empty(t('statements.empty'), t('statements.empty-hint'))
    return html`<div class="head"><h1>${t('statements.title')}</h1></div>
      <div class="ticket">
        <div class="stack">${this.#balances(this.balances)}</div>
        ${this.#statement()}
      </div>`
  }

  #balances(balances: readonly BalanceReply[]): TemplateResult {
    return html`<section class="card stack">
      <h2>${t('statements.balances')}</h2>
      <p class="meta">${t('statements.balances-hint')}</p>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">${t('statements.party')}</th>
            <th scope="col" class="amount">${t('statements.amount')}</th>
          </tr>
        </thead>
        <tbody>
          ${balances.map(
            ({ party, currency, amount }) =>
              html`<tr class=${party === this.party ? 'current' : ''}>
                <td>
                  <button
                    class="button quiet"
                    type="button"
                    aria-pressed=${party === this.party ? 'true' : 'false'}
                    @click=${() => void this.#show(party, this.period)}
                  >
                    ${this.#partyName(party)}
                  </button>
                </td>
                <td class="amount">${moneyText(amount, currency)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`
  }

  #statement(): TemplateResult {
    const { statement } = this
    return html`<section class="card stack" aria-live="polite">
      <div class="head">
        <h2>${t('statements.of', { party: this.#partyName(this.party) })}</h2>
        <label class="actions"
          >${t('statements.month')}
          <input
            type="month"
            required
            .value=${this.period}
            @change=${(event: Event) => void this.#show(this.party, (event.target as HTMLInputElement).value)}
          />
        </label>
      </div>
      ${statement ? this.#lines(statement) : loading(3)}
    </section>`
  }

  #lines({ lines, total, currency, hash, madeAt }: StatementReply): TemplateResult {
    if (lines.length === 0) return html`<p class="meta">${t('statements.no-lines')}</p>`
    return html`<table class="rows" data-statement>
        <thead>
          <tr>
            <th scope="col">${t('statements.at')}</th>
            <th scope="col">${t('queue.number')}</th>
            <th scope="col">${t('statements.why')}</th>
            <th scope="col" class="amount">${t('statements.amount')}</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(line => this.#line(line, currency))}
          <tr>
            <th scope="row" colspan="3">${t('price.total')}</th>
            <td class="amount total">${moneyText(total, currency)}</td>
          </tr>
        </tbody>
      </table>
      <p class="meta">
        ${madeAt === null ? t('statements.running') : t('statements.made', { time: timeText(madeAt) })}
      </p>
      <p class="meta">SHA-256 <code>${hash}</code></p>`
  }

  #line(
    { at, ticket, number, settlement, why, amount }: StatementLineReply,
    currency: string,
  ): TemplateResult {
    return html`<tr>
      <td>${timeText(at)}</td>
      <td>${ticket === null ? '' : html`<a href="/desk/${ticket}">#${number}</a>`}</td>
      <td>${nameOf(this.desk!.vocabulary.labels, settlement)} <span class="meta">${whyText(why)}</span></td>
      <td class="amount">${moneyText(amount, currency)}</td>
    </tr>`
  }

  #partyName(party: string): string {
    return party === RECEIVABLE ? t('statements.receivable') : nameOf(this.desk!.vocabulary.labels, party)
  }

  protected override async fetch(): Promise<void> {
    this.balances = await get<BalanceReply[]>('/api/balances')
    const first = this.balances.find(({ party }) => party !== RECEIVABLE)?.party
    const party = this.party === '' ? first : this.party
    if (party !== undefined) await this.#show(party, this.period === '' ? monthOf(deskNow()) : this.period)
  }

  /** Shows a statement and keeps it in the address, so that it can be passed on. */
  async #show(party: string, period: string): Promise<void> {
    if (period === '') return
    this.party = party
    this.period = period
    this.statement = undefined
    const query = new URLSearchParams({ party, period })
    history.replaceState(null, '', `?${query}`)
    try {
      const path = `/api/statements/${encodeURIComponent(party)}/${period}`
      const statement = await get<StatementReply>(path)
      if (party === this.party && period === this.period) this.statement = statement
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}

/** How a share was reckoned: a part of the base, perhaps cut at its cap, what was left, or an equal part. */
function whyText(why: string): string {
  const [share = '', cap] = why.split(' ')
  if (share === 'rest' || share === 'equal') return t(`statements.${share}`)
  if (!/^\d+(\.\d+)?$/.test(share)) return ''
  const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 6 })
  const text = percent.format(share as Intl.StringNumericLiteral)
  return cap === 'cap' ? t('statements.capped', { share: text }) : text
}
