import { html, type TemplateResult } from 'lit'
import type { ConnectReply, HiredReply } from '#core/wire'
import { listOf, t } from '../text/text.ts'

interface Choice {
  readonly members: ConnectReply['members']
  readonly chosen: readonly string[]
  readonly hired: readonly HiredReply[]
  readonly isBusy: boolean
}

/** The members the application sees, to be taken on as staff; who was just taken on is shown with their link. */
export function memberChoice(
  { members, chosen, hired, isBusy }: Choice,
  { choose, hire }: { choose: (users: readonly string[]) => void; hire: () => void },
): TemplateResult {
  const toggle = (userId: string, on: boolean) =>
    choose(on ? [...chosen, userId] : chosen.filter(one => one !== userId))
  return html`<fieldset class="card stack">
      <legend>${t('connect.member.choose')}</legend>
      <div class="actions">
        ${members.map(
          ({ userId, name, departments, hired: isStaff }) =>
            html`<label class="check">
              <input
                type="checkbox"
                ?disabled=${isStaff}
                .checked=${isStaff || chosen.includes(userId)}
                @change=${(event: Event) => toggle(userId, (event.target as HTMLInputElement).checked)}
              />
              ${name}
              <span class="meta">${isStaff ? t('connect.member.hired') : listOf(departments)}</span>
            </label>`,
        )}
      </div>
      <div>
        <button class="button" type="button" ?disabled=${isBusy || chosen.length === 0} @click=${hire}>
          ${t('connect.hire')}
        </button>
      </div>
    </fieldset>
    <div role="status">
      ${
        hired.length === 0
          ? ''
          : html`<p>${t('connect.hired')}</p>
              <ul class="rows">
                ${hired.map(
                  ({ name, login, link }) =>
                    html`<li>${name}（${login}） <code class="value">${location.origin}${link}</code></li>`,
                )}
              </ul>`
      }
    </div>`
}
