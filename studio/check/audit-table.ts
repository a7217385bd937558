import { html, type TemplateResult } from 'lit'
import type { AuditReply } from '#core/wire'
import { timeText } from '../data/desk.ts'
import { language, t, tMaybe } from '../text/text.ts'

/** What administrators did and were refused, newest first. */
export function auditTable({ rows, brokenAt }: AuditReply): TemplateResult {
  if (rows.length === 0) return html`<p class="meta">${t('audit.empty')}</p>`
  return html`${
      brokenAt === null ? '' : html`<p class="notice bad">${t('audit.broken', { seq: brokenAt })}</p>`
    }
    <div class="scroll" tabindex="0" role="region" aria-label=${t('audit.title')}>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">${t('audit.at')}</th>
            <th scope="col">${t('audit.who')}</th>
            <th scope="col">${t('audit.what')}</th>
            <th scope="col">${t('audit.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ at, actor, action, target, data, says }) =>
              html`<tr>
                <td>${timeText(at)}</td>
                <td>${actor}</td>
                <td>
                  ${tMaybe(`audited.${action}`, action)}
                  <span class="meta"
                    >${action.includes('/:step') ? tMaybe(`connect.${target}`, target) : target}</span
                  >
                </td>
                <td>
                  ${
                    data.outcome === 'done'
                      ? doneText(data)
                      : html`<span class="chip urgent">${t('audit.refused')}</span>
                          ${says?.[language()] ?? data.code ?? ''}`
                  }
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}

const chips: Readonly<Record<string, string>> = { fail: 'urgent', warn: 'high', waiting: '', open: '' }

/**
 * Of what was done: of a check what it found; else what about, and which way, a text that somebody wrote as they wrote it.
 */
function doneText({ about, how, text, checked }: Readonly<Record<string, string>>): TemplateResult {
  if (checked !== undefined)
    return html`<span class="chip ${chips[checked] ?? 'done'}"
      >${tMaybe(`audit.checked.${checked}`, checked)}</span
    >`
  const done = html`<span class="chip done">${t('audit.done')}</span>`
  if (about === undefined) return done
  const way = how === undefined ? '' : tMaybe(`packs.conflicts.${how}`, how)
  return html`${done} ${about} · ${way}${text === undefined ? '' : html` <code>${text}</code>`}`
}
