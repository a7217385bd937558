import type {
  FindingReply,
  MoveProgressReply,
  PublishPlanReply,
  SourceReply,
  UnsoundReply,
  VersionReply,
} from '#core/wire'
import { html, type TemplateResult } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import { ApiError, reasonOf } from '../data/api.ts'
import { isAdmin, loadDesk, type Desk } from '../data/desk.ts'
import {
  loadMoves,
  loadSource,
  loadVersions,
  planPublish,
  publishSource,
  rollBack,
  testSource,
  type Files,
} from '../data/source.ts'
import { AxleElement } from '../parts/axle-element.ts'
import '../parts/axle-top-bar.ts'
import { empty, failed, loading } from '../parts/states.ts'
import { language, LANGUAGE_EVENT, t } from '../text/text.ts'
import type { Finding, Knowledge } from '../worker/messages.ts'
import { Autosave, type SaveState } from './autosave.ts'
import './axle-editor.ts'
import type { AxleEditor } from './axle-editor.ts'
import './axle-picture.ts'
import './axle-publish.ts'
import { keepPictures, type Shown } from './kept-pictures.ts'
import { createLanguageClient, type LanguageClient } from './language-client.ts'
import { problemsPanel, testsPanel, versionsPanel, type TestState } from './panels.ts'

type Panel = 'problems' | 'tests' | 'versions'

const PICTURE_DELAY_MS = 120
const MOVES_MS = 2_000

/** The author's page: the text of the desk's pack, its flow as a picture, what is wrong with it, and its versions. */
@customElement('axle-author')
export class AxleAuthor extends AxleElement {
  @state() private desk: Desk | undefined
  @state() private fault = ''
  @state() private files: Files = {}
  @state() private packs: SourceReply['packs'] = []
  @state() private pack = new URLSearchParams(location.search).get('pack') ?? ''
  @state() private file = ''
  @state() private findings: readonly Finding[] = []
  @state() private isChecked = false
  @state() private shown: readonly Shown[] = []
  @state() private ticket = ''
  @state() private selected = ''
  @state() private saving: SaveState = { kind: 'saved' }
  @state() private panel: Panel = 'problems'
  @state() private tests: TestState
  @state() private versions: readonly VersionReply[] = []
  @state() private moves: MoveProgressReply | undefined
  @state() private plan: PublishPlanReply | undefined
  @state() private isBusy = false
  @state() private notice: { readonly text: string; readonly isBad: boolean } | undefined

  @query('axle-editor') private editor!: AxleEditor | null

