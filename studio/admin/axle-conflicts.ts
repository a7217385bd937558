import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ConflictReply, PlanReply } from '#core/wire'
import { post, reasonOf } from '../data/api.ts'
import { AxleElement } from '../parts/axle-element.ts'
import { language, t } from '../text/text.ts'

type How = 'keep' | 'take' | 'merge'
const ways: readonly How[] = ['keep', 'take', 'merge']
const sides = ['base', 'mine', 'theirs'] as const

interface Draft {
  readonly how: How
  readonly text: string
}

/**
 * Each place that the desk and a release both changed, with what the pack said before, what the desk says and what the release
 * says, to be answered one by one. Sends `axle-planned` with the plan as it is then.
 */
@customElement('axle-conflicts')
export class AxleConflicts extends AxleElement {
  @property({ attribute: false }) plan!: PlanReply
  @state() private drafts: Readonly<Record<string, Draft>> = {}
  @state() private said:
    { readonly place: string; readonly words: string; readonly isBad: boolean } | undefined
  @state() private busy = false

  override render() {
    const conflicts = this.plan.merge?.conflicts ?? []
    if (conflicts.length === 0) return nothing
    const open = conflicts.filter(({ choice }) => choice === null).length
    return html`<section class="stack" aria-labelledby="conflicts">
      <h3 id="conflicts">
        ${t('packs.conflicts')}
        ${
          open === 0
            ? html`<span class="chip done">${t('packs.conflicts.decided')}</span>`
            : html`<span class="chip urgent">${t('packs.conflicts.open', { open })}</span>`
        }
      </h3>
      <p class="meta">${t('packs.conflicts.hint')}</p>
      ${conflicts.map((conflict, index) => this.#conflict(conflict, index))}
    </section>`
  }

  #conflict(conflict: ConflictReply, index: number) {
    const { place, choice } = conflict
    const draft = this.drafts[place] ?? keptDraft(conflict)
    const said = this.said?.place === place ? this.said : undefined
    return html`<form data-conflict=${index} @submit=${(event: Event) => this.#decide(event, conflict)}>
      <fieldset class="card stack ${choice === null ? 'unmapped' : ''}">
        <legend>${conflict[language()]}</legend>
        <dl class="fields">
          ${sides.map(
            side =>
              html`<div class="field">
                <dt class="label">${t(`packs.conflicts.${side}`)}</dt>
                <dd>${textOf(conflict[side])}</dd>
              </div>`,
          )}
        </dl>
        <div class="actions">
          ${ways.map(
            how =>
              html`<label class="check">
                <input
                  type="radio"
                  name=${`how-${index}`}
                  required
                  .checked=${draft?.how === how}
                  @change=${() => this.#choose(conflict, { how, text: draft?.text ?? conflict.mine ?? '' })}
                />
                ${t(`packs.conflicts.${how}`)}
              </label>`,
          )}
        </div>
        ${
          draft?.how === 'merge'
            ? html`<label class="field">
                <span class="label">${t('packs.conflicts.text')}</span>
                <textarea
                  rows=${Math.min(draft.text.split('\n').length + 1, 20)}
                  spellcheck="false"
                  .value=${draft.text}
                  @input=${(event: Event) =>
                    this.#choose(conflict, {
                      how: 'merge',
                      text: (event.target as HTMLTextAreaElement).value,
                    })}
                ></textarea>
              </label>`
            : ''
        }
        <div>
          <button class="button" ?disabled=${this.busy || !draft}>${t('packs.conflicts.decide')}</button>
        </div>
        <div role="status">
          ${said ? html`<p class="notice ${said.isBad ? 'bad' : 'good'}">${said.words}</p>` : ''}
        </div>
      </fieldset>
    </form>`
  }

  #choose({ place }: ConflictReply, draft: Draft): void {
    this.drafts = { ...this.drafts, [place]: draft }
    if (this.said?.place === place) this.said = undefined
  }

  async #decide(event: Event, conflict: ConflictReply): Promise<void> {
    event.preventDefault()
    const { place } = conflict
    const draft = this.drafts[place] ?? keptDraft(conflict)
    if (!draft) return
    const { name, hash } = this.plan
    const { how, text } = draft
    this.busy = true
    try {
      const body = { hash, place, how, ...(how === 'merge' && { text }) }
      const plan = await post<PlanReply>(`/api/packs/${encodeURIComponent(name)}/conflicts`, body)
      const errors = plan.merge?.errors ?? 0
      const words = errors > 0 ? t('packs.conflicts.errors', { errors }) : t('packs.saved')
      this.said = { place, words, isBad: errors > 0 }
      this.dispatchEvent(new CustomEvent<PlanReply>('axle-planned', { detail: plan }))
    } catch (error) {
      this.said = { place, words: reasonOf(error), isBad: true }
    } finally {
      this.busy = false
    }
  }
}

function keptDraft({ choice, mine }: ConflictReply): Draft | undefined {
  return choice ? { how: choice.how, text: choice.text ?? mine ?? '' } : undefined
}

function textOf(text: string | null) {
  return text === null
    ? html`<span class="meta">${t('packs.conflicts.nothing')}</span>`
    : html`<pre class="written">${text}</pre>`
}
