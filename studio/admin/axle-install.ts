import { html, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { FieldReply, InstallReply, PlanReply, SettingReply } from '#core/wire'
import { ApiError, get, post, reasonOf } from '../data/api.ts'
import { nameOf, type Desk } from '../data/desk.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-field.ts'
import { percentText } from '../parts/percent.ts'
import type { FieldInput } from '../parts/field-input.ts'
import type { FieldValue } from '../parts/read-value.ts'
import { failed, loading } from '../parts/states.ts'
import { language, listOf, t, tMaybe } from '../text/text.ts'
import { permissionWords } from './permission-words.ts'

type Step = 'consent' | 'settings' | 'roles' | 'trial' | 'live'

/** One pack on its way onto the desk: plan, consent, settings, roles, trial, and live with each outward act by name. */
@customElement('axle-install')
export class AxleInstall extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) pack = ''
  @state() private plan: PlanReply | undefined
  @state() private install: InstallReply | undefined
  @state() private fault = ''
  @state() private agreed = false
  @state() private settings: Readonly<Record<string, FieldValue>> = {}
  @state() private roles: Readonly<Record<string, readonly string[]>> = {}
  @state() private acts: readonly string[] = []
  @state() private said: { readonly step: Step; readonly words: string; readonly isBad: boolean } | undefined
  @state() private wrongSetting: string | null = null
  @state() private busy = false

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  override render() {
    const { plan, install } = this
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!plan || !install) return loading()
    return html`<div class="head">
        <a href="/admin/packs">${t('packs.back')}</a>
      </div>
      <div class="head">
        <h1>${plan.label} <span class="meta">${t('packs.version', { version: plan.version })}</span></h1>
        <span class="chip ${install.state === 'live' ? 'live' : ''}"
          >${tMaybe(`packs.state.${install.state ?? 'none'}`, install.state ?? '')}</span
        >
      </div>
      <ol class="steps">
        ${this.#planned(plan)} ${this.#consent(install)} ${this.#settings(plan)} ${this.#roles(plan)}
        ${this.#trial(install)} ${this.#live(install)}
      </ol>`
  }

  #planned({ tickets, permissions, tests, openTickets, moves, merge }: PlanReply) {
    const inFlight = { count: openTickets, auto: moves.auto, mapping: moves.needsMapping }
    const rows: [string, string][] = [
      [t('packs.plan.tickets'), listOf(tickets)],
      [t('packs.plan.permissions'), listOf(permissions.map(permissionWords))],
      [
        t('packs.plan.tests'),
        tests.failed.length === 0
          ? t('packs.plan.tests-passed', { passed: tests.passed })
          : t('packs.plan.tests-failed', { failed: listOf(tests.failed) }),
      ],
      [t('packs.plan.open-tickets'), t('packs.plan.open-tickets-text', inFlight)],
      ...(merge ? [[t('packs.plan.own'), ownText(merge)] as [string, string]] : []),
    ]
    return html`<li class="card stack">
      <h2>1 · ${t('packs.plan')}</h2>
      <dl class="fields">
        ${rows.map(
          ([label, value]) =>
            html`<div class="field">
              <dt class="label">${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </li>`
  }

  #consent({ state }: InstallReply) {
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
    return this.#step('consent', `2 · ${t('packs.consent')}`, state === null ? form : done)
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
    const value = this.settings[name] ?? this.install?.settings[name] ?? setting.default
    const field: FieldReply = {
      ...{
        name,
        label: setting.label,
        type: setting.type.kind,
        typeName: null,
        choices: null,
        columns: null,
      },
      ...{ value, writable: true, computed: false },
    }
    const shown = (end: unknown) =>
      setting.type.kind === 'percent' ? percentText(String(end ?? '')) : String(end ?? '')
    const range = { min: shown(setting.min), max: shown(setting.max) }
    const problem = name === this.wrongSetting ? { field: name, problem: 'type', detail: null } : undefined
    return html`<div>
      <axle-field
        .field=${field}
        .value=${value}
        .label=${setting.label}
        .problem=${problem}
        editable
      ></axle-field>
      <p class="meta">${setting.help ?? ''} ${t('packs.settings.range', range)}</p>
    </div>`
  }

  #roles({ roles }: PlanReply) {
    const form = html`<form class="stack" @submit=${this.#saveRoles}>
      ${roles.map(role => this.#role(role))} ${this.#saveButton()}
    </form>`
    return this.#step('roles', `4 · ${t('packs.roles')}`, this.#afterConsent(form))
  }

  #role(role: string) {
    const held = this.roles[role] ?? []
    const isOpen = held.length === 0
    return html`<fieldset class="card ${isOpen ? 'unmapped' : ''}">
      <legend>
        ${nameOf(this.desk.vocabulary.labels, role)}
        ${isOpen ? html`<span class="chip urgent">${t('packs.roles.unmapped')}</span>` : ''}
      </legend>
      <div class="actions">
        ${this.desk.staff.map(
          person =>
            html`<label class="check">
              <input
                type="checkbox"
                .checked=${held.includes(person.id)}
                @change=${(event: Event) => this.#hold(role, person.id, (event.target as HTMLInputElement).checked)}
              />
              ${person.name}
            </label>`,
        )}
      </div>
    </fieldset>`
  }

  #trial({ state, held }: InstallReply) {
    const acts = Object.entries(held).map(([act, count]) => t('act.count', { act: actName(act), count }))
    const kept = acts.length === 0 ? '' : html`<p>${t('packs.trial-held', { acts: listOf(acts) })}</p>`
    const start = html`<p class="meta">${t('packs.trial-hint')}</p>
      <div>
        <button class="button primary" type="button" ?disabled=${this.busy} @click=${this.#startTrial}>
          ${t('packs.trial-start')}
        </button>
      </div>`
    const running = state === 'trial' ? html`<p>${t('packs.trial-running')}</p>` : ''
    const isOn = state === 'trial' || state === 'live'
    return this.#step(
      'trial',
      `5 · ${t('packs.trial')}`,
      isOn ? html`${running} ${kept}` : this.#afterConsent(start),
    )
  }

  #live({ state, acts, outward }: InstallReply) {
    const form = html`<form class="stack" @submit=${this.#goLive}>
      <p class="meta">${t('packs.live-hint')}</p>
      ${acts.map(
        act =>
          html`<label class="check">
            <input
              type="checkbox"
              .checked=${this.acts.includes(act)}
              @change=${(event: Event) => this.#switch(act, (event.target as HTMLInputElement).checked)}
            />
            ${actName(act)}
          </label>`,
      )}
      ${
        state === 'live'
          ? html`<p>${t('packs.live-done', { acts: listOf(outward.map(actName)) || t('none') })}</p>`
          : ''
      }
      <div><button class="button primary" ?disabled=${this.busy}>${t('packs.live-go')}</button></div>
    </form>`
    const isReady = state === 'trial' || state === 'live'
    const wait = html`<p class="meta">${t('packs.needs-trial')}</p>`
    return this.#step('live', `6 · ${t('packs.live')}`, isReady ? form : wait)
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
    return this.install?.state === null ? html`<p class="meta">${t('packs.needs-consent')}</p>` : content
  }

  #saveButton() {
    return html`<div><button class="button" ?disabled=${this.busy}>${t('packs.save')}</button></div>`
  }

  #hold(role: string, id: string, on: boolean): void {
    const others = (this.roles[role] ?? []).filter(one => one !== id)
    this.roles = { ...this.roles, [role]: on ? [...others, id] : others }
  }

  #switch(act: string, on: boolean): void {
    const others = this.acts.filter(one => one !== act)
    this.acts = on ? [...others, act] : others
  }

  readonly #typed = (event: Event) => {
    const { name, value } = (event as FieldInput).detail
    this.settings = { ...this.settings, [name]: value }
  }

  readonly #agree = (event: Event) =>
    this.#during('consent', event, () => this.#post('consent', { hash: this.plan!.hash }))

  readonly #saveSettings = (event: Event) =>
    this.#during('settings', event, () =>
      this.#post('settings', { values: { ...this.install!.settings, ...this.settings } }),
    )

  readonly #saveRoles = (event: Event) =>
    this.#during('roles', event, () => this.#post('roles', { roles: this.roles }))

  readonly #startTrial = (event: Event) => this.#during('trial', event, () => this.#post('install'))

  readonly #goLive = (event: Event) =>
    this.#during('live', event, () => this.#post('live', { outward: this.acts }))

  #post(what: string, body?: unknown): Promise<unknown> {
    return post(`/api/packs/${encodeURIComponent(this.pack)}/${what}`, body)
  }

  async #during(step: Step, event: Event, work: () => Promise<unknown>): Promise<void> {
    event.preventDefault()
    this.busy = true
    this.wrongSetting = null
    try {
      await work()
      this.said = { step, words: t('packs.saved'), isBad: false }
      await this.#load()
    } catch (error) {
      this.said = { step, words: reasonOf(error), isBad: true }
      const problem = error instanceof ApiError ? error.problem : null
      if (problem?.code === 'setting-bounds') this.wrongSetting = problem.params.name ?? null
    } finally {
      this.busy = false
    }
  }

  async #load(): Promise<void> {
    const path = `/api/packs/${encodeURIComponent(this.pack)}`
    this.fault = ''
    try {
      const isFirst = !this.install
      this.install = await get<InstallReply>(path)
      this.plan ??= await get<PlanReply>(`${path}/plan`)
      if (!isFirst) return
      this.roles =
        Object.keys(this.install.roles).length > 0 ? this.install.roles : rolesHeld(this.plan, this.desk)
      this.acts = this.install.outward
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }
}

/** Who holds the pack's roles already. */
function rolesHeld({ roles }: PlanReply, { staff }: Desk): Record<string, string[]> {
  return Object.fromEntries(
    roles.map(role => [role, staff.filter(one => one.roles.includes(role)).map(({ id }) => id)]),
  )
}

const actName = (act: string) => tMaybe(`act.${act}`, act)

/** What becomes of what the desk changed itself. */
function ownText({ conflicts, errors }: NonNullable<PlanReply['merge']>): string {
  if (errors > 0) return t('packs.plan.own-errors', { errors })
  if (conflicts.length === 0) return t('packs.plan.own-kept')
  return t('packs.plan.own-conflicts', {
    ...{ count: conflicts.length, conflicts: listOf(conflicts.map(conflict => conflict[language()])) },
  })
}
