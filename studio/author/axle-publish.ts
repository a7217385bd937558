import type { MissingReply, MoveGroupReply, MovePlanReply, PublishPlanReply } from '#core/wire'
import { html, type TemplateResult } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { AxleElement } from '../parts/axle-element.ts'
import { listOf, t } from '../text/text.ts'

/** Of so many changes and groups each the words are shown; the rest is counted. */
const MAX_SHOWN = 50

/**
 * What publishing will do, before it is done: what changes, and what becomes of the tickets in flight. Confirmed it sends
 * `axle-confirm`; the plan given opens it.
 */
@customElement('axle-publish')
export class AxlePublish extends AxleElement {
  @property({ attribute: false }) plan: PublishPlanReply | undefined

  @query('dialog') private dialog!: HTMLDialogElement | null

  override updated(): void {
    if (this.plan && this.dialog && !this.dialog.open) this.dialog.showModal()
  }

  override render() {
    if (!this.plan) return html``
    return html`<dialog class="publish" aria-labelledby="publish-title" @close=${this.#closed}>
      <form method="dialog" class="stack">
        <h2 id="publish-title">${t('publish.title')}</h2>
        <div class="publish-body" tabindex="0">${changesOf(this.plan)} ${movesOf(this.plan.moves)}</div>
        <div class="actions">
          <button class="button primary" value="publish">${t('publish.confirm')}</button>
          <button class="button" value="cancel">${t('publish.cancel')}</button>
        </div>
      </form>
    </dialog>`
  }

  readonly #closed = () => {
    this.plan = undefined
    const { returnValue } = this.dialog!
    this.dispatchEvent(new CustomEvent(returnValue === 'publish' ? 'axle-confirm' : 'axle-cancel'))
  }
}

function changesOf({ changes }: PublishPlanReply): TemplateResult {
  const rest = changes.length - MAX_SHOWN
  const tone = { safe: 'good', auto: 'good', mapping: 'warn', breaking: 'bad' } as const
  return html`<h3>${t('publish.changes', { count: changes.length })}</h3>
    <ul class="rows">
      ${changes.slice(0, MAX_SHOWN).map(
        change =>
          html`<li>
            <span class="chip ${tone[change.class]}">${t(`publish.class.${change.class}`)}</span>
            ${change.message}
          </li>`,
      )}
      ${rest > 0 ? html`<li class="meta">${t('publish.more', { count: rest })}</li>` : ''}
    </ul>`
}

function movesOf({ auto, stays, needsMapping, unsaid, groups }: MovePlanReply): TemplateResult {
  const counts = [
    ['auto', auto],
    ['needs-mapping', needsMapping],
    ['stays', stays + unsaid],
  ] as const
  if (groups.length === 0)
    return html`<h3>${t('publish.moves')}</h3>
      <p class="meta">${t('publish.moves-none')}</p>`
  return html`<h3>${t('publish.moves')}</h3>
    <dl class="publish-counts">
      ${counts.map(
        ([move, count]) =>
          html`<div data-move=${move}>
            <dt>${t(`publish.move.${move}`)}</dt>
            <dd>${count}</dd>
          </div>`,
      )}
    </dl>
    <ul class="rows">
      ${groups.slice(0, MAX_SHOWN).map(group => html`<li>${groupText(group)}</li>`)}
    </ul>`
}

function groupText({ ticket, places, from, count, numbers, ...group }: MoveGroupReply): string {
  const shown = listOf(numbers.map(number => `#${number}`))
  const head = t('publish.group', { ticket, places: listOf(places), from, count, numbers: shown })
  return `${head} ${fateOf({ from, ...group })}`
}

function fateOf({
  move,
  from,
  to,
  because,
  missing,
  fits,
}: Pick<MoveGroupReply, 'move' | 'from' | 'to' | 'because' | 'missing' | 'fits'>): string {
  if (move === 'auto') return to.length > 0 ? t('publish.goes-to', { to: listOf(to) }) : t('publish.goes-on')
  if (move === 'needs-mapping') return t('publish.lacks', { missing: missingText(missing) })
  if (fits) return t('publish.unsaid-fits', { from })
  return t(
    because === 'running-action' ? 'publish.waits' : move === 'unsaid' ? 'publish.unsaid' : 'publish.drains',
  )
}

/** What has no place in the new version, `节点「审核」`. */
export function missingText(missing: readonly MissingReply[]): string {
  return listOf(missing.map(({ what, name }) => t(`publish.missing.${what}`, { name })))
}
