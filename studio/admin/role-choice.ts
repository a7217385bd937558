import { html, type TemplateResult } from 'lit'
import type { VocabularyReply } from '#core/wire'
import { nameOf, type Desk } from '../data/desk.ts'
import { t } from '../text/text.ts'

/** Who holds each role: ids of people, and names of departments. */
export interface Holders {
  readonly roles: Readonly<Record<string, readonly string[]>>
  readonly departments: Readonly<Record<string, readonly string[]>>
}

/** The people and departments that hold one role, to be ticked; red while nobody does. */
export function roleChoice(
  {
    desk,
    labels,
    role,
    holders,
  }: {
    readonly desk: Desk
    readonly labels: VocabularyReply['labels']
    readonly role: string
    readonly holders: Holders
  },
  change: (holders: Holders) => void,
): TemplateResult {
  const people = holders.roles[role] ?? []
  const departments = holders.departments[role] ?? []
  const all = [...new Set(desk.staff.flatMap(person => person.departments))].sort()
  const held = desk.staff.filter(
    ({ id, departments: mine }) => people.includes(id) || mine.some(one => departments.includes(one)),
  )
  const box = (label: string, on: boolean, set: (on: boolean) => void) =>
    html`<label class="check">
      <input
        type="checkbox"
        .checked=${on}
        @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
      />
      ${label}
    </label>`
  const toggle = (kind: keyof Holders, now: readonly string[], one: string) => (on: boolean) =>
    change({
      ...holders,
      [kind]: { ...holders[kind], [role]: on ? [...now, one] : now.filter(x => x !== one) },
    })
  return html`<fieldset class="card stack ${held.length === 0 ? 'unmapped' : ''}">
    <legend>
      ${nameOf(labels, role)}
      ${
        held.length === 0
          ? html`<span class="chip urgent">${t('packs.roles.unmapped')}</span>`
          : html`<span class="chip done">${t('packs.roles.count', { count: held.length })}</span>`
      }
    </legend>
    <div class="actions">
      ${desk.staff.map(({ id, name }) => box(name, people.includes(id), toggle('roles', people, id)))}
    </div>
    ${
      all.length === 0
        ? ''
        : html`<div class="actions">
            <span class="meta">${t('packs.roles.departments')}</span>
            ${all.map(one => box(one, departments.includes(one), toggle('departments', departments, one)))}
          </div>`
    }
  </fieldset>`
}

/** Who holds each role already: by the mapping that was kept, else whoever has it. */
export function holdersOf(desk: Desk, names: readonly string[], { roles, departments }: Holders): Holders {
  const isKept = (role: string) => Object.hasOwn(roles, role) || Object.hasOwn(departments, role)
  const holding = (role: string) => desk.staff.filter(one => one.roles.includes(role)).map(({ id }) => id)
  const others = names.filter(role => !isKept(role)).map(role => [role, holding(role)] as const)
  return { roles: { ...roles, ...Object.fromEntries(others) }, departments }
}
