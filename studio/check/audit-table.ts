import { html, type TemplateResult } from 'lit'
import type { AuditReply } from '#core/wire'
import { nameOf, timeText, type Desk } from '../data/desk.ts'
import { language, t, tMaybe } from '../text/text.ts'

/** What administrators did and were refused, newest first. */
export function auditTable({ rows, brokenAt }: AuditReply, desk: Desk): TemplateResult {
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
                  <span class="meta">${targetText(action, target, desk)}</span>
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

/** What was acted on, as people call it: a step of connecting, a kind of records with the key, an action, else as it is. */
function targetText(action: string, target: string, { vocabulary: { labels } }: Desk): string {
  if (action.includes('/:step')) return tMaybe(`connect.${target}`, target)
  const [first = '', ...rest] = target.split(' ')
  if (action.includes('/dead/:id')) return first
  const isNamed = action.includes('/:entity') || action.includes('/actions/runs/')
  return isNamed ? [nameOf(labels, first), ...rest].join(' ') : target
}

/** What came of a file of records: looked at alone, or written. */
function importText(how: string | undefined, counts: string): TemplateResult {
  const [, added = 0, changed = 0] = (/^\+(\d+) ~(\d+)/.exec(counts) ?? []).map(Number)
  if (how === 'dry') return html`<span class="chip">${t('audit.import.dry')}</span>`
  if (added + changed === 0) return html`<span class="chip">${t('audit.import.same')}</span>`
  return html`<span class="chip done">${t('audit.done')}</span>
    ${t('audit.import.written', { added, changed })}`
}

const chips: Readonly<Record<string, string>> = { fail: 'urgent', warn: 'high', waiting: '', open: '' }

/**
 * Of what was done: of a check what it found; else what about, and which way, a text that somebody wrote as they wrote it.
 */
function doneText({
  about,
  how,
  way,
  text,
  checked,
  counts,
}: Readonly<Record<string, string>>): TemplateResult {
  if (checked !== undefined)
    return html`<span class="chip ${chips[checked] ?? 'done'}"
      >${tMaybe(`audit.checked.${checked}`, checked)}</span
    >`
  if (counts !== undefined) return importText(how, counts)
  const done = html`<span class="chip done">${t('audit.done')}</span>`
  if (about === undefined) return done
  const chosen =
    how !== undefined
      ? tMaybe(`packs.conflicts.${how}`, how)
      : way !== undefined
        ? tMaybe(`audit.rollout.${way}`, way)
        : ''
  const said = [about, chosen].filter(one => one !== '').join(' · ')
  return html`${done} ${said}${text === undefined ? '' : html` <code>${text}</code>`}`
}
