import { html, type TemplateResult } from 'lit'
import type { ActionRunReply } from '#core/wire'
import { listOf, t, tMaybe } from '../text/text.ts'

/** Whether it may be tried again: it ended, failed, and its ticket has not gone on without it. */
export const canRunAgain = ({ state, outcome, waits }: ActionRunReply): boolean =>
  state === 'done' && outcome === 'fault' && waits

/** That an older version's code runs, as its ticket is under it; nothing where it is the one that serves. */
export const olderCode = ({ version, serves }: Pick<ActionRunReply, 'version' | 'serves'>): string =>
  version < serves ? t('runs.older', { version, serves }) : ''

/** A run: what went in, what came of it, what it took, and where it failed. */
export function runCard(
  run: ActionRunReply,
  about: { readonly label: string; readonly time: string; readonly again: TemplateResult | '' },
): TemplateResult {
  const { id, state, ticket, number, node, attempts, hidden } = run
  return html`<li class="card stack" data-run=${id} data-state=${state}>
    <div class="head">
      <h3>${about.label}</h3>
      ${stateChip(run)}
    </div>
    <p class="meta">
      ${about.time} · <a href="/desk/${ticket}">${t('runs.ticket', { number })}</a> · ${node} ·
      ${t('runs.version', { version: run.version })} · ${t('runs.attempts', { attempts })}
    </p>
    ${canRunAgain(run) && olderCode(run) !== '' ? html`<p class="notice">${olderCode(run)}</p>` : ''}
    ${run.detail === null || run.detail === 'trial' ? '' : html`<p class="notice bad">${faultText(run.detail)}</p>`}
    ${
      hidden.length === 0
        ? ''
        : html`<p class="notice" data-withheld>${t('runs.withheld', { names: withheldNames(hidden) })}</p>`
    }
    ${values('runs.input', run.input)} ${run.output ? values('runs.output', run.output) : ''} ${cost(run)}
    ${
      run.stack === null
        ? ''
        : html`<details open>
            <summary>${t('runs.stack')}</summary>
            <pre class="written"><code>${run.stack}</code></pre>
          </details>`
    }
    ${log(run)} ${about.again}
  </li>`
}

function stateChip({ state, heldBy, outcome }: ActionRunReply): TemplateResult {
  if (state !== 'done')
    return html`<span class="chip ${state === 'waiting' ? 'high' : ''}"
      >${tMaybe(`runs.state.${heldBy ?? state}`, state)}</span
    >`
  return outcome === 'fault'
    ? html`<span class="chip urgent">${t('runs.failed')}</span>`
    : html`<span class="chip done">${outcome === '' ? t('runs.done') : outcome}</span>`
}

/** What is nobody's fault in the action's code, though its code is where it was told. */
const known = [
  [/^thrown: the secret (\S+) has no value yet/, 'runs.fault.no-secret'],
  [
    /^thrown: (?:the host (?:could not be reached|was not found)|the call took too long)$/,
    'runs.fault.no-host',
  ],
  [/^input: (.+) has no value$/, 'runs.fault.input-missing'],
] as const

/** `deadline: more than 1000 ms of CPU` and the like, in words, with what the action itself said. */
function faultText(detail: string): string {
  for (const [pattern, word] of known) {
    const [found, name = ''] = pattern.exec(detail) ?? []
    if (found !== undefined) return t(word, { name })
  }
  const [, code = detail, said = ''] = /^([a-z-]+)(?:: ?([\s\S]*))?$/.exec(detail) ?? []
  return tMaybe(`runs.fault.${code}`, detail, { said }).replace(/[：:]? *$/, '')
}

/** `read` stands for what the action asks for itself. */
function withheldNames(hidden: readonly string[]): string {
  return listOf(hidden.map(name => (name === 'read' ? t('runs.own-reads') : name)))
}

function values(word: 'runs.input' | 'runs.output', given: ActionRunReply['input']): TemplateResult | '' {
  const entries = Object.entries(given)
  if (entries.length === 0) return ''
  return html`<h4>${t(word)}</h4>
    <dl class="fields">
      ${entries.map(
        ([name, value]) =>
          html`<div class="field">
            <dt class="label">${name}</dt>
            <dd class="value">${valueText(value)}</dd>
          </div>`,
      )}
    </dl>`
}

const valueText = (value: ActionRunReply['input'][string]): string =>
  value === null ? t('none') : typeof value === 'string' ? value : JSON.stringify(value)

function cost({ meters }: ActionRunReply): TemplateResult | '' {
  if (!meters) return ''
  const { ms, calls, maxRssBytes, tickets = 1 } = meters
  const mib = Math.round(maxRssBytes / 2 ** 20)
  return html`<p class="meta">
    ${t('runs.cost', { ms: Math.round(ms), calls, mib })}${tickets > 1 ? t('runs.shared', { tickets }) : ''}
  </p>`
}

function log({ log: lines }: ActionRunReply): TemplateResult | '' {
  if (!lines || lines.length === 0) return ''
  return html`<details>
    <summary>${t('runs.log', { count: lines.length })}</summary>
    <ul class="stack">
      ${lines.map(
        ({ level, text, data }) =>
          html`<li>
            <span class="chip ${level === 'error' ? 'urgent' : level === 'warn' ? 'high' : ''}"
              >${level}</span
            >
            ${text}
            ${data === null || data === undefined ? '' : html`<code class="value">${JSON.stringify(data)}</code>`}
          </li>`,
      )}
    </ul>
  </details>`
}
