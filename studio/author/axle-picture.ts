import { html, nothing, svg, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { AxleElement } from '../parts/axle-element.ts'
import { t } from '../text/text.ts'
import type { PictureNode } from '../worker/messages.ts'
import type { Shown } from './kept-pictures.ts'
import { chipText, LINE, PADDING, placePicture, type PlacedEdge, type PlacedNode } from './layout.ts'

/** A ticket's flow as a picture. Sends `axle-pick` {id, focus} when a node is chosen. */
@customElement('axle-picture')
export class AxlePicture extends AxleElement {
  @property({ attribute: false }) shown: Shown | undefined
  @property() selected = ''
  /** The ids of nodes with an error in their clause. */
  @property({ attribute: false }) faulty: ReadonlySet<string> = new Set()

  override render() {
    if (!this.shown) return html`<p class="meta picture-empty">${t('author.no-flow')}</p>`
    const { picture, brokenAt } = this.shown
    const { width, height, nodes, edges, joins } = placePicture(picture)
    const badge = brokenAt && t('author.broken', { line: brokenAt.line, file: brokenAt.file })
    return html`<p class="picture-badge" role="status">${badge ?? ''}</p>
      <svg
        class=${brokenAt ? 'flow broken' : 'flow'}
        role="group"
        aria-label=${t('author.flow-of', { name: picture.label })}
        viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}"
        width=${Math.ceil(width)}
        height=${Math.ceil(height)}
        @keydown=${this.#key}
      >
        ${marks} ${nodes.filter(({ node }) => node.kind === 'parallel').map(placed => this.#region(placed))}
        ${edges.map(drawEdge)} ${joins.map(({ x, y }) => svg`<circle class="join" cx=${x} cy=${y} r="5" />`)}
        ${nodes.filter(({ node }) => node.kind !== 'parallel').map(placed => this.#node(placed))}
        ${brokenAt ? svg`<rect class="hatch" width="100%" height="100%" fill="url(#axle-hatch)" />` : nothing}
      </svg>`
  }

  #node(placed: PlacedNode): TemplateResult {
    const { node, width, height } = placed
    const shape = node.kind === 'end' ? 'end' : node.by === 'customer' ? 'node customer' : 'node'
    return this.#focusable(
      placed,
      shape,
      svg`
      <rect class="box" width=${width} height=${height} rx=${node.kind === 'end' ? height / 2 : 8} />
      ${node.isStart ? svg`<circle class="start" cx="0" cy=${height / 2} r="5" />` : nothing}
      ${node.kind === 'end' ? endText(placed) : nodeText(placed)}
    `,
    )
  }

  #region(placed: PlacedNode): TemplateResult {
    const { node, width, height } = placed
    return this.#focusable(
      placed,
      'region',
      svg`
      <rect class="box" width=${width} height=${height} rx="8" />
      <text class="label" x=${PADDING} y="19">${node.label}</text>
      <text class="role" x=${width - PADDING} y="19" text-anchor="end">${t('author.parallel')}</text>
    `,
    )
  }

  #focusable({ node, x, y }: PlacedNode, shape: string, inside: TemplateResult): TemplateResult {
    const isSelected = node.id === this.selected
    const isFirst = this.selected === '' && node.isStart
    const state = `${isSelected ? ' selected' : ''}${this.faulty.has(node.id) ? ' faulty' : ''}`
    return svg`<g
      class=${shape + state}
      transform="translate(${x} ${y})"
      role="button"
      aria-pressed=${isSelected ? 'true' : 'false'}
      tabindex=${isSelected || isFirst ? 0 : -1}
      data-id=${node.id}
      aria-label=${this.#nameOf(node)}
      aria-disabled=${this.shown?.brokenAt ? 'true' : 'false'}
      @click=${() => this.#pick(node.id, 'stay')}
      @dblclick=${() => this.#pick(node.id, 'focus')}
    >${inside}</g>`
  }

  #nameOf({ id, label, kind, by }: PictureNode): string {
    const exits = this.shown!.picture.edges.filter(({ from }) => from === id).length
    const role = by === 'customer' ? t('author.customer') : by
    const word = t(kind === 'end' ? 'author.end' : kind === 'parallel' ? 'author.parallel' : 'author.node')
    const parts = [`${word} ${label}`, role, exits > 0 ? t('author.exits', { count: exits }) : '']
    return [...parts, this.faulty.has(id) ? t('author.has-error') : ''].filter(part => part !== '').join(', ')
  }

  #pick(id: string, focus: 'stay' | 'focus'): void {
    if (this.shown?.brokenAt) return
    this.dispatchEvent(new CustomEvent('axle-pick', { detail: { id, focus }, bubbles: true }))
  }

  /** Arrows follow the edges; Enter goes to the text. */
  readonly #key = async (event: KeyboardEvent): Promise<void> => {
    const at = (event.target as Element).closest<SVGGElement>('[data-id]')?.dataset.id
    if (at === undefined || event.isComposing) return
    const { edges, nodes } = this.shown!.picture
    const inside = (id: string) => nodes.find(({ within }) => within?.parallel === id)?.id
    const region = nodes.find(({ id }) => id === at)?.within?.parallel
    const next: Record<string, () => string | undefined> = {
      ArrowDown: () => inside(at) ?? edges.find(({ from }) => from === at)?.to,
      ArrowRight: () => edges.filter(({ from }) => from === at).at(-1)?.to,
      ArrowUp: () => edges.find(({ to }) => to === at)?.from ?? region,
      ArrowLeft: () => edges.findLast(({ to }) => to === at)?.from ?? region,
      Home: () => nodes.find(({ isStart }) => isStart)?.id,
    }
    if (event.key === 'Enter' || event.key === ' ') this.#pick(at, event.key === 'Enter' ? 'focus' : 'stay')
    const to = Object.hasOwn(next, event.key) ? next[event.key]!() : undefined
    if (to === undefined && event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    if (to === undefined) return
    this.#pick(to, 'stay')
    await this.updateComplete
    this.querySelector<SVGGElement>(`[data-id="${CSS.escape(to)}"]`)?.focus()
  }
}

