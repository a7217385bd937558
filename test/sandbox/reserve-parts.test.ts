import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { createNet, createSandbox, connectorWith } from '../../runtime/sandbox/index.ts'

const source = readFileSync('plugins/manufacturing/actions/erp.预留备件.ts', 'utf8')
const sandbox = createSandbox({ runners: 1 })
const asked: { body: unknown; authorization: string | undefined }[] = []
let stock = 5
const erp = createServer(async (request, response) => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  const body = JSON.parse(text) as { lines: { quantity: number }[] }
  asked.push({ body, authorization: request.headers.authorization })
  const wanted = body.lines.reduce((sum, line) => sum + line.quantity, 0)
  if (wanted > stock) return response.writeHead(409).end('{}')
  stock -= wanted
  return response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"R-1"}')
})
await new Promise<void>(ready => erp.listen(0, '127.0.0.1', ready))
afterAll(() => {
  erp.close()
  return sandbox.close()
})

const { port } = erp.address() as AddressInfo
const net = createNet({
  hosts: ['erp.example.com'],
  secrets: { ERP_TOKEN: 's3cret' },
  connector: connectorWith({ 'erp.example.com': `http://127.0.0.1:${port}` }),
})
const reserve = (数量: number) =>
  sandbox.run({
    ...{ tenant: 't', source, key: 'T-1/预留#1', timeoutMs: 5_000 },
    input: { 设备: 'D-1', 仓: '华东仓', 用料: [{ 件: 'P-02', 数量 }] },
    capabilities: { time: () => 7, random: () => 'r', net, secrets: ['ERP_TOKEN'] },
  })

describe('the maker’s reservation of parts', () => {
  test('asks the ERP once with its key, its secret put in outside, and brings the number', async () => {
    expect((await reserve(3)).value).toEqual({ 结果: '已预留', 预留号: 'R-1' })
    expect(asked).toEqual([
      {
        authorization: 'Bearer s3cret',
        body: {
          ...{ key: 'T-1/预留#1', asset: 'D-1', warehouse: '华东仓' },
          lines: [{ part: 'P-02', quantity: 3 }],
        },
      },
    ])
  })

  test('says so when the warehouse has too few', async () => {
    expect((await reserve(3)).value).toEqual({ 结果: '缺货', 预留号: '' })
  })
})
