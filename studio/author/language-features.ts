import type { Answers, CompletionItem, Location, TextEdit, Texts } from '../worker/messages.ts'
import { language } from '../text/text.ts'
import type { LanguageClient } from './language-client.ts'
import { LANGUAGE, monaco } from './monaco.ts'

type Model = monaco.editor.ITextModel
type Position = monaco.Position

/** What the features need of the editor around them. */
export interface Host {
  readonly client: LanguageClient
  readonly models: ReadonlyMap<string, Model>
  /** Tells people why a new name was refused. */
  readonly refuse: (reason: string) => void
}

/** Wires the worker's answers into the editor; returns what takes the wires off again. */
export function offerFeatures(host: Host): monaco.IDisposable {
  const offers = [
    offerCompletions(host),
    offerHover(host),
    offerPlaces(host),
    offerRename(host),
    offerFolds(host),
    offerHints(host),
    offerFixes(host),
    offerSignatures(host),
  ]
  return { dispose: () => offers.forEach(offer => offer.dispose()) }
}

function ask<What extends keyof Answers>(
  { client, models }: Host,
  what: What,
  { model, span, name = '' }: { model: Model; span: { start: number; end: number }; name?: string },
): Promise<Answers[What] | undefined> {
  const file = fileOf(models, model)
  if (file === undefined) return Promise.resolve(undefined)
  return client.ask(what, { file, texts: textsOf(models), span, name, language: language() })
}

function fileOf(models: Host['models'], model: Model): string | undefined {
  return [...models].find(([, each]) => each === model)?.[0]
}

function textsOf(models: Host['models']): Texts {
  return Object.fromEntries([...models].map(([file, model]) => [file, model.getValue()]))
}

function at(model: Model, position: Position): { model: Model; span: { start: number; end: number } } {
  const start = model.getOffsetAt(position)
  return { model, span: { start, end: start } }
}

function rangeIn(model: Model, { start, end }: { start: number; end: number }): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
}

/** Offers what the worker says may be written; it has filtered already, also by pinyin. */
function offerCompletions(host: Host): monaco.IDisposable {
  const kinds = monaco.languages.CompletionItemKind
  const kindOf: Record<CompletionItem['kind'], monaco.languages.CompletionItemKind> = {
    ...{ keyword: kinds.Keyword, node: kinds.Event, field: kinds.Field, type: kinds.Class },
    ...{ value: kinds.EnumMember, role: kinds.User, function: kinds.Function, name: kinds.Variable },
  }
  return monaco.languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['>', ':', ',', '：', '，', '、'],
    provideCompletionItems: async (model, position) => {
      const offered = await ask(host, 'complete', at(model, position))
      if (!offered) return { suggestions: [], incomplete: true }
      const range = rangeIn(model, offered.replace)
      const typed = model.getValueInRange(range.setEndPosition(position.lineNumber, position.column))
      const suggestions = offered.items.map(({ name, kind, detail }, index) => ({
        label: detail === '' ? name : { label: name, description: detail },
        ...{ kind: kindOf[kind], insertText: name, range, filterText: typed || name },
        sortText: String(index).padStart(4, '0'),
      }))
      return { suggestions, incomplete: true }
    },
  })
}

function offerHover(host: Host): monaco.IDisposable {
  return monaco.languages.registerHoverProvider(LANGUAGE, {
    provideHover: async (model, position) => {
      const found = await ask(host, 'hover', at(model, position))
      return found && { contents: [{ value: found.markdown }], range: rangeIn(model, found) }
    },
  })
}

/** Definitions (F12, or a click with Ctrl) and references (Shift+F12). */
function offerPlaces(host: Host): monaco.IDisposable {
  const placed = (places: readonly Location[] = []) =>
    places.flatMap(place => {
      const model = host.models.get(place.file)
      return model ? [{ uri: model.uri, range: rangeIn(model, place) }] : []
    })
  const definitions = monaco.languages.registerDefinitionProvider(LANGUAGE, {
    provideDefinition: async (model, position) => placed(await ask(host, 'definition', at(model, position))),
  })
  const references = monaco.languages.registerReferenceProvider(LANGUAGE, {
    provideReferences: async (model, position) => placed(await ask(host, 'references', at(model, position))),
  })
  return { dispose: () => (definitions.dispose(), references.dispose()) }
}

