import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { AxleElement } from '../parts/axle-element.ts'
import { language, t } from '../text/text.ts'
import type { Finding } from '../worker/messages.ts'
import type { LanguageClient } from './language-client.ts'

type Loaded = typeof import('./monaco.ts')
type Model = ReturnType<Loaded['monaco']['editor']['createModel']>
type Editor = ReturnType<Loaded['monaco']['editor']['create']>

const OPTIONS = {
  ...{
    automaticLayout: true,
    minimap: { enabled: false },
    fontLigatures: false,
    fontSize: 14,
    lineHeight: 22,
  },
  ...({ fullwidthCharacterWidth: 'twoCells', scrollBeyondLastLine: false } as const),
  ...({ wordBasedSuggestions: 'off', acceptSuggestionOnEnter: 'smart', quickSuggestions: true } as const),
  ...{ fixedOverflowWidgets: true, bracketPairColorization: { enabled: false }, theme: 'axle' },
  fontFamily:
    "'JetBrains Mono', 'Cascadia Mono', 'Sarasa Mono SC', 'Noto Sans Mono CJK SC', ui-monospace, monospace",
  unicodeHighlight: { ambiguousCharacters: false, allowedCharacters: { '\u3000': true } },
} as const

/** The text of one file at a time. Sends `axle-edit` {file, text}, `axle-caret` {file, offset}, `axle-open` {file}, `axle-refused` {reason}. */
@customElement('axle-editor')
export class AxleEditor extends AxleElement {
  @property({ attribute: false }) client!: LanguageClient
  @property({ attribute: false }) texts: Readonly<Record<string, string>> = {}
  @property({ attribute: false }) findings: readonly Finding[] = []
  @property() file = ''

  #loaded: Loaded | undefined
  #editor: Editor | undefined
  readonly #models = new Map<string, Model>()
  readonly #ends: { dispose: () => void }[] = []
  #isComposing = false

  override render() {
    return html`<div class="editor-box">
      <pre class="editor-first">${this.texts[this.file] ?? ''}</pre>
    </div>`
  }

  override firstUpdated(): void {
    void this.#mount()
  }

