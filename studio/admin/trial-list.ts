import { html, type TemplateResult } from 'lit'
import type { TrialReply, VocabularyReply } from '#core/wire'
import { timeText } from '../data/desk.ts'
import { listOf, t } from '../text/text.ts'
import { actName } from './act-name.ts'

/** What would have gone out: how much of each act, then message by message and run by run. */
export function trialList(
  { counts, off, sends, runs }: TrialReply,
  labels: VocabularyReply['labels'],
): TemplateResult {
  const acts = Object.entries(counts)
  if (acts.length === 0) return html`<p class="meta">${t('packs.trial-nothing')}</p>`
  const sums = (all: readonly (readonly [string, number])[]) =>
    listOf(
      all.flatMap(([act, count]) => (count > 0 ? t('act.count', { act: actName(labels, act), count }) : [])),
    )
  const inTrial = sums(acts.map(([act, count]) => [act, count - (off[act] ?? 0)]))
  const switchedOff = sums(Object.entries(off))
  const rows = [
    ...sends.map(one => ({ ...one, what: one.text, whom: one.to })),
    ...runs.map(one => ({ ...one, what: inputText(one.input), whom: '' })),
  ].sort((a, b) => b.at - a.at)
  return html`${inTrial === '' ? '' : html`<p>${t('packs.trial-held', { acts: inTrial })}</p>`}
    ${switchedOff === '' ? '' : html`<p>${t('packs.off-held', { acts: switchedOff })}</p>`}
    <details>
      <summary>${t('packs.trial-list', { count: rows.length })}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('packs.trial-table')}>
        <table class="rows">
          <caption class="hidden">
            ${t('packs.trial-table')}
          </caption>
          <thead>
            <tr>
              <th scope="col">${t('packs.trial-at')}</th>
              <th scope="col">${t('packs.trial-act')}</th>
              <th scope="col">${t('packs.trial-to')}</th>
              <th scope="col">${t('packs.trial-what')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ at, act, reason, whom, what, number }) =>
                html`<tr>
                  <td>${timeText(at)}</td>
                  <td>${actName(labels, act)} <span class="meta">${t(`packs.held.${reason}`)}</span></td>
                  <td>${whom}${number === null ? '' : html` <span class="meta">#${number}</span>`}</td>
                  <td>${what}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`
}

function inputText(input: Readonly<Record<string, unknown>>): string {
  return listOf(
    Object.entries(input).map(
      ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
  )
}
