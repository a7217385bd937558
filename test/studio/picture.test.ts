import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { diagnose, picture, type Picture } from '#dsl/service'
import { keepPictures, type Shown } from '../../studio/author/kept-pictures.ts'
import { placePicture, type Box } from '../../studio/author/layout.ts'
import { createAnswering } from '../../studio/worker/answer.ts'
import type { Reply } from '../../studio/worker/messages.ts'

const retail = readFileSync(new URL('../../plugins/retail/retail.axle', import.meta.url), 'utf8')
const complaint = readFileSync(new URL('../../plugins/retail/complaint.axle', import.meta.url), 'utf8')
const second = complaint
  .slice(complaint.indexOf('ticket 客诉'))
  .replace('ticket 客诉 "客诉工单"', 'ticket 退货 "退货单"')
const textsOf = (text: string, other = second.slice(0, second.indexOf('\nroute'))) => ({
  'retail.axle': retail,
  'complaint.axle': text,
  'other.axle': other,
})
const known = (texts: Record<string, string>) => ({
  findings: diagnose(texts),
  pictures: ['客诉', '退货'].flatMap(name => picture(texts, name) ?? []),
})
const brokenOf = (shown: readonly Shown[]) =>
  Object.fromEntries(shown.map(({ picture: { ticket }, brokenAt }) => [ticket, brokenAt?.line ?? null]))

describe('the picture of a broken text', () => {
  const good = keepPictures([], known(textsOf(complaint)))

  test('stays the last good one, of the broken declaration only, until the text is mended', () => {
    expect(brokenOf(good)).toEqual({ 客诉: null, 退货: null })
    const broken = complaint.replace('node 归因 by 店长 {', 'node 归因 by 店长 { %%')
    const line = broken.slice(0, broken.indexOf('%%')).split('\n').length
    const relabelled = second
      .slice(0, second.indexOf('\nroute'))
      .replace('node 归因 by', 'node 归因 "查因" by')
    const shown = keepPictures(good, known(textsOf(broken, relabelled)))
    expect(brokenOf(shown)).toEqual({ 客诉: line, 退货: null })
    expect(shown[0]!.picture).toBe(good[0]!.picture)
    expect(shown[1]!.picture.nodes.find(({ id }) => id === '归因')!.label).toBe('查因')
    expect(keepPictures(shown, known(textsOf(complaint)))).toEqual(good)
  })

  test('stays when the declaration cannot be read at all, and goes when it was taken out', () => {
    const unread = complaint.replace('ticket 客诉 "客诉工单" for', 'ticket 客诉 "客诉工单" 为了 for')
    const shown = keepPictures(good, known(textsOf(unread)))
    expect(brokenOf(shown)).toMatchObject({ 客诉: expect.any(Number), 退货: null })
    expect(shown.find(({ picture: { ticket } }) => ticket === '客诉')!.picture).toBe(good[0]!.picture)
    const gone = complaint.slice(0, complaint.indexOf('ticket 客诉'))
    expect(brokenOf(keepPictures(good, known(textsOf(gone))))).toEqual({ 退货: null })
  })
})

describe('the layout', () => {
  const drawn = picture(textsOf(complaint), '客诉')!
  const placed = placePicture(drawn)
  const at = (id: string) => placed.nodes.find(({ node }) => node.id === id)!
  const overlap = (a: Box, b: Box) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  const inside = (inner: Box, outer: Box) =>
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height

  test('places every node and every edge once, inside the picture, a region around its own', () => {
    expect(placed.nodes.map(({ node }) => node.id).sort()).toEqual(drawn.nodes.map(({ id }) => id).sort())
    expect(placed.edges).toHaveLength(drawn.edges.length)
    const whole = { x: 0, y: 0, width: placed.width, height: placed.height }
    for (const box of placed.nodes) {
      expect(inside(box, whole), box.node.id).toBe(true)
      if (box.node.within) expect(inside(box, at(box.node.within.parallel)), box.node.id).toBe(true)
    }
  })

  test('lets no two nodes overlap but a region and what stands in it', () => {
    for (const a of placed.nodes)
      for (const b of placed.nodes)
        if (a !== b && a.node.within?.parallel === b.node.within?.parallel)
          expect(overlap(a, b), `${a.node.id} ${b.node.id}`).toBe(false)
  })

  test('runs from top to bottom: the start above, the end below', () => {
    expect(at('受理').y).toBeLessThan(at('处理').y)
    expect(at('处理').y).toBeLessThan(at('客户确认').y)
    expect(at('归因').y).toBeLessThan(at('结束.已解决').y)
  })

  test('places even flows whose edges lead nowhere or to themselves', () => {
    const odd: Picture = {
      ...drawn,
      edges: [...drawn.edges, { ...drawn.edges[0]!, to: '受理' }, { ...drawn.edges[0]!, to: '?' }],
    }
    expect(placePicture(odd).nodes).toHaveLength(drawn.nodes.length)
    expect(placePicture({ ...drawn, nodes: [], edges: [] })).toMatchObject({ nodes: [], edges: [] })
  })
})

describe('the language worker', () => {
  test('answers the last update and the last question only, the question first', () => {
    const replies: Reply[] = []
    const { take, work } = createAnswering(reply => replies.push(reply))
    const update = (revision: number, text: string) =>
      take({ kind: 'update', revision, language: 'en', texts: { 'a.axle': text } })
    update(1, 'enum A {')
    update(2, 'pack shop "Shop" version 1')
    const ask = (id: number, text: string) => {
      const span = { start: text.length, end: text.length }
      const texts = { 'a.axle': text }
      take({ kind: 'ask', what: 'complete', id, language: 'en', file: 'a.axle', texts, span, name: '' })
    }
    ask(1, '')
    ask(2, 'tick')
    work()
    expect(
      replies.map(reply => [reply.kind, 'id' in reply ? reply.id : 'revision' in reply && reply.revision]),
    ).toEqual([
      ['answered', 2],
      ['known', 2],
    ])
    expect(replies[0]).toMatchObject({
      answer: { items: [{ name: 'ticket' }], replace: { start: 0, end: 4 } },
    })
    expect(replies[1]).toMatchObject({
      findings: [],
      outline: [{ kind: 'pack', name: 'shop' }],
      pictures: [],
    })
    expect(structuredClone(replies)).toEqual(replies)
    work()
    expect(replies).toHaveLength(2)
  })
})
