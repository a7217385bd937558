import { html, type TemplateResult } from 'lit'
import type { PlaceRunReply, PlaceWantsReply, StopReply } from '#core/wire'
import { isAdmin, nameOf, timeText, type Desk } from '../data/desk.ts'
import { t } from '../text/text.ts'
import { roleName } from './timeline.ts'

/** How it is with the action of a place, and where whoever may do something about it does so. */
export function runOf(desk: Desk, run: PlaceRunReply): TemplateResult {
  const { state, pack, againAt } = run
  const action = actionName(desk, run)
  const stands = !isHeld(run) && state !== 'ended'
  const words = t(`run.${state}`, { action, time: againAt === null ? '' : timeText(againAt) })
  const [href, link] = isHeld(run) ? [packPage(pack), t('run.switch-on')] : ['/admin/actions', t('run.look')]
  const help = isAdmin(desk) ? html`<a href=${href}>${link}</a>` : stands ? '' : t('run.ask-admin')
  return html`<p class="notice">${words} ${help}</p>`
}

/** Whether nobody but an administrator can have the action run. */
export const isHeld = ({ state }: PlaceRunReply) => state === 'trial' || state === 'off'

/** That a ticket would stop at an action, said before it is led there. */
export function stopOf(desk: Desk, event: string, stop: StopReply): TemplateResult {
  const words = t(`run.ahead.${stop.state}`, { event, action: actionName(desk, stop) })
  const help = isAdmin(desk)
    ? html`<a href=${packPage(stop.pack)}>${t('run.switch-on')}</a>`
    : t('run.ahead-ask')
  return html`<p class="notice">${words} ${help}</p>`
}

const packPage = (pack: string) => `/admin/packs/${encodeURIComponent(pack)}`

export const actionName = (desk: Desk, { action }: Pick<PlaceRunReply, 'action'>) =>
  nameOf(desk.vocabulary.labels, action)

/** What a place that nobody holds asks for, and why nobody took it. */
export function wantsOf(desk: Desk, wants: PlaceWantsReply): TemplateResult {
  const { labels } = desk.vocabulary
  const { role, team, skill, store } = wants
  const words = t('wants.text', {
    role: roleName(desk, role),
    team: team === null ? '' : t('wants.team', { team: nameOf(labels, team) }),
    skill: skill === null ? '' : t('wants.skill', { skill: nameOf(labels, skill) }),
    store: store === null ? '' : t('wants.store', { store }),
    found: foundText(wants),
  })
  return html`<p>${words} ${isAdmin(desk) ? html`<a href="/admin/people">${t('wants.people')}</a>` : ''}</p>`
}

function foundText({ lacking, offShift, full, free, cap }: PlaceWantsReply): string {
  if (lacking) return t(`wants.lacking.${lacking}`)
  if (free > 0) return t('wants.free', { free })
  const params = { count: offShift + full, off: offShift, full, cap: cap ?? '' }
  return t(full === 0 ? 'wants.all-off' : offShift === 0 ? 'wants.all-full' : 'wants.none-free', params)
}
