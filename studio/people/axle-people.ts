import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { PersonReply, StaffingReply } from '#core/wire'
import { get, put, reasonOf } from '../data/api.ts'
import { nameOf, roleName, type Desk } from '../data/desk.ts'
import { AdminPage } from '../parts/admin-page.ts'
import { copyLine } from '../parts/copy-line.ts'
import { listOf, t, tMaybe } from '../text/text.ts'
import './axle-person.ts'
import type { PersonSaved } from './axle-person.ts'

/** The people of a desk: what each is, who is on shift, and what the pack asks for that nobody is. */
@customElement('axle-people')
export class AxlePeople extends AdminPage {
  protected override readonly current = 'people'
  @state() private staffing: StaffingReply | undefined
  @state() private said: PersonSaved | undefined
  @state() private copied = ''
  /** Who is being written: `null` somebody new. */
  @state() private open: PersonReply | null | undefined

  protected override content(desk: Desk): TemplateResult | undefined {
    const { staffing } = this
    if (!staffing) return undefined
    return html`<div class="head">
        <h1>${t('people.title')}</h1>
        <button class="button primary" type="button" @click=${() => (this.open = null)}>
          ${t('people.add')}
        </button>
      </div>
      <div class="stack">
        <p class="meta">${t('people.hint')} <a href="/admin/connect">${t('people.from-wecom')}</a></p>
        <div role="status">${this.said ? this.#told(this.said) : ''}</div>
        ${this.#missing(desk, staffing)} ${this.#table(desk, staffing)}
      </div>
      ${
        this.open === undefined
          ? ''
          : html`<axle-person
              .desk=${desk}
              .staffing=${staffing}
              .person=${this.open}
              @axle-saved=${this.#saved}
              @axle-closed=${() => (this.open = undefined)}
            ></axle-person>`
      }`
  }

  #told({ words, link }: PersonSaved) {
    return html`<div class="notice good stack">
      <p>${words}</p>
      ${link === undefined ? '' : copyLine(t('people.link'), location.origin + link, this.#copied)}
      ${this.copied === '' ? '' : html`<p>${t('connect.copied', { what: this.copied })}</p>`}
    </div>`
  }

  #missing({ vocabulary: { labels } }: Desk, { roles, people, unstaffed, waiting }: StaffingReply) {
    const unheld = roles.filter(role => !people.some(person => person.roles.includes(role)))
    const places = unstaffed
      .filter(({ role }) => !unheld.includes(role))
      .map(({ place, role, team, skill }) => {
        const asked = [role, team, skill].filter(one => one !== null).map(one => nameOf(labels, one))
        return t('people.unstaffed-place', { place: nameOf(labels, place), asked: asked.join(' · ') })
      })
    return html`${
      unheld.length === 0
        ? ''
        : html`<p class="notice bad">
            ${t('people.unheld', { roles: listOf(unheld.map(role => nameOf(labels, role))) })}
          </p>`
    }
    ${
      places.length === 0
        ? ''
        : html`<details class="notice">
            <summary>${t('people.unstaffed', { count: places.length })}</summary>
            <ul>
              ${[...new Set(places)].map(place => html`<li>${place}</li>`)}
            </ul>
          </details>`
    }
    ${
      waiting === 0
        ? ''
        : html`<p class="notice">
            ${t('people.waiting', { count: waiting })} <a href="/desk">${t('people.to-desk')}</a>
          </p>`
    }`
  }

  #table(desk: Desk, { people }: StaffingReply) {
    const heads = ['name', 'roles', 'teams', 'skills', 'store', 'load', 'shift'] as const
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('people.title')}>
      <table class="rows people">
        <thead>
          <tr>
            ${heads.map(head => html`<th scope="col">${t(`people.${head}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${people.map(person => this.#row(desk, person))}
        </tbody>
      </table>
    </div>`
  }

  #row(desk: Desk, person: PersonReply) {
    const { labels } = desk.vocabulary
    const { id, name, login, roles, teams, skills, store, load, onShift, wecomUser, hasPassword } = person
    const named = (names: readonly string[]) => listOf(names.map(one => nameOf(labels, one)))
    const storeName = this.staffing?.stores.find(({ value }) => value === store)?.label ?? store
    return html`<tr data-staff=${id}>
      <td>
        <button class="button quiet" type="button" @click=${() => (this.open = person)}>${name}</button>
        <span class="meta">${login}</span>
        ${hasPassword ? '' : html`<span class="chip high">${t('people.no-password')}</span>`}
        ${wecomUser === null ? html`<span class="chip">${t('people.no-wecom')}</span>` : ''}
      </td>
      <td>${listOf(roles.map(role => roleName(desk, role)))}</td>
      <td>${named(teams)}</td>
      <td>${named(skills)}</td>
      <td>${storeName ?? ''}</td>
      <td class="number">${load}</td>
      <td>
        <label class="check">
          <input
            type="checkbox"
            aria-label=${t('people.on-shift', { name })}
            .checked=${onShift}
            @change=${(event: Event) => void this.#shift(person, (event.target as HTMLInputElement).checked)}
          />
          ${tMaybe(`people.shift-${onShift}`, '')}
        </label>
      </td>
    </tr>`
  }

  async #shift({ id }: PersonReply, onShift: boolean): Promise<void> {
    try {
      await put(`/api/staff/${encodeURIComponent(id)}`, { onShift })
      await this.load()
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }

  readonly #copied = (what: string) => (this.copied = what)

  readonly #saved = (event: Event) => {
    this.said = (event as CustomEvent<PersonSaved>).detail
    this.copied = ''
    this.open = undefined
    void this.load()
  }

  protected override async fetch(): Promise<void> {
    this.staffing = await get<StaffingReply>('/api/staffing')
  }
}
