import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answers } from '../../runtime/lsp/answers.ts'
import { createReader, frame, UNREADABLE } from '../../runtime/lsp/framing.ts'
import { offsetOf, positionOf } from '../../runtime/lsp/position.ts'
import { createLanguageServer } from '../../runtime/lsp/server.ts'

const WAIT_MS = 20_000

describe('`axle lsp`, driven as an editor does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'axle-lsp-'))
  const file = join(folder, 'complaint.axle')
  const uri = pathToFileURL(file).href
  let source: string
  let server: ChildProcess
  let next = 0
  const waiting = new Map<number, (message: any) => void>()
  const told: any[] = []
  let heard = () => {}

  beforeAll(() => {
    cpSync('plugins/retail', folder, { recursive: true })
    source = readFileSync(file, 'utf8')
    server = spawn(process.execPath, ['runtime/cli.ts', 'lsp', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    server.stdout!.on(
      'data',
      createReader((message: any) => {
        if (message.id === undefined) told.push(message)
        else waiting.get(message.id)?.(message)
        heard()
      }),
    )
  })

  afterAll(() => {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  const tell = (method: string, params: object = {}) => server.stdin!.write(frame({ method, params }))
  const ask = (method: string, params: object = {}) =>
    new Promise<any>(resolve => {
      const id = ++next
      waiting.set(id, resolve)
      server.stdin!.write(frame({ id, method, params }))
    })
  const diagnosticsOf = async (wanted: (diagnostics: any[]) => boolean) => {
    for (;;) {
      const found = told.findLast(({ params }) => params.uri === uri)
      if (found && wanted(found.params.diagnostics)) return found.params.diagnostics
      await new Promise<void>(resolve => (heard = resolve))
    }
  }
  const textDocument = { uri }
  const at = (text: string, ahead = 0) => {
    const offset = source.indexOf(text)
    expect(offset, text).toBeGreaterThanOrEqual(0)
    return { textDocument, position: positionOf(source, offset + ahead) }
  }

  test('a question before the beginning is refused', async () => {
    expect((await ask('textDocument/hover', at('node 受理', 5))).error.code).toBe(-32002)
  })

  test(
    'says what it can and that places are counted in UTF-16',
    async () => {
      const { result } = await ask('initialize', {
        processId: null,
        rootUri: pathToFileURL(folder).href,
        capabilities: {},
      })
      expect(result.capabilities).toMatchObject({ positionEncoding: 'utf-16', hoverProvider: true })
      tell('initialized')
    },
    WAIT_MS,
  )

  test(
    'an opened file is checked with the rest of its pack, and again when it changes',
    async () => {
      tell('textDocument/didOpen', { textDocument: { uri, languageId: 'axle', version: 1, text: source } })
      expect(await diagnosticsOf(all => all.length === 0)).toEqual([])
      const broken = source.replace('node 受理 by 导购', 'node 受理 by 导够')
      tell('textDocument/didChange', { textDocument, contentChanges: [{ text: broken }] })
      const [finding] = await diagnosticsOf(all => all.length > 0)
      expect(finding).toMatchObject({
        code: 'AX2002',
        severity: 1,
        range: { start: positionOf(broken, broken.indexOf('导够')) },
      })
      const { result: actions } = await ask('textDocument/codeAction', {
        textDocument,
        range: finding.range,
        context: { diagnostics: [] },
      })
      expect(actions[0]).toMatchObject({ title: '改为「导购」', kind: 'quickfix' })
      tell('textDocument/didChange', { textDocument, contentChanges: [{ text: source }] })
      await diagnosticsOf(all => all.length === 0)
    },
    WAIT_MS,
  )

  test(
    'completes, explains, finds definitions and uses',
    async () => {
      const { result: offered } = await ask('textDocument/completion', at('by 导购', 3))
      expect(offered.items.map((item: any) => item.label)).toContain('导购')
      const { result: explained } = await ask('textDocument/hover', at('-> 受理', 3))
      expect(explained.contents.value).toContain('节点')
      const { result: definitions } = await ask('textDocument/definition', at('-> 受理', 3))
      expect(definitions).toEqual([
        { uri, range: { start: at('node 受理', 5).position, end: at('node 受理', 7).position } },
      ])
      const { result: uses } = await ask('textDocument/references', {
        ...at('-> 受理', 3),
        context: { includeDeclaration: true },
      })
      expect(uses.length).toBeGreaterThan(2)
      expect(new Set(uses.map((use: any) => use.uri)).size).toBeGreaterThan(1)
    },
    WAIT_MS,
  )

  test(
    'renames everywhere, and says why not',
    async () => {
      const place = at('-> 受理', 3)
      const { result: marked } = await ask('textDocument/documentHighlight', place)
      for (const { range } of marked)
        expect(source.slice(offsetOf(source, range.start), offsetOf(source, range.end))).toBe('受理')
      expect(marked.length).toBeGreaterThan(1)
      expect((await ask('textDocument/prepareRename', place)).result.placeholder).toBe('受理')
      const { result } = await ask('textDocument/rename', { ...place, newName: '接单' })
      const edits = Object.values(result.changes).flat() as any[]
      expect(edits.length).toBeGreaterThan(2)
      const [line] = edits.filter(edit => edit.newText.includes('migrate'))
      expect(line.newText).toContain('migrate from 1 {\n  node 客诉.受理 -> 客诉.接单\n}')
      expect(new Set(edits.filter(edit => edit !== line).map(edit => edit.newText))).toEqual(
        new Set(['接单']),
      )
      const { error } = await ask('textDocument/rename', { ...place, newName: 'node' })
      expect(error).toMatchObject({ code: -32803, message: expect.stringContaining('关键字') })
    },
    WAIT_MS,
  )

  test(
    'folds, colours, hints, lists symbols and formats',
    async () => {
      const { result: folded } = await ask('textDocument/foldingRange', { textDocument })
      expect(folded.every((fold: any) => fold.startLine <= fold.endLine)).toBe(true)
      expect(folded.length).toBeGreaterThan(5)
      const { result: tokens } = await ask('textDocument/semanticTokens/full', { textDocument })
      expect(tokens.data.length % 5).toBe(0)
      expect(tokens.data.length).toBeGreaterThan(500)
      const { result: hints } = await ask('textDocument/inlayHint', { textDocument })
      expect(hints.map((hint: any) => hint.label)).toEqual(expect.arrayContaining(['1', '2']))
      const { result: symbols } = await ask('textDocument/documentSymbol', { textDocument })
      expect(symbols.find((symbol: any) => symbol.name === '客诉').children.length).toBeGreaterThan(3)
      expect((await ask('textDocument/formatting', { textDocument })).result).toEqual([])
    },
    WAIT_MS,
  )

  test(
    'an unknown question is answered as such, and after the goodbye it ends well',
    async () => {
      expect((await ask('textDocument/nothing', { textDocument })).error.code).toBe(-32601)
      expect((await ask('shutdown')).result).toBeNull()
      const ended = new Promise(resolve => server.once('exit', resolve))
      tell('exit')
      expect(await ended).toBe(0)
    },
    WAIT_MS,
  )
})

describe('the frame of messages', () => {
  test('survives any cut of the stream, also inside a Chinese character', () => {
    const bytes = Buffer.concat([frame({ method: '甲' }), frame({ method: '乙', params: { a: '字' } })])
    for (let cut = 0; cut <= bytes.length; cut++) {
      const heard: unknown[] = []
      const read = createReader((message: any) => heard.push(message.method))
      read(bytes.subarray(0, cut))
      read(bytes.subarray(cut))
      expect(heard).toEqual(['甲', '乙'])
    }
  })

  test('refuses what is not the protocol', () => {
    expect(() => createReader(() => {})(Buffer.from('Length: 3\r\n\r\n{}'))).toThrow(/Content-Length/)
    expect(() => createReader(() => {})(Buffer.alloc(10_000, 'x'))).toThrow(/header/)
  })

  test('places and offsets lead back to each other, behind wide characters and pairs too', () => {
    const text = '甲😀a\n\nb 乙'
    for (let offset = 0; offset <= text.length; offset++)
      expect(offsetOf(text, positionOf(text, offset))).toBe(offset)
    expect(positionOf(text, 3)).toEqual({ line: 0, character: 3 })
    expect(offsetOf(text, { line: 0, character: 99 })).toBe(4)
    expect(offsetOf(text, { line: 9, character: 0 })).toBe(text.length)
  })
})

describe('what no editor should send', () => {
  const source = readFileSync('plugins/retail/complaint.axle', 'utf8')
  const uri = 'file:///desk/complaint.axle'
  const started = async () => {
    const said: any[] = []
    const server = createLanguageServer(
      message => said.push(message),
      () => {},
    )
    await server.receive({ id: 0, method: 'initialize', params: { rootUri: null, capabilities: {} } })
    await server.receive({ method: 'textDocument/didOpen', params: { textDocument: { uri, text: source } } })
    return { server, said }
  }

  test('is answered, and the next question too', async () => {
    const { server, said } = await started()
    const odd = fc.oneof(
      fc.constantFrom<unknown>(null, 1, 'x', [], {}, -1, 1e9, 1.5, true),
      fc.record({
        line: fc.constantFrom<unknown>(-5, 0, 3, 1e9, 'x', null),
        character: fc.constantFrom<unknown>(-1, 1e12, {}, 2.5),
      }),
    )
    const params = fc.record(
      {
        textDocument: fc.oneof(fc.constant({ uri }), fc.constant({ uri: 'file:///none' }), odd),
        position: odd,
        range: fc.oneof(odd, fc.record({ start: odd, end: odd })),
        newName: odd,
        contentChanges: odd,
      },
      { requiredKeys: [] },
    )
    const method = fc.constantFrom(
      ...Object.keys(answers),
      'textDocument/didChange',
      'nothing',
      '',
      'textDocument/didClose',
    )
    await fc.assert(
      fc.asyncProperty(method, fc.oneof(params, odd), fc.boolean(), async (method, params, isRequest) => {
        const before = said.length
        await server.receive({ ...(isRequest && { id: 7 }), method, params })
        const answered = said.slice(before).filter(({ id }) => id === 7)
        expect(answered).toHaveLength(isRequest ? 1 : 0)
        expect(answered[0]?.error?.code ?? -32601).not.toBe(-32603)
        await server.receive({
          method: 'textDocument/didOpen',
          params: { textDocument: { uri, text: source } },
        })
      }),
      { numRuns: 80 },
    )
  }, 60_000)

  test.each([
    ['no JSON', UNREADABLE, -32700],
    ['a list', [], -32600],
    ['nothing', null, -32600],
    ['a number', 5, -32600],
  ])('%s is told to be no message', async (_, body, code) => {
    const { server, said } = await started()
    await server.receive(body)
    expect(said.at(-1)).toMatchObject({ id: null, error: { code } })
  })

  test('a question behind the goodbye is refused', async () => {
    const { server, said } = await started()
    await server.receive({ id: 1, method: 'shutdown' })
    await server.receive({ id: 2, method: 'textDocument/hover', params: { textDocument: { uri } } })
    expect(said.at(-1)).toMatchObject({ id: 2, error: { code: -32600 } })
  })

  test('broken JSON in a sound frame leaves the next message whole; a broken frame ends the stream', () => {
    const heard: unknown[] = []
    const read = createReader(body => heard.push(body))
    read(Buffer.concat([Buffer.from('Content-Length: 3\r\n\r\n{x}'), frame({ method: '甲' })]))
    expect(heard).toEqual([UNREADABLE, expect.objectContaining({ method: '甲' })])
    for (const broken of ['Content-Length: -1\r\n\r\n', 'Content-Length: 99999999999\r\n\r\n', 'x\r\n\r\n'])
      expect(() => createReader(() => {})(Buffer.from(broken))).toThrow(/Content-Length/)
  })

  test('the command itself answers broken JSON and goes on', () => {
    const { stdout, status } = spawnSync(process.execPath, ['runtime/cli.ts', 'lsp', '--stdio'], {
      input: Buffer.concat([
        Buffer.from('Content-Length: 1\r\n\r\n{'),
        frame({ id: 1, method: 'initialize', params: { rootUri: null } }),
        frame({ id: 2, method: 'shutdown' }),
        frame({ method: 'exit' }),
      ]),
    })
    const said: any[] = []
    createReader(body => said.push(body))(stdout)
    expect(said.map(({ id }) => id)).toEqual([null, 1, 2])
    expect(status).toBe(0)
  })
})
