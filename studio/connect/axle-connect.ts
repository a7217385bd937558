import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { ConnectReply, ConnectStepName, ConnectStepReply, HiredReply } from '#core/wire'
import { api, get, post, reasonOf } from '../data/api.ts'
import { hasPack, realTimeText, type Desk } from '../data/desk.ts'
import { AdminPage } from '../parts/admin-page.ts'
import { copyLine } from '../parts/copy-line.ts'
import { language, t } from '../text/text.ts'
import { newCallbackSecrets } from './callback-secrets.ts'
import { memberChoice } from './member-choice.ts'

/** While WeCom's call is waited for, it is looked so often whether it came. */
const LOOK_MS = 2_000
const chips = { open: '', waiting: 'high', pass: 'done', warn: 'high', fail: 'urgent' } as const
const marks = { open: '○', waiting: '◐', pass: '✓', warn: '!', fail: '✕' } as const

type Typed = ConnectReply['typed']
type TypedName = Exclude<keyof Typed, 'hasSecret'> | 'secret'

/** What is typed at each step. */
const namesOf: Readonly<Record<ConnectStepName, readonly TypedName[]>> = {
  corp: ['baseUrl', 'corpId', 'secret', 'agentId'],
  account: ['account'],
  callback: ['publicUrl', 'token', 'aesKey'],
  domain: [],
  members: [],
}

/** WeCom in five checked steps; each says whether it passes and what to click in WeCom's own console. */
@customElement('axle-connect')
export class AxleConnect extends AdminPage {
  protected override readonly current = 'connect'
  @state() private connect: ConnectReply | undefined
  @state() private typed: Partial<Record<TypedName, string>> = {}
  @state() private faults: Partial<Record<ConnectStepName, string>> = {}
  @state() private busy: ConnectStepName | undefined
  @state() private chosen: readonly string[] = []
  @state() private hired: readonly HiredReply[] = []
  @state() private said = ''

