import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { InboundReply, SecretReply } from '#core/wire'
import { get, noneWithoutPack } from '../data/api.ts'
import { realTimeText, type Desk } from '../data/desk.ts'
import { AdminPage } from '../parts/admin-page.ts'
import { openSecretsWarning } from '../parts/axle-secret.ts'
import { copyLine } from '../parts/copy-line.ts'
import { empty } from '../parts/states.ts'
import { t } from '../text/text.ts'
import './axle-dead-letters.ts'
import { curlExample, sendExample } from './example.ts'

/** 数据来源: where other systems send what happened, what proves them, how their messages fared, and those to be mended. */
@customElement('axle-sources')
export class AxleSources extends AdminPage {
  protected override readonly current = 'sources'
  @state() private sources: readonly InboundReply[] | undefined
  @state() private secrets: readonly SecretReply[] = []
  @state() private said = ''
  /** Which event the example of a source shows. */
  @state() private shown: Readonly<Record<string, string>> = {}

  protected override content(desk: Desk): TemplateResult | undefined {
    if (!this.sources) return undefined
    if (this.sources.length === 0) return empty(t('sources.empty'), t('sources.empty-hint'))
    const used = this.secrets.filter(({ sources }) => sources.length > 0)
    return html`<div class="head">
        <h1>${t('sources.title')}</h1>
        <button class="button" type="button" @click=${() => void this.load()}>${t('refresh')}</button>
      </div>
      <div class="stack">
        <p>${t('sources.hint')}</p>
        ${openSecretsWarning(used)} ${isLocal() ? html`<p class="notice">${t('sources.local')}</p>` : ''}
        <div class="hidden" role="status">${this.said}</div>
        ${this.sources.map(source => this.#source(source))}
      </div>`
  }

  #source(source: InboundReply): TemplateResult {
    const { name, label, done, ignored, dead, lastAt } = source
    const copied = (what: string) => (this.said = t('connect.copied', { what }))
    const secret = this.secrets.find(each => each.name === source.secret)
    return html`<section class="card stack" data-source=${name} aria-label=${label}>
      <div class="head">
        <h2>${label}</h2>
        <span class="actions">
          <span class="chip done">${t('sources.done', { count: done })}</span>
          <span class="chip">${t('sources.ignored', { count: ignored })}</span>
          <span class="chip ${dead > 0 ? 'urgent' : ''}">${t('sources.dead', { count: dead })}</span>
        </span>
      </div>
      <p class="meta">
        ${lastAt === null ? t('sources.never') : t('sources.last', { time: realTimeText(lastAt) })}
      </p>
      ${copyLine(t('sources.address'), this.#urlOf(source), copied)}
      <h3>${t('sources.secret')}</h3>
      <p class="meta">${t('sources.secret-hint')}</p>
      ${
        secret
          ? html`<axle-secret .secret=${secret} makes @axle-secret=${() => void this.load()}></axle-secret>`
          : ''
      }
      ${this.#example(source)}
      <h3>${t('dead.title')}</h3>
      <axle-dead-letters
        source=${name}
        count=${dead}
        @axle-mended=${() => void this.load()}
      ></axle-dead-letters>
    </section>`
  }

  #example(source: InboundReply): TemplateResult {
    const { name, events } = source
    const event = events.find(({ says }) => says === this.shown[name]) ?? events[0]
    if (!event) return html``
    const tried = { url: this.#urlOf(source), source: name, ...event }
    return html`<details>
      <summary>${t('sources.try')}</summary>
      <div class="stack">
        <div class="field">
          <label for="event-${name}">${t('sources.event')}</label>
          <select
            id="event-${name}"
            @change=${(change: Event) =>
              (this.shown = { ...this.shown, [name]: (change.target as HTMLSelectElement).value })}
          >
            ${events.map(
              ({ says, event: what }) =>
                html`<option value=${says} ?selected=${says === event.says}>${says} → ${what}</option>`,
            )}
          </select>
        </div>
        <p class="meta">${t('sources.curl')}</p>
        <pre
          class="written"
          data-example="curl"
        ><code>${curlExample(tried, t('sources.paste-secret'))}</code></pre>
        <p class="meta">${t('sources.cli')}</p>
        <pre class="written" data-example="cli"><code>${sendExample(tried)}</code></pre>
      </div>
    </details>`
  }

  #urlOf({ address }: InboundReply): string {
    return location.origin + address
  }

  protected override async fetch(): Promise<void> {
    const [sources, secrets] = await Promise.all([
      get<InboundReply[]>('/api/sources').catch(noneWithoutPack),
      get<SecretReply[]>('/api/secrets').catch(noneWithoutPack),
    ])
    this.secrets = secrets
    this.sources = sources
  }
}

/** Whether the address works on this machine alone. */
const isLocal = () => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname)