  #client: LanguageClient | undefined
  #autosave: Autosave | undefined
  #delay: ReturnType<typeof setTimeout> | undefined
  #moving: ReturnType<typeof setTimeout> | undefined
  readonly #relabel = () => this.#ask()

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener(LANGUAGE_EVENT, this.#relabel)
    window.addEventListener('beforeunload', this.#leave)
    void this.#load()
  }

  override disconnectedCallback(): void {
    window.removeEventListener(LANGUAGE_EVENT, this.#relabel)
    window.removeEventListener('beforeunload', this.#leave)
    this.#client?.close()
    clearTimeout(this.#moving)
    super.disconnectedCallback()
  }

  override render() {
    return html`<axle-top-bar current="author" .desk=${this.desk}></axle-top-bar>
      <main class="author">${this.#content()}</main>`
  }

  #content(): TemplateResult {
    if (this.fault !== '') return failed(this.fault, () => void this.#load())
    if (!this.desk) return loading()
    if (!isAdmin(this.desk)) return empty(t('author.admin-only'))
    return html`${this.#head()}
      <p class="notice author-small">${t('author.small')}</p>
      <div class="author-split">${this.#files()} ${this.#text()} ${this.#picture()}</div>
      ${this.#panels()}
      <axle-publish
        .plan=${this.plan}
        @axle-confirm=${() => void this.#publish()}
        @axle-cancel=${() => (this.plan = undefined)}
      ></axle-publish>`
  }

  #head(): TemplateResult {
    const { saving, notice } = this
    return html`<div class="head">
        <h1>${t('author.title')}</h1>
        ${this.#packs()}
        <div class="actions">
          <span class="meta saved" role="status" data-state=${saving.kind}>${savedText(saving)}</span>
          ${
            saving.kind === 'conflict'
              ? html`<button class="button" type="button" @click=${() => void this.#load()}>
                    ${t('author.reload')}
                  </button>
                  <button class="button" type="button" @click=${() => void this.#autosave?.keepMine()}>
                    ${t('author.keep-mine')}
                  </button>`
              : ''
          }
          <button
            class="button primary"
            type="button"
            ?disabled=${this.isBusy}
            @click=${() => void this.#propose()}
          >
            ${t('author.publish')}
          </button>
        </div>
      </div>
      <p class="author-notice ${notice ? (notice.isBad ? 'notice bad' : 'notice') : ''}" role="alert">
        ${notice?.text ?? ''}
      </p>`
  }

  /** Which pack's text, where several run. */
  #packs(): TemplateResult | '' {
    if (this.packs.length < 2) return ''
    return html`<select aria-label=${t('author.choose-pack')} @change=${this.#chosePack}>
      ${this.packs.map(
        ({ name, label }) => html`<option value=${name} ?selected=${name === this.pack}>${label}</option>`,
      )}
    </select>`
  }

  #files(): TemplateResult {
    const faulty = new Set(this.findings.filter(isError).map(({ file }) => file))
    return html`<nav class="author-files" aria-label=${t('author.files')}>
      ${Object.keys(this.files)
        .sort()
        .map(
          file =>
            html`<button
              type="button"
              class="file ${faulty.has(file) ? 'faulty' : ''}"
              aria-current=${file === this.file ? 'true' : 'false'}
              @click=${() => (this.file = file)}
            >
              ${file}${faulty.has(file) ? html`<span class="meta"> ${t('author.has-error')}</span>` : ''}
            </button>`,
        )}
    </nav>`
  }

  #text(): TemplateResult {
    return html`<section class="author-text" aria-label=${t('author.text')}>
      <axle-editor
        .client=${this.#client!}
        .texts=${this.files}
        .findings=${this.findings}
        .file=${this.file}
        @axle-edit=${this.#edited}
        @axle-caret=${this.#caretMoved}
        @axle-open=${({ detail }: CustomEvent<{ file: string }>) => (this.file = detail.file)}
        @axle-refused=${({ detail }: CustomEvent<{ reason: string }>) => this.#say(detail.reason, 'bad')}
      ></axle-editor>
    </section>`
  }

  #picture(): TemplateResult {
    const shown = this.#current()
    return html`<section class="author-flow" aria-label=${t('author.flow')} tabindex="0">
      ${
        this.shown.length > 1
          ? html`<select aria-label=${t('author.choose-flow')} @change=${this.#chose}>
              ${this.shown.map(
                ({ picture: { ticket, label } }) =>
                  html`<option value=${ticket} ?selected=${ticket === shown?.picture.ticket}>
                    ${label}
                  </option>`,
              )}
            </select>`
          : ''
      }
      <axle-picture
        .shown=${shown}
        .selected=${this.selected}
        .faulty=${faultyNodes(shown, this.findings)}
        @axle-pick=${this.#picked}
      ></axle-picture>
    </section>`
  }

  #panels(): TemplateResult {
    const errors = this.findings.filter(isError).length
    const count = t('author.count', { errors, warnings: this.findings.length - errors })
    const choose = (panel: Panel) => () => (this.panel = panel)
    return html`<section class="author-panel" aria-label=${t(`author.${this.panel}`)}>
      <div class="actions">
        ${(['problems', 'tests', 'versions'] as const).map(
          panel =>
            html`<button
              type="button"
              class="button quiet ${panel === this.panel ? 'chosen' : ''}"
              aria-pressed=${panel === this.panel ? 'true' : 'false'}
              @click=${choose(panel)}
            >
              ${t(`author.${panel}`)}
            </button>`,
        )}
        <span class="meta problem-count" role="status" data-errors=${errors}
          >${this.isChecked ? count : t('author.checking')}</span
        >
      </div>
      <div class="panel-body" tabindex="0">${this.#panelBody()}</div>
    </section>`
  }

  #panelBody(): TemplateResult {
    if (this.panel === 'tests')
      return testsPanel(this.tests, { goTo: this.#goTo, start: () => void this.#runTests() })
    if (this.panel === 'versions')
      return versionsPanel(this.versions, {
        ...{ rollBack: seq => void this.#rollBack(seq), isBusy: this.isBusy, moves: this.moves },
      })
    return problemsPanel(this.findings, this.#goTo)
  }

  async #load(): Promise<void> {
    this.fault = ''
    try {
      this.desk = await loadDesk()
      if (!isAdmin(this.desk)) return
      const [source, versions] = await Promise.all([loadSource(this.pack), loadVersions(this.pack)])
      this.#client ??= createLanguageClient({ known: this.#known, restarted: this.#restarted })
      this.#autosave = new Autosave(source, saving => (this.saving = saving))
      this.packs = source.packs
      this.pack = source.pack
      this.saving = { kind: 'saved' }
      this.files = source.files
      this.versions = versions
      await this.#followMoves()
      const names = Object.keys(source.files).sort()
      if (!names.includes(this.file))
        this.file = names.find(name => /^\s*ticket\s/m.test(source.files[name]!)) ?? names[0] ?? ''
      this.editor?.reset(source.files)
      this.#ask()
    } catch (error) {
      this.fault = reasonOf(error)
    }
  }

  /** Asks the worker about the texts as they are now. */
  #ask(): void {
    this.#client?.update(this.files, language())
  }

  readonly #known = ({ findings, pictures }: Knowledge) => {
    this.findings = findings
    this.isChecked = true
    this.shown = keepPictures(this.shown, { findings, pictures })
  }

  readonly #restarted = () => this.#say(t('author.restarted'))

  readonly #leave = (event: BeforeUnloadEvent) => {
    if (this.saving.kind !== 'saved') event.preventDefault()
  }