const marks = svg`<defs>
  <marker id="axle-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
    <path class="arrow" d="M0 0 8 4 0 8z" />
  </marker>
  <pattern id="axle-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="stripe" width="3" height="8" />
  </pattern>
</defs>`

function nodeText({ node, width }: PlacedNode): TemplateResult {
  const role = node.by === 'customer' ? t('author.customer') : node.by
  return svg`
    <text class="label" x=${PADDING} y=${PADDING + 15}>${node.label}</text>
    <circle class="person" cx=${PADDING + 5} cy=${PADDING + LINE + 7} r="2.5" />
    <path class="person" d="M${PADDING} ${PADDING + LINE + 15}a5 5 0 0 1 10 0z" />
    <text class="role" x=${PADDING + 18} y=${PADDING + LINE + 14}>${role}</text>
    ${node.clocks.map(
      (clock, index) => svg`
        <g class="clock" transform="translate(${PADDING} ${PADDING + LINE * (2 + index)})">
          <rect width=${width - 2 * PADDING} height="17" rx="8.5" />
          <circle cx="9" cy="8.5" r="5" />
          <path d="M9 5.5v3h2.5" />
          <text x="19" y="13">${chipText(clock)}</text>
        </g>`,
    )}`
}

function endText({ node, height }: PlacedNode): TemplateResult {
  return svg`
    <circle class="ring" cx="16" cy=${height / 2} r="6" />
    <text class="label" x="30" y=${height / 2 + 5}>${node.label}</text>`
}

/** The axle line of an edge, its label in words, and a mark where a condition guards it. */
function drawEdge({ edge, points, label }: PlacedEdge): TemplateResult {
  const [first, ...rest] = points
  const path = `M${first!.x} ${first!.y}${rest.map(({ x, y }) => `L${x} ${y}`).join('')}`
  const words = edge.trigger === 'after' ? t('author.after', { time: edge.label }) : edge.label
  const { x, y } = label
  return svg`<g class="edge ${edge.trigger}" data-from=${edge.from} data-to=${edge.to}>
    <path class="way" d=${path} marker-end="url(#axle-arrow)" />
    ${
      words === ''
        ? nothing
        : svg`<text x=${x + (edge.guarded ? 8 : 0)} y=${y + 4} text-anchor="middle">${words}</text>`
    }
    ${edge.guarded && words !== '' ? guardMark(x - words.length * 6.5 - 4, y) : nothing}
  </g>`
}

function guardMark(x: number, y: number): TemplateResult {
  return svg`<path class="guard" d="M${x - 6} ${y}l3 -5h6l3 5-3 5h-6z"><title>${t('author.guarded')}</title></path>`
}
