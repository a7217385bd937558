import { html, type TemplateResult } from 'lit'
import type { PermissionReply, PlanReply } from '#core/wire'
import { nameOf } from '../data/desk.ts'
import { language, listOf, t } from '../text/text.ts'

const kinds: readonly PermissionReply['kind'][] = ['read', 'write', 'call', 'personal', 'send']

/** What an installation would do, in sentences: what the pack may do by kind, whom it reaches, its tests, tickets in flight. */
export function planCard(plan: PlanReply, isUpgrade: boolean): TemplateResult {
  const { tickets, openTickets, moves, merge, affects, clashes, wants } = plan
  const inFlight = { count: openTickets, auto: moves.auto, mapping: moves.needsMapping }
  const rows: (readonly [string, string | TemplateResult])[] = [
    [t('packs.plan.tickets'), listOf(tickets.map(ticket => nameOf(plan.labels, ticket)))],
    [t('packs.plan.affects'), t('packs.plan.affects-text', { ...affects })],
    [t('packs.plan.tests'), testsText(plan)],
    ...(wants.length > 0 ? [[t('packs.plan.wants'), wantsText(plan, isUpgrade)] as const] : []),
    [t('packs.plan.open-tickets'), t('packs.plan.open-tickets-text', inFlight)],
    ...sharedRows(plan),
    ...(merge ? [[t('packs.plan.own'), ownText(merge)] as const] : []),
  ]
  return html`${
      clashes.length === 0
        ? ''
        : html`<div class="notice bad" role="alert">
            <p>${t('packs.plan.clashes')}</p>
            <ul class="rows">
              ${clashes.map(one => html`<li>${one[language()]}</li>`)}
            </ul>
          </div>`
    }
    ${plan.draft ? html`<p class="notice bad">${t('packs.plan.draft')} <a href="/author">${t('nav.author')}</a></p>` : ''}
    <div class="fields">${kinds.map(kind => permissionsOfKind(plan, kind, isUpgrade))}</div>
    <dl class="fields">
      ${rows.map(
        ([label, value]) =>
          html`<div class="field">
            <dt class="label">${label}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${changesOf(plan)}`
}

/** What it shares with the other packs of the desk, where there are any. */
function sharedRows({
  shared: { roles, entities },
  labels,
}: PlanReply): (readonly [string, TemplateResult])[] {
  const named = (names: readonly string[]) => ({ names: listOf(names.map(name => nameOf(labels, name))) })
  if (roles.length + entities.length === 0) return []
  const text = html`${roles.length > 0 ? html`<p>${t('packs.plan.shared-roles', named(roles))}</p>` : ''}
  ${entities.length > 0 ? html`<p>${t('packs.plan.shared-entities', named(entities))}</p>` : ''}`
  return [[t('packs.plan.shared'), text]]
}

/** Of so many changes each the words are shown; the rest is counted. */
const MAX_CHANGES = 100

/** What would differ in meaning from what runs; nothing where nothing runs. */
function changesOf({ runs, changes }: PlanReply): TemplateResult | '' {
  if (runs === null || changes.length === 0) return ''
  const rest = changes.length - MAX_CHANGES
  return html`<details data-changes>
    <summary>${t('packs.plan.changes', { runs, count: changes.length })}</summary>
    <ul class="rows">
      ${changes.slice(0, MAX_CHANGES).map(one => html`<li>${one[language()]}</li>`)}
      ${rest > 0 ? html`<li class="meta">${t('publish.more', { count: rest })}</li>` : ''}
    </ul>
  </details>`
}

function permissionsOfKind(
  { permissions }: PlanReply,
  kind: PermissionReply['kind'],
  isUpgrade: boolean,
): TemplateResult | '' {
  const mine = permissions.filter(one => one.kind === kind)
  if (mine.length === 0) return ''
  const tone = kind === 'personal' ? 'high' : ''
  return html`<section data-permissions=${kind}>
    <h3>
      ${t(`packs.may.${kind}`)}
      ${tone ? html`<span class="chip ${tone}">${t('packs.may.careful')}</span>` : ''}
    </h3>
    <ul class="rows">
      ${mine.map(
        one =>
          html`<li>
            ${one[language()]}
            ${isUpgrade && one.isNew ? html`<span class="chip urgent">${t('packs.may.new')}</span>` : ''}
          </li>`,
      )}
    </ul>
  </section>`
}

/** Which records are still to come, and where they are written. */
function wantsText({ wants, labels }: PlanReply, isUpgrade: boolean): TemplateResult {
  const named = wants.map(({ entity, forms }) =>
    t('packs.plan.wants-one', {
      entity: nameOf(labels, entity),
      forms: listOf(forms.map(form => nameOf(labels, form))),
    }),
  )
  return html`${listOf(named)}
    <p>
      ${isUpgrade ? html`<a href="/admin/records">${t('packs.plan.wants-go')}</a>` : t('packs.plan.wants-later')}
    </p>`
}

function testsText({ tests: { passed, failed }, merge }: PlanReply): string {
  if (merge && merge.errors > 0) return t('packs.plan.tests-not-run')
  if (failed.length === 0) return t('packs.plan.tests-passed', { passed })
  return t('packs.plan.tests-failed', { failed: listOf(failed) })
}

/** What becomes of what the desk changed itself: first what keeps the release from being installed. */
function ownText({
  conflicts,
  closed,
  errors,
  findings,
  broken,
}: NonNullable<PlanReply['merge']>): string | TemplateResult {
  const open = conflicts.filter(({ choice }) => choice === null)
  if (open.length > 0) return t('packs.plan.own-conflicts', { count: open.length })
  if (closed.length > 0)
    return t('packs.plan.own-closed', { closed: listOf(closed.map(one => one[language()])) })
  if (errors > 0)
    return html`${t('packs.plan.own-errors', { errors })}
      <ul>
        ${findings.map(one => html`<li>${one[language()]}</li>`)}
      </ul>`
  if (broken.length > 0) return t('packs.plan.own-broken', { tests: listOf(broken) })
  if (conflicts.length > 0) return t('packs.plan.own-decided', { count: conflicts.length })
  return t('packs.plan.own-kept')
}
