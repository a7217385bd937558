import { Graph, layout } from '@dagrejs/dagre'
import type { Picture, PictureEdge, PictureNode } from '../worker/messages.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A box; x and y are its left upper corner, in pixels of the whole picture. */
export interface Box extends Point {
  readonly width: number
  readonly height: number
}

export interface PlacedNode extends Box {
  readonly node: PictureNode
}

export interface PlacedEdge {
  readonly edge: PictureEdge
  readonly points: readonly Point[]
  /** The middle of its label. */
  readonly label: Point
}

export interface PlacedPicture {
  readonly width: number
  readonly height: number
  /** Regions come before what stands in them. */
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
  /** Where the branches of a region are done. */
  readonly joins: readonly Point[]
}

export const LINE = 20
export const PADDING = 12
const HEAD = 28
const JOIN = 12

/** Lays a flow out in layers from top to bottom; every region is laid out by itself and then stands as one box. */
export function placePicture({ nodes, edges }: Picture): PlacedPicture {
  const regionOf = new Map(nodes.map(({ id, within }) => [id, within?.parallel]))
  const regions = new Map(
    nodes
      .filter(({ kind }) => kind === 'parallel')
      .map(({ id }) => [id, placeRegion(id, { nodes, edges, regionOf })] as const),
  )
  const outer = edges.filter(edge => regionOf.get(edge.to) === undefined && !isDone(edge, regionOf))
  const placed = placeLevel(
    nodes.filter(({ within }) => !within).map(node => ({ node, ...(regions.get(node.id) ?? sizeOf(node)) })),
    outer.map(edge => ({ edge, from: regionOf.get(edge.from) ?? edge.from, to: edge.to })),
  )
  const inside = placed.nodes.flatMap(box => {
    const region = regions.get(box.node.id)
    return region ? [moved(region, { x: box.x + PADDING, y: box.y + HEAD })] : []
  })
  return {
    width: placed.width,
    height: placed.height,
    nodes: [...placed.nodes, ...inside.flatMap(region => region.nodes)],
    edges: [...placed.edges, ...inside.flatMap(region => region.edges)],
    joins: inside.flatMap(region => region.joins),
  }
}

interface Level {
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
  readonly regionOf: ReadonlyMap<string, string | undefined>
}

function isDone({ from, to }: PictureEdge, regionOf: Level['regionOf']): boolean {
  return regionOf.get(from) === to
}

type Placed = Pick<PlacedPicture, 'width' | 'height' | 'nodes' | 'edges' | 'joins'>

function placeRegion(id: string, { nodes, edges, regionOf }: Level): Placed {
  const own = nodes.filter(({ within }) => within?.parallel === id)
  const inner = edges.filter(
    edge => regionOf.get(edge.from) === id && (edge.to === id || regionOf.get(edge.to) === id),
  )
  const boxes = own.map(node => ({ node, ...sizeOf(node) }))
  const lines = inner.map(edge => ({ edge, from: edge.from, to: edge.to === id ? DONE : edge.to }))
  const { width, height, ...placed } = placeLevel(boxes, lines)
  return { ...placed, width: width + 2 * PADDING, height: height + HEAD + PADDING }
}

const DONE = '\u0000done'

interface Line {
  readonly edge: PictureEdge
  readonly from: string
  readonly to: string
}

interface Sized {
  readonly node: PictureNode
  readonly width: number
  readonly height: number
}

function placeLevel(boxes: readonly Sized[], lines: readonly Line[]): Placed {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 30, edgesep: 16, marginx: 8, marginy: 8 })
  for (const { node, width, height } of boxes) graph.setNode(node.id, { width, height })
  if (lines.some(({ to }) => to === DONE)) graph.setNode(DONE, { width: JOIN, height: JOIN })
  const known = lines.filter(({ from, to }) => graph.hasNode(from) && graph.hasNode(to))
  for (const [index, { edge, from, to }] of known.entries()) {
    const width = labelWidth(edge)
    graph.setEdge(from, to, { width, height: width > 0 ? LINE : 0, labelpos: 'c', minlen: 1 }, String(index))
  }
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  const join = graph.hasNode(DONE) ? [center(graph.node(DONE))] : []
  return {
    ...{ width: Math.max(width, 0), height: Math.max(height, 0), joins: join },
    nodes: boxes.map(({ node, width, height }) => {
      const { x, y } = center(graph.node(node.id))
      return { node, x: x - width / 2, y: y - height / 2, width, height }
    }),
    edges: known.map(({ edge, from, to }, index) => {
      const drawn = graph.edge(from, to, String(index)) as unknown as {
        points: Point[]
        x?: number
        y?: number
      }
      const points = drawn.points.map(({ x, y }) => ({ x, y }))
      const middle = points[Math.floor(points.length / 2)]!
      return { edge, points, label: { x: drawn.x ?? middle.x, y: drawn.y ?? middle.y } }
    }),
  }
}

function center(node: unknown): Point {
  const { x, y } = node as Point
  return { x, y }
}

function moved(level: Placed, by: Point): Placed {
  const at = <P extends Point>(point: P): P => ({ ...point, x: point.x + by.x, y: point.y + by.y })
  return {
    ...{ width: level.width, height: level.height, nodes: level.nodes.map(at), joins: level.joins.map(at) },
    edges: level.edges.map(({ edge, points, label }) => ({ edge, points: points.map(at), label: at(label) })),
  }
}

/** A node's box: its label, its role, its clocks in rows of two. */
function sizeOf(node: PictureNode): { width: number; height: number } {
  if (node.kind === 'end') return { width: Math.max(textWidth(node.label) + 44, 72), height: 32 }
  const chips = node.clocks.map(chipText).map(text => textWidth(text, 12) + 30)
  const width = Math.max(textWidth(node.label) + 24, textWidth(node.by, 12) + 44, ...chips, 120)
  return { width: Math.ceil(width + PADDING), height: 2 * PADDING + LINE * (2 + chips.length) }
}

export function chipText({ name, time }: PictureNode['clocks'][number]): string {
  return `${name} ${time}`
}

function labelWidth({ label, guarded, trigger }: PictureEdge): number {
  if (label === '') return 0
  return textWidth(label, 12) + (guarded ? 18 : 0) + (trigger === 'after' ? 34 : 0) + 8
}

/** About as wide as the text will be: Chinese is square, Latin about half of that. */
function textWidth(text: string, size = 14): number {
  return [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? size : size * 0.58), 0)
}