  override disconnectedCallback(): void {
    this.#editor?.dispose()
    for (const model of this.#models.values()) model.dispose()
    for (const end of this.#ends.splice(0)) end.dispose()
    super.disconnectedCallback()
  }

  protected override shouldUpdate(): boolean {
    if (!this.#editor) return true
    // Why: once mounted the box is the editor's own; new properties go to it, not into the page.
    this.#show()
    return false
  }

  /** Selects a span and brings it into sight where it is not; takes the focus only when asked. */
  select(file: string, { start, end }: { start: number; end: number }, focus: 'focus' | 'stay'): void {
    const model = this.#models.get(file)
    if (!model || !this.#editor || !this.#loaded) return
    this.file = file
    this.#editor.setModel(model)
    const range = this.#loaded.monaco.Range.fromPositions(
      model.getPositionAt(start),
      model.getPositionAt(end),
    )
    this.#editor.setSelection(range)
    this.#editor.revealRangeInCenterIfOutsideViewport(range)
    if (focus === 'focus') this.#editor.focus()
  }

  /** The offset where a line (from 1) begins. */
  offsetOfLine(file: string, line: number): number {
    return this.#models.get(file)?.getOffsetAt({ lineNumber: line, column: 1 }) ?? 0
  }

  async #mount(): Promise<void> {
    if (language() === 'zh') await import('monaco-editor/nls/lang/zh-cn.js')
    this.#loaded = await import('./monaco.ts')
    const { monaco, registerLanguage } = this.#loaded
    const { offerFeatures } = await import('./language-features.ts')
    registerLanguage(await this.client.vocabulary)
    const features = offerFeatures({
      client: this.client,
      models: this.#models,
      refuse: reason => this.#tell('axle-refused', { reason }),
    })
    this.#ends.push(features, this.#openElsewhere(monaco))
    const box = this.querySelector<HTMLElement>('.editor-box')!
    box.querySelector('pre')?.remove()
    const editor = monaco.editor.create(box, { ...OPTIONS, model: null, ariaLabel: t('author.text') })
    this.#editor = editor
    editor.onDidCompositionStart(() => (this.#isComposing = true))
    editor.onDidCompositionEnd(() => {
      this.#isComposing = false
      this.#changed(this.file)
      // Why: an input method keeps Monaco from offering anything while it composes; the word arrives one task later.
      setTimeout(() => editor.trigger('ime', 'editor.action.triggerSuggest', {}))
    })
    editor.onDidChangeCursorPosition(({ position }) => {
      const offset = editor.getModel()?.getOffsetAt(position) ?? 0
      this.#tell('axle-caret', { file: this.file, offset })
    })
    this.#show()
    this.dataset.ready = ''
  }

  #show(): void {
    const { monaco, LANGUAGE } = this.#loaded!
    for (const [file, text] of Object.entries(this.texts)) {
      if (this.#models.has(file)) continue
      const model = monaco.editor.createModel(
        text,
        file.endsWith('.csv') ? 'plaintext' : LANGUAGE,
        monaco.Uri.from({ scheme: 'axle', path: `/${file}` }),
      )
      this.#models.set(file, model)
      model.onDidChangeContent(() => this.#changed(file))
    }
    const model = this.#models.get(this.file)
    if (model && this.#editor!.getModel() !== model) this.#editor!.setModel(model)
    for (const [file, of] of this.#models) monaco.editor.setModelMarkers(of, LANGUAGE, this.#markers(file))
  }

  /** Replaces all texts, as after loading them again; undo does not go back over it. */
  reset(texts: Readonly<Record<string, string>>): void {
    this.texts = texts
    for (const model of this.#models.values()) model.dispose()
    this.#models.clear()
    if (this.#editor) this.#show()
  }

  /** Why any file: renaming changes files that are not on the screen. */
  #changed(file: string): void {
    const model = this.#models.get(file)
    if (this.#isComposing || !model) return
    this.#tell('axle-edit', { file, text: model.getValue() })
  }

  /** A definition in another file is shown by changing to that file; sends `axle-open` {file}, `axle-refused` {reason}. */
  #openElsewhere(monaco: Loaded['monaco']): { dispose: () => void } {
    return monaco.editor.registerEditorOpener({
      openCodeEditor: (_, resource, place) => {
        const found = [...this.#models].find(([, model]) => model.uri.toString() === resource.toString())
        if (!found || !place) return false
        const [file, model] = found
        const position =
          'startLineNumber' in place
            ? new monaco.Range(
                place.startLineNumber,
                place.startColumn,
                place.endLineNumber,
                place.endColumn,
              ).getStartPosition()
            : place
        const start = model.getOffsetAt(position)
        this.select(file, { start, end: start }, 'focus')
        this.#tell('axle-open', { file })
        return true
      },
    })
  }

  #markers(file: string) {
    const { MarkerSeverity } = this.#loaded!.monaco
    return this.findings
      .filter(finding => finding.file === file)
      .map(({ code, severity, message, help, range, related }) => ({
        ...{ code, source: 'Axle', message: `${message}\n${help}` },
        severity: severity === 'error' ? MarkerSeverity.Error : MarkerSeverity.Warning,
        ...{ startLineNumber: range.startLine, startColumn: range.startColumn },
        ...{ endLineNumber: range.endLine, endColumn: Math.max(range.endColumn, range.startColumn + 1) },
        relatedInformation: related.flatMap(({ file: other, message: said, range: place }) => {
          const resource = this.#models.get(other)?.uri
          const start = { startLineNumber: place.startLine, startColumn: place.startColumn }
          const end = { endLineNumber: place.endLine, endColumn: place.endColumn }
          return resource ? [{ resource, message: said, ...start, ...end }] : []
        }),
      }))
  }

  #tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }))
  }
}
