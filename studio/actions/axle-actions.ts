import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { ActionRunReply, SecretReply } from '#core/wire'
import { get, post, noneWithoutPack } from '../data/api.ts'
import { timeText } from '../data/desk.ts'
import { AdminPage } from '../parts/admin-page.ts'
import { openSecretsWarning } from '../parts/axle-secret.ts'
import { confirmed } from '../parts/confirmed.ts'
import { saidNotice, saidOf, type Said } from '../parts/said.ts'
import { empty } from '../parts/states.ts'
import { language, listOf, t } from '../text/text.ts'
import { canRunAgain, olderCode, runCard } from './run-card.ts'

/** 扩展动作: the secrets that the pack's actions need, and what each run did. */
@customElement('axle-actions')
export class AxleActions extends AdminPage {
  protected override readonly current = 'actions'
  @state() private runs: readonly ActionRunReply[] | undefined
  @state() private secrets: readonly SecretReply[] = []
  @state() private said: Said | undefined
  @state() private action = new URLSearchParams(location.search).get('action') ?? ''
  @state() private onlyFailed = new URLSearchParams(location.search).has('failed')
  @state() private busy = false

  /** The actions that were met so far, to choose from. */
  readonly #names = new Set(this.action === '' ? [] : [this.action])

  protected override content(): TemplateResult | undefined {
    if (!this.runs) return undefined
    const needed = this.secrets.filter(({ actions }) => actions.length > 0)
    return html`<div class="head">
        <h1>${t('actions.title')}</h1>
        <button class="button" type="button" @click=${() => void this.load()}>${t('refresh')}</button>
      </div>
      <div class="stack">
        <section class="card stack" aria-labelledby="secrets-title">
          <h2 id="secrets-title">${t('actions.secrets')}</h2>
          ${
            needed.length === 0
              ? html`<p class="meta">${t('actions.no-secrets')}</p>`
              : html`<p class="meta">${t('actions.secrets-hint')}</p>
                  ${openSecretsWarning(needed)} ${needed.map(secret => this.#secret(secret))}`
          }
        </section>
        <section class="stack" aria-labelledby="runs-title">
          <h2 id="runs-title">${t('actions.runs')}</h2>
          ${this.#log(this.runs)}
        </section>
      </div>`
  }

  #secret(secret: SecretReply): TemplateResult {
    return html`<div class="card stack">
      <p class="meta">
        ${t('actions.needed-by', { names: listOf(secret.actions.map(name => this.#label(name))) })}
      </p>
      <axle-secret .secret=${secret} @axle-secret=${() => void this.load()}></axle-secret>
    </div>`
  }

  #log(runs: readonly ActionRunReply[]): TemplateResult {
    const isFiltered = this.action !== '' || this.onlyFailed
    if (runs.length === 0 && !isFiltered) return empty(t('actions.empty'), t('actions.empty-hint'))
    return html`<div class="actions" role="group" aria-label=${t('actions.filter')}>
        <label for="filter-action">${t('actions.action')}</label>
        <span
          ><select id="filter-action" @change=${this.#choose}>
            <option value="" ?selected=${this.action === ''}>${t('actions.all')}</option>
            ${[...this.#names].map(
              name =>
                html`<option value=${name} ?selected=${name === this.action}>${this.#label(name)}</option>`,
            )}
          </select></span
        >
        <label class="check"
          ><input type="checkbox" .checked=${this.onlyFailed} @change=${this.#turn} />
          ${t('actions.only-failed')}</label
        >
        <span class="meta" role="status">${t('actions.count', { count: runs.length })}</span>
      </div>
      ${saidNotice(this.said)}
      ${runs.length === 0 ? html`<p class="meta">${t('actions.none-shown')}</p>` : ''}
      <ul class="stack">
        ${runs.map(run =>
          runCard(run, {
            label: this.#label(run.action),
            time: timeText(run.at),
            again: canRunAgain(run) ? this.#againButton(run) : '',
          }),
        )}
      </ul>`
  }

  #againButton(run: ActionRunReply): TemplateResult {
    return html`<div>
      <button class="button" type="button" ?disabled=${this.busy} @click=${() => void this.#again(run)}>
        ${t('runs.again')}
      </button>
    </div>`
  }

  /** Why not `nameOf`: an action without words keeps its whole name. */
  #label(action: string): string {
    const { labels } = this.desk!.vocabulary
    return labels[language()]?.[action] ?? labels.zh?.[action] ?? action
  }

  readonly #choose = (event: Event) => {
    this.action = (event.target as HTMLSelectElement).value
    this.#keepFilter()
  }

  readonly #turn = (event: Event) => {
    this.onlyFailed = (event.target as HTMLInputElement).checked
    this.#keepFilter()
  }

  /** In the address, so that what is shown can be passed on. */
  #keepFilter(): void {
    history.replaceState(null, '', `?${this.#query()}`)
    void this.load()
  }

  #query(): URLSearchParams {
    return new URLSearchParams({
      ...(this.action !== '' && { action: this.action }),
      ...(this.onlyFailed && { failed: '1' }),
    })
  }

  async #again(run: ActionRunReply): Promise<void> {
    const asked = t('runs.again-text', { action: this.#label(run.action), number: run.number })
    const text = [asked, olderCode(run)].filter(part => part !== '').join(' ')
    if (!(await confirmed({ title: t('runs.again'), text, go: t('runs.again-go') }))) return
    this.busy = true
    this.said = await saidOf(async () => {
      await post(`/api/actions/runs/${encodeURIComponent(run.id)}/again`)
      await this.load()
      return t('runs.again-done')
    })
    this.busy = false
  }

  protected override async fetch(): Promise<void> {
    const [runs, secrets] = await Promise.all([
      get<ActionRunReply[]>(`/api/actions/runs?${this.#query()}`).catch(noneWithoutPack),
      get<SecretReply[]>('/api/secrets').catch(noneWithoutPack),
    ])
    this.secrets = secrets
    for (const { action } of runs) this.#names.add(action)
    this.runs = runs
  }
}