function offerRename(host: Host): monaco.IDisposable {
  return monaco.languages.registerRenameProvider(LANGUAGE, {
    provideRenameEdits: async (model, position, name) => {
      const renaming = await ask(host, 'rename', { ...at(model, position), name })
      if (!renaming) return { edits: [] }
      if (renaming.isOk) return workspaceEdit(host, renaming.edits)
      // Why told here: Monaco writes a refusal of the new name to the console only.
      host.refuse(renaming.reason)
      return { edits: [] }
    },
    resolveRenameLocation: async (model, position) => {
      const found = await ask(host, 'renameable', at(model, position))
      if (found) return { range: rangeIn(model, found), text: found.text }
      const refused = await ask(host, 'rename', { ...at(model, position), name: '_' })
      const range = rangeIn(model, at(model, position).span)
      return { range, text: '', rejectReason: refused && !refused.isOk ? refused.reason : '' }
    },
  })
}

function workspaceEdit({ models }: Host, edits: readonly TextEdit[]): monaco.languages.WorkspaceEdit {
  return {
    edits: edits.flatMap(({ file, text, ...span }) => {
      const model = models.get(file)
      const textEdit = model && { range: rangeIn(model, span), text }
      return textEdit ? [{ resource: model.uri, versionId: model.getVersionId(), textEdit }] : []
    }),
  }
}

function offerFolds(host: Host): monaco.IDisposable {
  return monaco.languages.registerFoldingRangeProvider(LANGUAGE, {
    provideFoldingRanges: async model => {
      const found = await ask(host, 'folds', { model, span: { start: 0, end: 0 } })
      return found?.map(({ kind, ...span }) => {
        const { startLineNumber: start, endLineNumber } = rangeIn(model, span)
        const isComment = kind === 'comment'
        const end = isComment ? endLineNumber : Math.max(endLineNumber - 1, start)
        return { start, end, ...(isComment && { kind: monaco.languages.FoldingRangeKind.Comment }) }
      })
    },
  })
}

function offerHints(host: Host): monaco.IDisposable {
  return monaco.languages.registerInlayHintsProvider(LANGUAGE, {
    provideInlayHints: async (model, range) => {
      const found = await ask(host, 'hints', { model, span: { start: 0, end: 0 } })
      const hints = (found ?? []).map(({ offset, text, kind }) => ({
        ...{ position: model.getPositionAt(offset), label: text },
        ...{ paddingLeft: kind !== 'row', paddingRight: kind === 'row' },
      }))
      return { hints: hints.filter(hint => range.containsPosition(hint.position)), dispose: () => {} }
    },
  })
}

function offerFixes(host: Host): monaco.IDisposable {
  return monaco.languages.registerCodeActionProvider(LANGUAGE, {
    provideCodeActions: async (model, range, { markers }) => {
      const span = {
        start: model.getOffsetAt(range.getStartPosition()),
        end: model.getOffsetAt(range.getEndPosition()),
      }
      const found = await ask(host, 'fixes', { model, span })
      const actions = (found ?? []).map(({ title, code, edits }) => ({
        ...{ title, kind: 'quickfix', edit: workspaceEdit(host, edits) },
        diagnostics: markers.filter(marker => marker.code === code),
      }))
      return { actions, dispose: () => {} }
    },
  })
}

function offerSignatures(host: Host): monaco.IDisposable {
  return monaco.languages.registerSignatureHelpProvider(LANGUAGE, {
    signatureHelpTriggerCharacters: ['(', ',', '（', '，'],
    provideSignatureHelp: async (model, position) => {
      const found = await ask(host, 'signature', at(model, position))
      if (!found) return undefined
      const { name, parameters, active, doc } = found
      const signature = {
        label: `${name}(${parameters.join(', ')})`,
        documentation: doc,
        parameters: parameters.map(label => ({ label })),
      }
      const value = { signatures: [signature], activeSignature: 0, activeParameter: active }
      return { value, dispose: () => {} }
    },
  })
}
