import { html, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { PersonReply, StaffingReply } from '#core/wire'
import { api, post, put, reasonOf } from '../data/api.ts'
import { nameOf, roleName, type Desk } from '../data/desk.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { listOf, t } from '../text/text.ts'

/** What was done, and of somebody new, or who needs a new password, the path of their one-time link. */
export interface PersonSaved {
  readonly words: string
  readonly link?: string
}

type Names = 'roles' | 'teams' | 'skills'
interface Draft {
  readonly name: string
  readonly login: string
  readonly roles: readonly string[]
  readonly teams: readonly string[]
  readonly skills: readonly string[]
  readonly store: string | null
  readonly wecomUser: string | null
}
const nobody: Draft = { name: '', login: '', roles: [], teams: [], skills: [], store: null, wecomUser: null }

/** One member of staff to be written, somebody new where `person` is null. Sends `axle-saved` and `axle-closed`. */
@customElement('axle-person')
export class AxlePerson extends AxleElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) staffing!: StaffingReply
  @property({ attribute: false }) person: PersonReply | null = null
  @state() private draft: Draft = nobody
  @state() private fault = ''
  @state() private isSure = false
  @state() private busy = false

  @query('dialog') private dialog!: HTMLDialogElement | null

  override willUpdate(changes: Map<PropertyKey, unknown>): void {
    if (changes.has('person') && this.person) this.draft = this.person
  }

  override firstUpdated(): void {
    this.dialog?.showModal()
  }

  override render() {
    const { person, staffing } = this
    return html`<dialog
      aria-labelledby="person-title"
      @close=${() => this.dispatchEvent(new CustomEvent('axle-closed'))}
    >
      <form class="stack" novalidate @submit=${this.#save}>
        <h2 id="person-title">${person ? t('people.edit', { name: person.name }) : t('people.add')}</h2>
        <div class="fields">
          ${this.#text('name')} ${person ? '' : this.#text('login')} ${this.#text('wecomUser')}
          ${this.#store()}
        </div>
        ${this.#names('roles', ['admin', ...staffing.roles])} ${this.#names('teams', staffing.teams)}
        ${this.#names('skills', staffing.skills)} ${this.#noPack()}
        ${person && this.isSure ? this.#unheld(person) : ''}
        <div role="status">${this.fault === '' ? '' : html`<p class="notice bad">${this.fault}</p>`}</div>
        <div class="actions">
          <button class="button primary" ?disabled=${this.busy}>${t('people.save')}</button>
          <button class="button" type="button" @click=${() => this.dialog?.close()}>${t('cancel')}</button>
          ${person ? this.#others(person) : ''}
        </div>
      </form>
    </dialog>`
  }

  /** Roles, teams and skills come with a pack. */
  #noPack(): TemplateResult | '' {
    const { roles, teams, skills } = this.staffing
    if (roles.length + teams.length + skills.length > 0) return ''
    return html`<p class="notice">${t('people.no-pack')} <a href="/admin/packs">${t('packs.title')}</a></p>`
  }

  /** What nobody would do any more. */
  #unheld({ id, roles }: PersonReply): TemplateResult | '' {
    const last = roles.filter(
      role => !this.staffing.people.some(other => other.id !== id && other.roles.includes(role)),
    )
    if (last.length === 0) return ''
    const named = last.map(role => roleName(this.desk, role))
    return html`<p class="notice bad" role="alert">${t('people.leave-unheld', { roles: listOf(named) })}</p>`
  }

  #others(person: PersonReply) {
    return html`<button
        class="button quiet"
        type="button"
        ?disabled=${this.busy}
        @click=${() => void this.#link(person)}
      >
        ${t('people.new-link')}
      </button>
      ${
        this.isSure
          ? html`<button
              class="button"
              type="button"
              ?disabled=${this.busy}
              @click=${() => void this.#leave(person)}
            >
              ${t('people.leave-sure', { name: person.name, count: person.load })}
            </button>`
          : html`<button class="button quiet" type="button" @click=${() => (this.isSure = true)}>
              ${t('people.leave')}
            </button>`
      }`
  }

  #text(name: 'name' | 'login' | 'wecomUser') {
    const hint = name === 'name' ? '' : t(`people.${name}-hint`)
    return html`<div class="field">
      <label for="person-${name}">${t(`people.${name}`)}${name === 'wecomUser' ? '' : ' *'}</label>
      <input
        id="person-${name}"
        autocomplete="off"
        spellcheck="false"
        placeholder=${hint}
        .value=${this.draft[name] ?? ''}
        @input=${(event: Event) => this.#set({ [name]: (event.target as HTMLInputElement).value })}
      />
    </div>`
  }

  #store() {
    const { stores } = this.staffing
    if (stores.length === 0) return ''
    return html`<div class="field">
      <label for="person-store">${t('people.store')}</label>
      <select
        id="person-store"
        @change=${(event: Event) => this.#set({ store: (event.target as HTMLSelectElement).value || null })}
      >
        <option value="" ?selected=${this.draft.store === null}>${t('people.any-store')}</option>
        ${stores.map(
          ({ value, label }) =>
            html`<option value=${value} ?selected=${value === this.draft.store}>${label}</option>`,
        )}
      </select>
    </div>`
  }

  #names(kind: Names, names: readonly string[]): TemplateResult | '' {
    if (names.length === 0) return ''
    const { labels } = this.desk.vocabulary
    const now = this.draft[kind]
    const toggle = (name: string, on: boolean) =>
      this.#set({ [kind]: on ? [...now, name] : now.filter(one => one !== name) })
    return html`<fieldset class="card">
      <legend>${t(`people.${kind}`)}</legend>
      ${kind === 'roles' || names.length < 2 ? '' : this.#all(kind, names)}
      <div class="actions">
        ${names.map(
          name =>
            html`<label class="check">
              <input
                type="checkbox"
                .checked=${now.includes(name)}
                @change=${(event: Event) => toggle(name, (event.target as HTMLInputElement).checked)}
              />
              ${kind === 'roles' ? roleName(this.desk, name) : nameOf(labels, name)}
            </label>`,
        )}
      </div>
    </fieldset>`
  }

  #all(kind: Names, names: readonly string[]): TemplateResult {
    const button = (word: 'people.all' | 'people.none', chosen: readonly string[]) =>
      html`<button class="button quiet" type="button" @click=${() => this.#set({ [kind]: chosen })}>
        ${t(word)}<span class="hidden"> ${t(`people.${kind}`)}</span>
      </button>`
    return html`<div class="actions">${button('people.all', names)} ${button('people.none', [])}</div>`
  }

  #set(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change }
  }

  readonly #save = (event: Event) => {
    event.preventDefault()
    void this.#during(async () => {
      const { login, roles, teams, skills, store } = this.draft
      const name = this.draft.name.trim()
      const wecomUser = this.draft.wecomUser?.trim() || null
      if (name === '') throw new Error(t('people.name-missing'))
      const about = { name, roles, teams, skills, store, wecomUser }
      if (this.person) {
        await put(this.#path(this.person), about)
        return { words: t('people.saved', { name }) }
      }
      if (login.trim() === '') throw new Error(t('people.login-missing'))
      const { token } = await post<{ token: string }>('/api/staff', { ...about, login: login.trim() })
      return { words: t('people.added', { name }), link: `/setup?token=${token}` }
    })
  }

  #link(person: PersonReply): Promise<void> {
    return this.#during(async () => {
      const { link } = await post<{ link: string }>(`${this.#path(person)}/link`)
      return { words: t('people.linked', { name: person.name }), link }
    })
  }

  #leave(person: PersonReply): Promise<void> {
    return this.#during(async () => {
      const { passedOn } = await api<{ passedOn: number }>('DELETE', this.#path(person))
      return { words: t('people.left', { name: person.name, count: passedOn }) }
    })
  }

  async #during(work: () => Promise<PersonSaved>): Promise<void> {
    this.busy = true
    this.fault = ''
    try {
      this.dispatchEvent(new CustomEvent('axle-saved', { detail: await work() }))
    } catch (error) {
      this.fault = reasonOf(error)
      this.isSure = false
    } finally {
      this.busy = false
    }
  }

  #path({ id }: PersonReply): string {
    return `/api/staff/${encodeURIComponent(id)}`
  }
}
