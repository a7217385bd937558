import type { MoveProgressReply, TestRunReply, VersionReply } from '#core/wire'
import { html, type TemplateResult } from 'lit'
import { timeText } from '../data/desk.ts'
import { listOf, t, tMaybe } from '../text/text.ts'
import type { Finding } from '../worker/messages.ts'
import { missingText } from './axle-publish.ts'

export type GoTo = (file: string, line: number) => void

/** What the checker found, in words with the next step; a click goes to the place. */
export function problemsPanel(findings: readonly Finding[], goTo: GoTo): TemplateResult {
  if (findings.length === 0) return html`<p class="meta">${t('author.no-problems')}</p>`
  return html`<ul class="rows">
    ${findings.map(
      ({ code, severity, file, range, message, help }) =>
        html`<li class=${severity}>
          <button type="button" class="row" @click=${() => goTo(file, range.startLine)}>
            <span class="chip ${severity === 'error' ? 'bad' : 'warn'}">${t(`author.${severity}`)}</span>
            <span>${message}</span>
            <span class="meta">${code} · ${t('author.line', { file, line: range.startLine })}</span>
            <span class="meta">${help}</span>
          </button>
        </li>`,
    )}
  </ul>`
}

export type TestState = TestRunReply | 'running' | { readonly failed: string } | undefined

/** How the tests of the text as it is seen went. */
export function testsPanel(run: TestState, actions: { goTo: GoTo; start: () => void }): TemplateResult {
  const isRunning = run === 'running'
  return html`<div class="actions">
      <button class="button" type="button" ?disabled=${isRunning} @click=${actions.start}>
        ${t('author.run')}
      </button>
      <span role="status">${summaryOf(run)}</span>
    </div>
    ${typeof run === 'object' && 'results' in run ? resultRows(run, actions.goTo) : ''}`
}

function summaryOf(run: TestState): string {
  if (run === undefined) return t('author.tests-none')
  if (run === 'running') return t('author.running')
  if ('failed' in run) return run.failed
  if (run.findings.some(({ severity }) => severity === 'error')) return t('author.tests-errors')
  const passed = run.results.filter(result => result.passed).length
  return t('author.tests-result', { passed, failed: run.results.length - passed })
}

function resultRows({ results }: TestRunReply, goTo: GoTo): TemplateResult {
  const failedFirst = [...results].sort((a, b) => Number(a.passed) - Number(b.passed))
  return html`<ul class="rows">
    ${failedFirst.map(result => {
      const { name, passed, file, line } = result
      return html`<li class=${passed ? 'passed' : 'error'}>
        <button type="button" class="row" @click=${() => goTo(file, line)}>
          <span class="chip ${passed ? 'good' : 'bad'}"
            >${t(passed ? 'author.passed' : 'author.failed')}</span
          >
          <span>${name}</span>
          <span class="meta">${t('author.line', { file, line })}</span>
          ${whatCame(result).map(text => html`<span class="meta">${text}</span>`)}
        </button>
      </li>`
    })}
  </ul>`
}

function whatCame({ differences, reason, detail, standing }: TestRunReply['results'][number]): string[] {
  const came = Object.entries(differences).map(([name, { expected, actual }]) =>
    t('author.expected', { name, expected: valueText(expected), actual: valueText(actual) }),
  )
  const why = reason === null ? [] : [tMaybe(`author.why.${reason}`, reason, { detail })]
  const at = standing.length > 0 ? [t('author.standing', { places: listOf(standing) })] : []
  return [...came, ...why, ...at]
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return t('author.none')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Every version, the newest first; any other than the one that serves can be made to serve again. */
export function versionsPanel(
  versions: readonly VersionReply[],
  {
    rollBack,
    isBusy,
    moves,
  }: { rollBack: (seq: number) => void; isBusy: boolean; moves: MoveProgressReply | undefined },
): TemplateResult {
  const serving = versions.find(({ current }) => current)?.hash
  return html`<ul class="rows">
    ${versions.map(
      ({ seq, by, at, current, hash, stores }) =>
        html`<li class="version">
          <strong>${t('author.version', { seq })}</strong>
          ${current ? html`<span class="chip good">${t('author.current')}</span>` : ''}
          ${current ? progressOf(moves) : ''} ${storesOf(stores)}
          <span class="meta">${t('author.by', { by: by ?? t('author.none'), time: timeText(at) })}</span>
          <span class="meta">${hash.slice(0, 8)}</span>
          ${
            hash === serving
              ? ''
              : html`<button class="button" type="button" ?disabled=${isBusy} @click=${() => rollBack(seq)}>
                  ${t('author.roll-back')}
                </button>`
          }
        </li>`,
    )}
  </ul>`
}

/** That a version was for some stores first; nothing where it is for all. */
function storesOf(stores: VersionReply['stores']): TemplateResult | '' {
  if (stores === null) return ''
  const said = stores.length === 0 ? t('author.taken-back') : t('author.staged', { count: stores.length })
  return html`<span class="chip">${said}</span>`
}

/** How far the tickets in flight are on their way to the version that serves; nothing when it moves none. */
function progressOf(moves: MoveProgressReply | undefined): TemplateResult | '' {
  if (!moves) return ''
  const { unmapped, superseded: _, ...counts } = moves
  if (Object.values(counts).every(count => count === 0)) return ''
  return html`<span class="meta" role="status">${t('publish.progress', counts)}</span> ${unmapped.map(
      ({ number, missing }) =>
        html`<span class="meta">${t('publish.unmapped', { number, missing: missingText(missing) })}</span>`,
    )}`
}
