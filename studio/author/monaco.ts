import 'monaco-editor/features/bracketMatching/register.js'
import 'monaco-editor/features/caretOperations/register.js'
import 'monaco-editor/features/clipboard/register.js'
import 'monaco-editor/features/comment/register.js'
import 'monaco-editor/features/codeEditor/register.js'
import 'monaco-editor/features/codeAction/register.js'
import 'monaco-editor/features/codicon/register.js'
import 'monaco-editor/features/cursorUndo/register.js'
import 'monaco-editor/features/find/register.js'
import 'monaco-editor/features/folding/register.js'
import 'monaco-editor/features/gotoError/register.js'
import 'monaco-editor/features/gotoSymbol/register.js'
import 'monaco-editor/features/hover/register.js'
import 'monaco-editor/features/indentation/register.js'
import 'monaco-editor/features/inlayHints/register.js'
import 'monaco-editor/features/lineSelection/register.js'
import 'monaco-editor/features/linesOperations/register.js'
import 'monaco-editor/features/parameterHints/register.js'
import 'monaco-editor/features/referenceSearch/register.js'
import 'monaco-editor/features/rename/register.js'
import 'monaco-editor/features/snippet/register.js'
// Why not the feature by its name: that one has only the inline kind.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js'
import 'monaco-editor/features/toggleTabFocusMode/register.js'
import 'monaco-editor/features/wordOperations/register.js'
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker'
import * as monaco from 'monaco-editor/editor/editor.api.js'
import type { Vocabulary } from '../worker/messages.ts'

export { monaco }
export const LANGUAGE = 'axle'

globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() }

/** Words as the language has them; also what a double-click takes and a suggestion replaces. */
const word =
  /[A-Za-z_\u00c0-\u024f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff][\w\u00b7\u00c0-\u024f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]*/

let known = false

/** Makes the editor know the language; does nothing the second time. */
export function registerLanguage(vocabulary: Vocabulary): void {
  if (known) return
  known = true
  monaco.languages.register({ id: LANGUAGE, extensions: ['.axle'] })
  monaco.languages.setMonarchTokensProvider(LANGUAGE, grammarOf(vocabulary))
  monaco.languages.setLanguageConfiguration(LANGUAGE, {
    wordPattern: new RegExp(word, 'gu'),
    comments: { lineComment: '//' },
    brackets: [
      ['{', '}'],
      ['[', ']'],
      ['(', ')'],
    ],
    autoClosingPairs: ['{}', '[]', '()', '""', '“”', '（）'].map(([open, close]) => ({
      ...{ open: open!, close: close! },
      notIn: ['string', 'comment'],
    })),
  })
  monaco.editor.defineTheme('axle', theme)
}

function grammarOf(vocabulary: Vocabulary): monaco.languages.IMonarchLanguage {
  return {
    unicode: true,
    ...{ defaultToken: 'operator', tokenPostfix: '' },
    ...{ declarations: vocabulary.declarations, keywords: vocabulary.keywords },
    ...{ types: vocabulary.types, functions: vocabulary.functions },
    tokenizer: {
      root: [
        [/\/\/.*$/, 'comment'],
        [/"(?:[^"\\]|\\.)*"|[“”](?:[^”\\]|\\.)*”|＂[^＂]*＂/, 'text'],
        [/["“”＂].*$/, 'unknown'],
        [/(?:[¥￥]|[A-Z]{3} (?=\d))\d[\d,]*(?:\.\d+)?/, 'money'],
        [/\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}|\d+(?:mo|s|m|h|d|w)(?!\w)/, 'time'],
        [/\d+(?:\.\d+)?%?/, 'number'],
        [
          word,
          {
            cases: {
              '@declarations': 'declaration',
              '@keywords': 'keyword',
              '@types': 'type',
              '@functions': 'function',
              '@default': 'name',
            },
          },
        ],
        [/[{}()[\]（）｛｝【】]/, 'bracket'],
        [/[\s\u3000]+/, 'white'],
      ],
    },
  }
}

const ink = (token: string, foreground: string, fontStyle = '') => ({ token, foreground, fontStyle })

/** Celadon & Ink on the white of the surface; every colour passes 4.5 : 1 there. */
const theme: monaco.editor.IStandaloneThemeData = {
  base: 'vs',
  inherit: false,
  rules: [
    ink('', '17212b'),
    ...[ink('declaration', '0b6b5b', 'bold'), ink('keyword', '0b6b5b'), ink('type', '2c4c9b')],
    ...[ink('function', '2c4c9b'), ink('name', '17212b'), ink('text', '8a5a00'), ink('comment', '626b76')],
    ...[ink('number', '7a3b73'), ink('money', '7a3b73'), ink('time', 'a84b08')],
    ...[ink('operator', '47525e'), ink('bracket', '47525e'), ink('unknown', 'b3321f')],
  ],
  colors: {
    'editor.background': '#ffffff',
    'editor.foreground': '#17212b',
    'editor.lineHighlightBackground': '#f2f0ea',
    'editor.selectionBackground': '#ddf0eb',
    'editorLineNumber.foreground': '#626b76',
    'editorLineNumber.activeForeground': '#0b6b5b',
    'editorCursor.foreground': '#17212b',
    'editorError.foreground': '#b3321f',
    'editorWarning.foreground': '#8a5a00',
    'editorInlayHint.background': '#ffffff',
    'editorInlayHint.foreground': '#626b76',
    'editorSuggestWidget.background': '#ffffff',
    'editorSuggestWidget.selectedBackground': '#ddf0eb',
    'editorSuggestWidget.selectedForeground': '#17212b',
    'editorSuggestWidget.highlightForeground': '#0b6b5b',
    'editorSuggestWidget.focusHighlightForeground': '#0b6b5b',
  },
}
