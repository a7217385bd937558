import { fileURLToPath } from 'node:url'
import { diagnose } from '#dsl/service'
import { answers, Refusal, type Params } from './answers.ts'
import { UNREADABLE, type Message } from './framing.ts'
import { rangeOf, type Position, type Range } from './position.ts'
import { tokenTypes } from './token-types.ts'
import { createWorkspace, type Workspace } from './workspace.ts'

export interface LanguageServer {
  /** Takes the body of a message; what is no message is answered as such. Never rejects. */
  readonly receive: (body: unknown) => Promise<void>
}

const ERROR = {
  ...{ unreadable: -32700, invalid: -32600, unknown: -32601, internal: -32603 },
  ...{ notInitialized: -32002, refused: -32803 },
} as const
const ERROR_SEVERITY = 1
const WARNING_SEVERITY = 2

/** A language server: answers go to `send`; `exit` gets 0 when the client said goodbye properly, else 1. */
export function createLanguageServer(
  send: (message: object) => void,
  exit: (code: 0 | 1) => void,
): LanguageServer {
  const session: Session = {
    send,
    exit,
    workspace: undefined,
    language: 'zh',
    isShutDown: false,
    told: new Set(),
  }
  return {
    receive: async body => {
      if (!isMessage(body)) {
        const code = body === UNREADABLE ? ERROR.unreadable : ERROR.invalid
        return send({ id: null, error: { code, message: 'This is no message' } })
      }
      const { id, method = '', params } = body
      const isRequest = id !== undefined
      try {
        const result = await handle(session, method, carriedBy(params))
        if (isRequest) send({ id, result: result ?? null })
      } catch (error) {
        if (isRequest) send({ id, error: problemOf(error) })
      }
    },
  }
}

function isMessage(body: unknown): body is Message {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
}

/** What a message carries; parts of the wrong kind count as missing. */
function carriedBy(params: unknown): Carried {
  if (!isMessage(params)) return {}
  const { textDocument, contentChanges, newName, position, range, ...rest } = params as Record<
    string,
    unknown
  >
  const { uri, text } = (isMessage(textDocument) ? textDocument : {}) as { uri?: unknown; text?: unknown }
  const changes = Array.isArray(contentChanges) ? contentChanges : []
  return {
    ...(rest as Carried),
    ...(typeof uri === 'string' && { textDocument: { uri, ...(typeof text === 'string' && { text }) } }),
    contentChanges: changes.filter(each => typeof each?.text === 'string'),
    ...(typeof newName === 'string' && { newName }),
    ...(isMessage(position) && { position: position as unknown as Position }),
    ...(isRange(range) && { range }),
  }
}

function isRange(range: unknown): range is Range {
  const { start, end } = (isMessage(range) ? range : {}) as { start?: unknown; end?: unknown }
  return isMessage(start) && isMessage(end)
}

interface Session {
  readonly send: (message: object) => void
  readonly exit: (code: 0 | 1) => void
  workspace: Workspace | undefined
  language: 'zh' | 'en'
  isShutDown: boolean
  /** The files whose diagnostics the client has. */
  told: Set<string>
}

interface Carried extends Params {
  readonly rootUri?: string | null
  readonly workspaceFolders?: readonly { readonly uri: string }[] | null
  readonly locale?: string
  readonly textDocument?: { readonly uri: string; readonly text?: string }
  readonly contentChanges?: readonly { readonly text: string }[]
}

class Problem extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

function problemOf(error: unknown): { code: number; message: string } {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof Refusal) return { code: ERROR.refused, message }
  return { code: error instanceof Problem ? error.code : ERROR.internal, message }
}

async function handle(session: Session, method: string, params: Carried): Promise<unknown> {
  if (method === 'initialize') return initialize(session, params)
  if (method === 'exit') return session.exit(session.isShutDown ? 0 : 1)
  if (method === 'shutdown') {
    session.isShutDown = true
    return null
  }
  if (session.isShutDown) throw new Problem(ERROR.invalid, 'It has been shut down')
  const { workspace } = session
  if (!workspace) throw new Problem(ERROR.notInitialized, 'initialize comes first')
  const uri = params.textDocument?.uri ?? ''
  const answer = answers[method]
  if (answer) {
    const texts = workspace.packOf(uri)
    return texts[uri] === undefined ? null : answer({ texts, uri, language: session.language }, params)
  }
  if (!(await notice(session, workspace, { method, uri, params })))
    throw new Problem(ERROR.unknown, `There is no ${method} here`)
  return null
}

async function initialize(session: Session, params: Carried): Promise<object> {
  const root = params.workspaceFolders?.[0]?.uri ?? params.rootUri
  session.language = params.locale?.startsWith('en') ? 'en' : 'zh'
  session.workspace = createWorkspace(root?.startsWith('file:') ? fileURLToPath(root) : undefined)
  await session.workspace.load()
  return { capabilities, serverInfo: { name: 'axle' } }
}

const FULL_TEXT = 1

const capabilities = {
  ...{ positionEncoding: 'utf-16', textDocumentSync: { openClose: true, change: FULL_TEXT } },
  completionProvider: { triggerCharacters: ['>', ':', ',', '.', '{', '|', '：', '，', '、'] },
  signatureHelpProvider: { triggerCharacters: ['(', ',', '（', '，'] },
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: ['quickfix'] },
  semanticTokensProvider: { legend: { tokenTypes, tokenModifiers: ['definition'] }, full: true },
  ...{ hoverProvider: true, definitionProvider: true, referencesProvider: true },
  documentHighlightProvider: true,
  ...{ foldingRangeProvider: true, inlayHintProvider: true, documentSymbolProvider: true },
  documentFormattingProvider: true,
}

const silent = new Set(['initialized', 'textDocument/didSave', 'workspace/didChangeConfiguration'])

/** Takes a notice in; false when it is not known. */
async function notice(
  session: Session,
  workspace: Workspace,
  { method, uri, params }: { method: string; uri: string; params: Carried },
): Promise<boolean> {
  if (method === 'textDocument/didOpen') workspace.open(uri, params.textDocument?.text ?? '')
  else if (method === 'textDocument/didChange') workspace.open(uri, params.contentChanges?.at(-1)?.text ?? '')
  else if (method === 'textDocument/didClose') workspace.close(uri)
  else if (method === 'workspace/didChangeWatchedFiles') return (await workspace.load(), true)
  else return silent.has(method) || method.startsWith('$/')
  publish(session, workspace, uri)
  return true
}

/** Tells what is wrong in every file of the pack around a file, and that what was told of others is over. */
function publish({ send, language, told }: Session, workspace: Workspace, uri: string): void {
  const texts = workspace.packOf(uri)
  const findings = Map.groupBy(diagnose(texts, language), finding => finding.file)
  for (const file of new Set([
    uri,
    ...findings.keys(),
    ...[...told].filter(each => texts[each] !== undefined),
  ])) {
    const diagnostics = (findings.get(file) ?? []).map(
      ({ code, severity, message, help, related, ...span }) => ({
        ...{ range: rangeOf(texts[file] ?? '', span), code, source: 'axle', message: `${message}\n${help}` },
        severity: severity === 'error' ? ERROR_SEVERITY : WARNING_SEVERITY,
        relatedInformation: related.map(({ file: uri, message: said, ...place }) => ({
          location: { uri, range: rangeOf(texts[uri] ?? '', place) },
          message: said,
        })),
      }),
    )
    if (diagnostics.length > 0) told.add(file)
    else told.delete(file)
    send({ method: 'textDocument/publishDiagnostics', params: { uri: file, diagnostics } })
  }
}
