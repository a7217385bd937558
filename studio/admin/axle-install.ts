import { html, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type {
  FieldProblemReply,
  InstallReply,
  PlanReply,
  RecordReply,
  SettingReply,
  StaffingReply,
  TrialReply,
} from '#core/wire'
import { get, post, problemsOf, reasonOf } from '../data/api.ts'
import { loadDesk, nameOf, type Desk } from '../data/desk.ts'
import { AxleElement } from '../parts/axle-element.ts'
import type { FieldInput } from '../parts/field-input.ts'
import type { FieldValue } from '../parts/read-value.ts'
import { failed, loading } from '../parts/states.ts'
import { listOf, t, tMaybe, type Word } from '../text/text.ts'
import { actName } from './act-name.ts'
import './axle-conflicts.ts'
import './axle-leave.ts'
import './axle-rollout.ts'
import type { Rolled } from './axle-rollout.ts'
import { planCard } from './plan-card.ts'
import { holdersOf, roleChoice, type Holders } from './role-choice.ts'
import { settingField, settingValue } from './setting-field.ts'
import { storeChoice } from './store-choice.ts'
import { trialList } from './trial-list.ts'
import { unstaffedTeams } from './unstaffed-teams.ts'

type Step = 'rollout' | 'consent' | 'settings' | 'roles' | 'trial' | 'live' | 'leave'

/** One pack on its way onto the desk: plan, consent, settings, roles, trial, and live with each outward act by name. */
@customElement('axle-install')
export class AxleInstall extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) pack = ''
  @state() private plan: PlanReply | undefined
  @state() private install: InstallReply | undefined
  @state() private held: TrialReply | undefined
  @state() private staffing: StaffingReply | undefined
  @state() private fault = ''
  @state() private agreed = false
  @state() private settings: Readonly<Record<string, FieldValue>> = {}
  @state() private holders: Holders = { roles: {}, departments: {} }
  /** Roles were ticked and not saved yet. */
  @state() private isUnsaved = false
  @state() private acts: readonly string[] = []
  @state() private stores: readonly RecordReply[] = []
  @state() private firstStores: readonly string[] = []
  @state() private said: { readonly step: Step; readonly words: string; readonly isBad: boolean } | undefined
  @state() private wrongSettings: readonly FieldProblemReply[] = []
  @state() private busy = false

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override render() {
    const { plan, install, said } = this
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!plan || !install) return loading()
    return html`<div class="head">
        <a href="/admin/packs">${t('packs.back')}</a>
      </div>
      <div class="head">
        <h1>
          ${plan.label}
          <span class="meta">${t('packs.version', { version: plan.runs ?? plan.version })}</span>
        </h1>
        <span class="chip ${install.state === 'live' ? 'live' : ''}"
          >${tMaybe(`packs.state.${install.state ?? 'none'}`, install.state ?? '')}</span
        >
      </div>
      ${said?.step === 'leave' && install.running === null ? html`<p class="notice good" role="status">${said.words}</p>` : ''}
      ${this.#newer(plan, install)} ${this.#rollout(install)}
      <ol class="steps">
        <li class="card stack" data-step="plan">
          <h2>1 · ${t('packs.plan')}</h2>
          ${planCard(plan, install.running !== null)}
          <axle-conflicts
            .plan=${plan}
            @axle-planned=${(event: CustomEvent<PlanReply>) => (this.plan = event.detail)}
          ></axle-conflicts>
        </li>
        ${this.#consent(plan, install)} ${this.#settings(plan)} ${this.#roles(plan)}
        ${this.#trial(plan, install)} ${this.#live(install)} ${this.#leave(install)}
      </ol>`
  }

  /** While a newer release waits, the older one goes on; what the newer asks for more is said. */
  #newer(plan: PlanReply, { running }: InstallReply) {
    if (running === null || running === plan.hash) return ''
    const more = plan.permissions.filter(one => one.isNew).length
    return html`<p class="notice" role="status">
      ${t(more > 0 ? 'packs.newer-more' : 'packs.newer', { version: plan.version, more })}
    </p>`
  }

  /** A version that some stores use first is decided about before another comes. */
  #rollout({ rollout }: InstallReply) {
    const { said } = this
    if (!rollout)
      return said?.step === 'rollout' ? html`<p class="notice good" role="status">${said.words}</p>` : ''
    return html`<axle-rollout
      .pack=${this.pack}
      .rollout=${rollout}
      .stores=${this.stores}
      @axle-rolled=${({ detail }: CustomEvent<Rolled>) =>
        void this.#startOver({ step: 'rollout', words: t(`packs.rollout-${detail}-done`), isBad: false })}
    ></axle-rollout>`
  }

  #consent(plan: PlanReply, { consented }: InstallReply) {
    const form = html`<form class="stack" @submit=${this.#agree}>
      <label class="check">
        <input
          type="checkbox"
          required
          .checked=${this.agreed}
          @change=${(event: Event) => (this.agreed = (event.target as HTMLInputElement).checked)}
        />
        ${t('packs.consent-text')}
      </label>
      <div>
        <button class="button primary" ?disabled=${this.busy || !this.agreed}>${t('packs.consent')}</button>
      </div>
    </form>`
    const done = html`<p><span class="chip done">${t('packs.consented')}</span></p>`
    return this.#step('consent', `2 · ${t('packs.consent')}`, consented === plan.hash ? done : form)
  }

  #settings({ settings }: PlanReply) {
    const names = Object.keys(settings)
    if (names.length === 0)
      return this.#step(
        'settings',
        `3 · ${t('packs.settings')}`,
        html`<p class="meta">${t('packs.settings.none')}</p>`,
      )
    const form = html`<form
      class="stack"
      novalidate
      @submit=${this.#saveSettings}
      @axle-field-input=${this.#typed}
    >
      <div class="fields">${names.map(name => this.#setting(name, settings[name]!))}</div>
      ${this.#saveButton()}
    </form>`
    return this.#step('settings', `3 · ${t('packs.settings')}`, this.#afterConsent(form))
  }

  #setting(name: string, setting: SettingReply) {
    const labels = this.plan!.labels
    const value = this.#valueOf(name, setting)
    return settingField(name, setting, {
      ...{ value, labels },
      label: nameOf({ ...labels, zh: { ...labels.zh, [name]: setting.label } }, name),
      problem: this.wrongSettings.find(({ field }) => field === name),
    })
  }

  /** What is typed, also nothing, else what is in force. */
  #valueOf(name: string, setting: SettingReply): FieldValue {
    const typed = this.settings[name]
    return typed === undefined ? (this.install?.settings[name] ?? setting.default) : typed
  }

  #roles({ roles, labels }: PlanReply) {
    const form = html`<form class="stack" @submit=${this.#saveRoles}>
      <div class="roles">
        ${roles.map(role =>
          roleChoice({ desk: this.desk, labels, role, holders: this.holders }, holders => {
            this.holders = holders
            this.isUnsaved = true
          }),
        )}
      </div>
      <p class="meta">${t('packs.roles.more')} <a href="/admin/people">${t('nav.people')}</a></p>
      ${this.isUnsaved ? html`<p class="notice">${t('packs.roles.unsaved')}</p>` : ''} ${this.#saveButton()}
    </form>`
    return this.#step('roles', `4 · ${t('packs.roles')}`, this.#afterConsent(form))
  }

  #trial({ hash }: PlanReply, { state, consented, running }: InstallReply) {
    const choice = storeChoice(this.stores, this.firstStores, chosen => (this.firstStores = chosen))
    const silences = state === 'live' && this.firstStores.length === 0
    const start = html`${silences ? html`<p class="notice bad">${t('packs.trial-silences')}</p>` : ''}
      ${this.firstStores.length > 0 ? '' : html`<p class="meta">${t('packs.trial-hint')}</p>`}
      ${running === null ? '' : choice}
      <div>
        <button class="button primary" type="button" ?disabled=${this.busy} @click=${this.#startTrial}>
          ${t('packs.trial-start')}
        </button>
      </div>`
    const again = html`<div>
      <button class="button" type="button" ?disabled=${this.busy} @click=${this.#backToTrial}>
        ${t('packs.trial-again')}
      </button>
    </div>`
    const list = this.held ? trialList(this.held, this.plan!.labels) : ''
    const missing = this.staffing ? unstaffedTeams(this.staffing, this.plan!.labels) : ''
    const shown = html`${missing} ${state === 'trial' ? html`<p>${t('packs.trial-running')}</p>` : again}
    ${list}`
    const isWaiting = consented === hash && running !== hash
    const content = running === null || isWaiting ? this.#afterConsent(start) : shown
    return this.#step('trial', `5 · ${t('packs.trial')}`, content)
  }

  /** How much of an act was held, by what held it. */
  #heldOf(act: string) {
    const { counts = {}, off = {} } = this.held ?? {}
    const switchedOff = off[act] ?? 0
    const inTrial = (counts[act] ?? 0) - switchedOff
    const waiting = this.held?.waiting[act] ?? 0
    return html`${inTrial > 0 ? html`<span class="chip">${t('packs.live-held', { count: inTrial })}</span>` : ''}
    ${switchedOff > 0 ? html`<span class="chip">${t('packs.live-off', { count: switchedOff })}</span>` : ''}
    ${waiting > 0 ? html`<span class="chip urgent">${t('packs.live-waiting', { count: waiting })}</span>` : ''}`
  }

  #live({ state, acts, outward, links }: InstallReply) {
    const form = html`<form class="stack" @submit=${this.#goLive}>
      <p class="meta">${t('packs.live-hint')}</p>
      ${linksMissing(links)}
      ${acts.map(
        act =>
          html`<label class="check">
            <input
              type="checkbox"
              .checked=${this.acts.includes(act)}
              @change=${(event: Event) => this.#switch(act, (event.target as HTMLInputElement).checked)}
            />
            ${actName(this.plan!.labels, act)} ${this.#heldOf(act)}
          </label>`,
      )}
      ${
        state === 'live'
          ? html`<p>
              ${t('packs.live-done', { acts: listOf(outward.map(act => actName(this.plan!.labels, act))) || t('none') })}
            </p>`
          : ''
      }
      <div><button class="button primary" ?disabled=${this.busy}>${t('packs.live-go')}</button></div>
    </form>`
    const isReady = state === 'trial' || state === 'live'
    const wait = html`<p class="meta">${t('packs.needs-trial')}</p>`
    return this.#step('live', `6 · ${t('packs.live')}`, isReady ? form : wait)
  }

  #leave({ running, canRollBack }: InstallReply) {
    if (running === null) return ''
    const ways = html`<axle-leave
      .pack=${this.pack}
      .canRollBack=${canRollBack}
      @axle-left=${(event: CustomEvent<'rollback' | 'uninstall'>) => void this.#left(event.detail)}
    ></axle-leave>`
    return this.#step('leave', `7 · ${t('packs.leave')}`, ways)
  }

  #step(step: Step, title: string, content: TemplateResult) {
    const said = this.said?.step === step ? this.said : undefined
    return html`<li class="card stack" data-step=${step}>
      <h2>${title}</h2>
      ${content}
      <div role="status">
        ${said ? html`<p class="notice ${said.isBad ? 'bad' : 'good'}">${said.words}</p>` : ''}
      </div>
    </li>`
  }

  #afterConsent(content: TemplateResult) {
    return this.install?.consented !== this.plan?.hash
      ? html`<p class="meta">${t('packs.needs-consent')}</p>`
      : content
  }

  #saveButton() {
    return html`<div><button class="button" ?disabled=${this.busy}>${t('packs.save')}</button></div>`
  }

  #switch(act: string, on: boolean): void {
    const others = this.acts.filter(one => one !== act)
    this.acts = on ? [...others, act] : others
  }

  readonly #typed = (event: Event) => {
    const { name, value } = (event as FieldInput).detail
    this.settings = { ...this.settings, [name]: settingValue(this.plan!.settings[name]!, value) }
  }

  readonly #agree = (event: Event) =>
    this.#during('consent', event, () => this.#post('consent', { hash: this.plan!.hash }))

  readonly #saveSettings = (event: Event) => {
    event.preventDefault()
    const missing = Object.keys(this.settings).filter(name => this.settings[name] === null)
    if (missing.length > 0) {
      this.wrongSettings = missing.map(field => ({ field, problem: 'required', detail: null }))
      this.said = { step: 'settings', words: t('packs.settings.missing'), isBad: true }
    } else void this.#postSettings(event)
  }

  readonly #postSettings = (event: Event) =>
    this.#during('settings', event, async () => {
      await this.#post('settings', { values: { ...this.install!.settings, ...this.settings } })
      // Why anew: the pack's own tests run with what was chosen.
      this.plan = await get<PlanReply>(`/api/packs/${encodeURIComponent(this.pack)}/plan`)
    })

  readonly #saveRoles = (event: Event) =>
    this.#during('roles', event, async () => {
      await this.#post('roles', this.holders)
      this.isUnsaved = false
    })

  readonly #startTrial = (event: Event) =>
    this.#during('trial', event, async () => {
      const first = this.firstStores.length > 0 ? { stores: this.firstStores } : {}
      await this.#post('install', { ...first, result: this.plan!.result })
      this.firstStores = []
    })

  readonly #backToTrial = (event: Event) => this.#during('trial', event, () => this.#post('trial'))

  /** Live with nothing switched on is hardly what anybody means: it is asked for twice. */
  readonly #goLive = (event: Event) => {
    event.preventDefault()
    const isSure = this.acts.length > 0 || (this.said?.step === 'live' && this.said.isBad)
    if (!isSure) this.said = { step: 'live', words: t('packs.live-none'), isBad: true }
    else void this.#during('live', event, () => this.#post('live', { outward: this.acts }))
  }

  #post(what: string, body?: unknown): Promise<unknown> {
    return post(`/api/packs/${encodeURIComponent(this.pack)}/${what}`, body)
  }

  async #during(step: Step, event: Event, work: () => Promise<unknown>): Promise<void> {
    event.preventDefault()
    this.busy = true
    this.wrongSettings = []
    try {
      await work()
      this.said = { step, words: t('packs.saved'), isBad: false }
      await this.#load()
    } catch (error) {
      this.said = { step, words: reasonOf(error), isBad: true }
      if (step === 'settings') this.wrongSettings = problemsOf(error)
    } finally {
      this.busy = false
    }
  }

  #left(way: 'rollback' | 'uninstall'): Promise<void> {
    return this.#startOver({ step: 'leave', words: t(`packs.${way}-done`), isBad: false })
  }

  async #startOver(said: typeof this.said): Promise<void> {
    this.said = said
    ;[this.plan, this.install, this.held, this.agreed] = [undefined, undefined, undefined, false]
    // Why the desk too: a rollback gives the roles back to whoever held them.
    this.desk = await loadDesk()
    await this.#load()
  }

  async #load(): Promise<void> {
    const path = `/api/packs/${encodeURIComponent(this.pack)}`
    this.fault = ''
    try {
      const isFirst = !this.install
      this.install = await get<InstallReply>(path)
      this.plan ??= await get<PlanReply>(`${path}/plan`)
      if (this.install.running !== null) {
        this.stores = await get<RecordReply[]>('/api/records/store?rows=500')
        this.held = await get<TrialReply>(`${path}/trial`)
        this.staffing = await get<StaffingReply>('/api/staffing')
      }
      if (!isFirst) return
      this.holders = holdersOf(this.desk, this.plan.roles, this.install)
      this.acts = this.install.outward
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}

/** Said beforehand: customers would be asked without a way to answer. */
function linksMissing(links: InstallReply['links']) {
  if (links === 'pass') return ''
  return html`<p class="notice">
    ${t(`packs.live-links-${links}` satisfies Word)}
    ${links === 'unproved' ? html`<a href="/admin/connect">${t('packs.live-links-prove')}</a>` : ''}
  </p>`
}