  #looking: ReturnType<typeof setInterval> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#looking = setInterval(() => void this.#look(), LOOK_MS)
  }

  override disconnectedCallback(): void {
    clearInterval(this.#looking)
    super.disconnectedCallback()
  }

  protected override content(desk: Desk): TemplateResult | undefined {
    const { connect } = this
    if (!connect) return undefined
    const isDone = connect.steps.every(({ state }) => state === 'pass' || state === 'warn')
    return html`<div class="stack">
      <h1>${t('connect.title')}</h1>
      ${connect.emulated ? '' : html`<p>${t('connect.hint')}</p>`} ${this.#emulated(connect)}
      ${
        connect.emulated
          ? html`<details>
              <summary>${t('connect.practise')}</summary>
              ${this.#steps(connect)}
            </details>`
          : this.#steps(connect)
      }
      ${(isDone || connect.emulated) && !hasPack(desk) ? html`<p><a class="button primary" href="/admin/packs">${t('connect.next')}</a></p>` : ''}
      <div class="hidden" role="status">${this.said}</div>
    </div>`
  }

  #steps({ steps }: ConnectReply) {
    return html`<ol class="steps">
      ${steps.map((step, index) => this.#step(step, index + 1))}
    </ol>`
  }

  /** Who has no WeCom at hand tries everything with an emulated one first. */
  #emulated({ emulated, inForce }: ConnectReply) {
    if (emulated)
      return html`<div class="notice stack">
        <p>${t('connect.emulated')} <a href="/emulator">${t('nav.emulator')}</a></p>
        <div>
          <button class="button" type="button" @click=${() => void this.#unplug()}>
            ${t('connect.unplug')}
          </button>
        </div>
      </div>`
    if (inForce) return ''
    return html`<div class="notice stack">
      <p>${t('connect.try')}</p>
      <div>
        <button class="button" type="button" @click=${() => void this.#emulate()}>
          ${t('emulator.plug')}
        </button>
      </div>
    </div>`
  }

  async #emulate(): Promise<void> {
    try {
      await post('/api/emulator')
      location.assign('/emulator')
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }

  async #unplug(): Promise<void> {
    try {
      await api('DELETE', '/api/emulator')
      this.typed = {}
      await this.load()
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }

  #step({ step, state, at, says, todo }: ConnectStepReply, number: number) {
    const fault = this.faults[step]
    return html`<li class="card stack" data-step=${step} data-state=${state}>
      <div class="head">
        <h2>${number} · ${t(`connect.${step}`)}</h2>
        <span class="chip ${chips[state]}"
          ><span aria-hidden="true">${marks[state]}</span> ${t(`connect.state.${state}`)}</span
        >
      </div>
      <div role="status" class="stack">
        <p class="notice ${state === 'fail' ? 'bad' : state === 'pass' ? 'good' : ''}">
          ${says[language()]}
          ${at === null ? '' : html`<span class="meta">${t('connect.checked', { time: realTimeText(at) })}</span>`}
        </p>
        ${fault ? html`<p class="notice bad">${fault}</p>` : ''}
      </div>
      ${
        todo.length === 0
          ? ''
          : html`<div class="todo">
              <p class="meta">${t(this.connect!.emulated ? 'connect.todo-here' : 'connect.todo')}</p>
              <ol class="numbered">
                ${todo.map(one => html`<li>${one[language()]}</li>`)}
              </ol>
            </div>`
      }
      ${this.#form(step)}
    </li>`
  }

  #form(step: ConnectStepName): TemplateResult {
    const isBusy = this.busy !== undefined
    const submit = html`<div>
      <button class="button primary" ?disabled=${isBusy} aria-describedby="about-${step}">
        ${t(step === 'callback' ? 'connect.save-wait' : 'connect.check')}
        <span class="hidden" id="about-${step}">${t(`connect.${step}`)}</span>
      </button>
    </div>`
    return html`<form
        class="stack"
        @submit=${(event: Event) => void this.#check(event, step)}
        @input=${(event: Event) => this.#type(event.target as HTMLInputElement)}
      >
        ${this.#fields(step)}
        <div class="actions">${submit} ${this.#forget(step)}</div>
      </form>
      ${this.#after(step, isBusy)}`
  }

  /** The way back from what was mistyped, while a connection is in use. */
  #forget(step: ConnectStepName) {
    const isFailed = this.connect!.steps.some(one => one.step === step && one.state === 'fail')
    if (!this.connect!.inForce || !isFailed || namesOf[step].length === 0) return ''
    return html`<button
      class="button quiet"
      type="button"
      ?disabled=${this.busy !== undefined}
      @click=${() =>
        void this.#during(step, async () => {
          this.connect = await api('DELETE', `/api/channels/wecom/steps/${step}`)
          this.#clear(step)
        })}
    >
      ${t('connect.forget')}
    </button>`
  }

  #clear(step: ConnectStepName): void {
    const { ...others } = this.typed
    for (const name of namesOf[step]) delete others[name]
    this.typed = others
  }

  #fields(step: ConnectStepName): TemplateResult | '' {
    const { connect } = this
    if (step === 'corp')
      return html`<div class="fields">
          ${this.#input('corpId', { required: true })}
          ${this.#input('agentId', { required: true, inputmode: 'numeric' })} ${this.#secret()}
        </div>
        ${
          connect!.emulated
            ? ''
            : html`<details>
                <summary>${t('connect.advanced')}</summary>
                ${this.#input('baseUrl', { required: true })}
              </details>`
        }`
    if (step === 'account' && connect!.accounts.length > 0)
      return html`<div class="field">
        <label for="connect-account">${t('connect.choose')}</label>
        <select id="connect-account" name="account" required>
          ${connect!.accounts.map(
            ({ openKfId, name, managed }) =>
              html`<option value=${openKfId} ?selected=${openKfId === this.#valueOf('account')}>
                ${name} ${managed ? '' : t('connect.not-managed')}
              </option>`,
          )}
        </select>
      </div>`
    if (step !== 'callback') return ''
    const url = this.#valueOf('publicUrl').replace(/\/+$/, '') + connect!.callbackPath
    return html`<div class="fields">
        ${this.#input('publicUrl', { required: true })} ${this.#input('token', { required: true })}
        ${this.#input('aesKey', { required: true })}
      </div>
      <div class="actions">
        <button class="button quiet" type="button" @click=${this.#generate}>${t('connect.generate')}</button>
      </div>
      <div class="stack">
        ${[
          ['url', url] as const,
          ['token', this.#valueOf('token')] as const,
          ['aesKey', this.#valueOf('aesKey')] as const,
        ].map(([name, value]) =>
          copyLine(t(`connect.${name}`), value, what => (this.said = t('connect.copied', { what }))),
        )}
      </div>`
  }

  #after(step: ConnectStepName, isBusy: boolean): TemplateResult | '' {
    const { connect } = this
    if (connect!.emulated && (step === 'callback' || step === 'domain'))
      return html`<div>
        <button class="button" type="button" ?disabled=${isBusy} @click=${() => void this.#click(step)}>
          ${t(`connect.emulate.${step}`)}
        </button>
      </div>`
    if (step !== 'members' || connect!.members.length === 0) return ''
    return memberChoice(
      { members: connect!.members, chosen: this.chosen, hired: this.hired, isBusy },
      { choose: chosen => (this.chosen = chosen), hire: () => void this.#hire() },
    )
  }

  #input(
    name: Exclude<TypedName, 'secret' | 'account'>,
    { required, inputmode }: { required: boolean; inputmode?: 'numeric' },
  ) {
    return html`<div class="field">
      <label for="connect-${name}">${t(`connect.${name}`)}</label>
      <input
        id="connect-${name}"
        name=${name}
        autocomplete="off"
        spellcheck="false"
        inputmode=${inputmode ?? 'text'}
        ?required=${required}
        .value=${this.#valueOf(name)}
      />
    </div>`
  }

  #secret() {
    const { hasSecret } = this.connect!.typed
    return html`<div class="field">
      <label for="connect-secret">${t('connect.secret')}</label>
      <input
        id="connect-secret"
        name="secret"
        type="password"
        autocomplete="off"
        ?required=${!hasSecret}
        aria-describedby="connect-secret-hint"
        .value=${this.typed.secret ?? ''}
      />
      <span class="meta" id="connect-secret-hint">${hasSecret ? t('connect.secret-kept') : ''}</span>
    </div>`
  }

  #valueOf(name: Exclude<TypedName, 'secret'>): string {
    const kept = this.connect!.typed[name]
    return this.typed[name] ?? (kept === null ? '' : String(kept))
  }

  #type({ name, value }: HTMLInputElement): void {
    this.typed = { ...this.typed, [name]: value }
  }

  readonly #generate = () => {
    this.typed = { ...this.typed, ...newCallbackSecrets() }
  }

  #bodyOf(step: ConnectStepName): object {
    const value = (name: Exclude<TypedName, 'secret'>) => this.#valueOf(name).trim()
    if (step === 'account') {
      const account = this.typed.account ?? value('account')
      const first = this.connect!.accounts[0]?.openKfId
      return account || first ? { account: account || first } : {}
    }
    if (step === 'callback')
      return {
        ...{ publicUrl: value('publicUrl').replace(/\/+$/, '') },
        ...{ token: value('token'), aesKey: value('aesKey') },
      }
    if (step !== 'corp') return {}
    const { secret } = this.typed
    return {
      ...{ corpId: value('corpId'), agentId: Number(value('agentId')) },
      ...(secret && { secret: secret.trim() }),
      ...(!this.connect!.emulated && { baseUrl: value('baseUrl').replace(/\/+$/, '') }),
    }
  }

  #check(event: Event, step: ConnectStepName): Promise<void> {
    event.preventDefault()
    return this.#during(step, async () => {
      this.connect = await post(`/api/channels/wecom/steps/${step}`, this.#bodyOf(step))
      // Why: what was kept comes back with the answer; a secret does not, and is not typed twice.
      this.#clear(step)
    })
  }

  #click(step: 'callback' | 'domain'): Promise<void> {
    return this.#during(step, async () => {
      this.connect = await post('/api/emulator/console', { click: step })
    })
  }

  #hire(): Promise<void> {
    return this.#during('members', async () => {
      this.hired = await post('/api/channels/wecom/staff', { users: this.chosen })
      this.chosen = []
      this.connect = await get('/api/channels/wecom')
    })
  }

  async #during(step: ConnectStepName, work: () => Promise<void>): Promise<void> {
    this.busy = step
    this.faults = { ...this.faults, [step]: '' }
    try {
      await work()
    } catch (error) {
      this.faults = { ...this.faults, [step]: reasonOf(error) }
    } finally {
      this.busy = undefined
    }
  }

  /** WeCom calls when it likes: the step turns by itself. */
  async #look(): Promise<void> {
    const isWaiting = this.connect?.steps.some(
      ({ step, state }) => step === 'callback' && state !== 'pass' && state !== 'open',
    )
    if (!isWaiting || this.busy !== undefined) return
    // Why passed over: the next look comes soon, and what is shown stays true.
    this.connect = await get<ConnectReply>('/api/channels/wecom').catch(() => this.connect)
  }

  protected override async fetch(): Promise<void> {
    const connect = await get<ConnectReply>('/api/channels/wecom')
    this.typed = {
      ...(connect.typed.publicUrl === '' && { publicUrl: location.origin }),
      ...(connect.typed.token === '' && newCallbackSecrets()),
    }
    this.connect = connect
  }
}
