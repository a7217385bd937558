import { html, type TemplateResult } from 'lit'
import type { StaffingReply, VocabularyReply } from '#core/wire'
import { nameOf } from '../data/desk.ts'
import { listOf, t } from '../text/text.ts'

/** Which teams the pack assigns to that have nobody of the role, role by role, with the way to fill them; nothing when none is. */
export function unstaffedTeams(
  { unstaffed }: StaffingReply,
  labels: VocabularyReply['labels'],
): TemplateResult | '' {
  const byRole = new Map<string, Set<string>>()
  for (const { role, team } of unstaffed)
    if (team !== null) byRole.set(role, (byRole.get(role) ?? new Set()).add(team))
  if (byRole.size === 0) return ''
  const lines = [...byRole].map(([role, teams]) => {
    const named = [...teams].map(team => nameOf(labels, team))
    return html`<li>${t('packs.unstaffed-team', { role: nameOf(labels, role), teams: listOf(named) })}</li>`
  })
  return html`<div class="notice" data-unstaffed>
    <p>${t('packs.unstaffed')} <a href="/admin/people">${t('nav.people')}</a></p>
    <ul>
      ${lines}
    </ul>
  </div>`
}