  readonly #edited = ({ detail: { file, text } }: CustomEvent<{ file: string; text: string }>) => {
    if (this.files[file] === text) return
    this.files = { ...this.files, [file]: text }
    this.#autosave?.changed(this.files)
    clearTimeout(this.#delay)
    this.#delay = setTimeout(() => this.#ask(), PICTURE_DELAY_MS)
  }

  readonly #caretMoved = ({ detail: { file, offset } }: CustomEvent<{ file: string; offset: number }>) => {
    const found = this.shown.find(({ picture }) => contains(picture, file, offset))
    if (found && !found.brokenAt) this.ticket = found.picture.ticket
    const around = found?.brokenAt ? [] : (found?.picture.nodes ?? [])
    const inside = around.filter(({ span }) => span.start <= offset && offset <= span.end)
    const narrowest = inside.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0]
    this.selected = narrowest?.id ?? ''
  }

  readonly #picked = ({ detail: { id, focus } }: CustomEvent<{ id: string; focus: 'focus' | 'stay' }>) => {
    const picture = this.#current()?.picture
    const node = picture?.nodes.find(other => other.id === id)
    if (!picture || !node) return
    this.file = picture.file
    this.editor?.select(picture.file, node.name, focus)
    this.selected = id
  }

  readonly #chose = (event: Event) => (this.ticket = (event.target as HTMLSelectElement).value)

  /** What is on the screen is saved before another text takes its place. */
  readonly #chosePack = async (event: Event) => {
    const { value } = event.target as HTMLSelectElement
    await this.#busy('author.not-opened', async () => {
      await this.#save()
      ;[this.pack, this.file, this.ticket, this.tests] = [value, '', '', undefined]
      history.replaceState(null, '', `?pack=${encodeURIComponent(value)}`)
      await this.#load()
    })
  }

  readonly #goTo = (file: string, line: number) => {
    const start = this.editor?.offsetOfLine(file, line) ?? 0
    this.file = file
    this.editor?.select(file, { start, end: start }, 'focus')
  }

  #current(): Shown | undefined {
    return this.shown.find(({ picture }) => picture.ticket === this.ticket) ?? this.shown[0]
  }

  async #runTests(): Promise<void> {
    this.tests = 'running'
    try {
      this.tests = await testSource(this.files)
    } catch (error) {
      this.tests = { failed: reasonOf(error) }
    }
  }

  /** Shows what publishing would do; what means the same as before is not asked about. */
  async #propose(): Promise<void> {
    await this.#busy('author.refused', async () => {
      await this.#save()
      const plan = await planPublish(this.pack)
      if (plan.isNew) this.plan = plan
      else await this.#publishSaved()
    })
  }

  /** Publishes what is on the screen: saves first, so that exactly this text is meant. */
  async #publish(): Promise<void> {
    this.plan = undefined
    await this.#busy('author.refused', async () => {
      await this.#save()
      await this.#publishSaved()
    })
  }

  async #save(): Promise<void> {
    await this.#autosave!.flush()
    const { state: saved } = this.#autosave!
    if (saved.kind !== 'saved') throw new Error(savedText(saved))
  }

  async #publishSaved(): Promise<void> {
    const { version, isNew } = await publishSource(this.pack, this.#autosave!.revision)
    this.#say(t(isNew ? 'author.published' : 'author.same', { version }))
    this.panel = 'versions'
  }

  /** How far the tickets in flight are, until all have been looked at. */
  async #followMoves(): Promise<void> {
    const serving = this.versions.find(({ current }) => current)
    if (!serving) return
    this.moves = await loadMoves(serving.seq)
    clearTimeout(this.#moving)
    if (this.moves.pending + this.moves.waiting > 0)
      this.#moving = setTimeout(() => void this.#followMoves().catch(() => undefined), MOVES_MS)
  }

  async #rollBack(seq: number): Promise<void> {
    await this.#busy('author.not-rolled-back', async () => {
      const { version } = await rollBack(seq)
      this.#say(t('author.rolled-back', { version, seq }))
    })
  }

  async #busy(
    refusal: 'author.refused' | 'author.not-rolled-back' | 'author.not-opened',
    act: () => Promise<void>,
  ): Promise<void> {
    this.isBusy = true
    try {
      await act()
      this.versions = await loadVersions(this.pack)
      await this.#followMoves()
    } catch (error) {
      this.#say(t(refusal, { reason: reasonOf(error) }), 'bad')
      if (findingsOf(error).length > 0) this.panel = 'problems'
    } finally {
      this.isBusy = false
    }
  }

  #say(text: string, tone: 'good' | 'bad' = 'good'): void {
    this.notice = { text, isBad: tone === 'bad' }
  }
}

function savedText(saving: SaveState): string {
  return saving.kind === 'failed'
    ? t('author.not-saved', { reason: saving.reason })
    : t(`author.${saving.kind}`)
}

function isError({ severity }: Finding): boolean {
  return severity === 'error'
}

function findingsOf(error: unknown): readonly FindingReply[] {
  return error instanceof ApiError ? ((error.problem as UnsoundReply | null)?.findings ?? []) : []
}

function contains({ file, start, end }: Shown['picture'], inFile: string, offset: number): boolean {
  return file === inFile && start <= offset && offset <= end
}

/** Nodes with an error in their own clause, not in one that stands inside them. */
function faultyNodes(shown: Shown | undefined, findings: readonly Finding[]): ReadonlySet<string> {
  if (!shown || shown.brokenAt) return new Set()
  const { nodes, file } = shown.picture
  const own = nodes.filter(({ kind }) => kind !== 'parallel')
  const errors = findings.filter(finding => isError(finding) && finding.file === file)
  return new Set(
    own
      .filter(({ span }) => errors.some(({ start }) => span.start <= start && start < span.end))
      .map(({ id }) => id),
  )
}
