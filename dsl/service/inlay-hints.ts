import { checkPack } from '#dsl/check'
import { addDecimal, parseDecimal, printDecimal, type Decimal } from '#core/values'
import type { Blueprint } from '#core/blueprint'
import type { Language } from '#dsl/diagnostics'
import {
  parse,
  type Declaration,
  type Expression,
  type ShareNode,
  type Span,
  type TicketNode,
} from '#dsl/syntax'
import { hoursText } from './hours-text.ts'
import { stationsOf } from './model.ts'
import type { Texts } from './texts.ts'

/** A remark between the characters of a text: at `offset`, not part of it. */
export interface InlayHint {
  readonly offset: number
  readonly text: string
  readonly kind: 'row' | 'total' | 'hours'
}

/** Row numbers of tables, what the shares of a split or the arms of a campaign come to, and when clocks run; in reading order. */
export function inlayHints(texts: Texts, file: string, language: Language = 'zh'): InlayHint[] {
  const { declarations } = parse(texts[file] ?? '')
  const hasClocks = declarations.some(node => node.kind === 'ticket')
  const hours = hasClocks ? checkPack(texts).blueprint.hours : {}
  return declarations.flatMap(node => hintsOf(node, { hours, language })).sort((a, b) => a.offset - b.offset)
}

interface Known {
  readonly hours: Blueprint['hours']
  readonly language: Language
}

function hintsOf(node: Declaration, known: Known): InlayHint[] {
  if (node.kind === 'ticket') return clockHints(node, known)
  if (node.kind === 'settle') return [...totalHint(node.shares), ...node.shares.flatMap(innerTotals)]
  if (node.kind === 'campaign') return totalHint(node.arms)
  const hasRows = node.kind === 'library' || node.kind === 'access'
  const rows = 'grid' in node ? node.grid.rows : hasRows ? node.rows : []
  return rows.map((row, index) => ({ offset: row.start, text: String(index + 1), kind: 'row' }))
}

function innerTotals({ shares }: ShareNode): InlayHint[] {
  return shares.length > 0 ? [...totalHint(shares), ...shares.flatMap(innerTotals)] : []
}

/** `= 17%`, or `= 17% + rest` where somebody takes what is left. */
function totalHint(shares: readonly (Span & Pick<ShareNode, 'share'>)[]): InlayHint[] {
  let sum: Decimal = { units: 0n, scale: 0 }
  for (const { share } of shares) {
    const percent = typeof share === 'object' ? percentOf(share) : undefined
    if (percent) sum = addDecimal(sum, percent)
  }
  const rest = shares.find(({ share }) => typeof share === 'string')?.share
  const last = shares.at(-1)
  return last
    ? [
        {
          offset: last.end,
          text: `= ${printDecimal(sum)}%${rest ? ` + ${rest as string}` : ''}`,
          kind: 'total',
        },
      ]
    : []
}

function percentOf(share: Expression): Decimal | undefined {
  return share.kind === 'literal' && share.literal === 'percent'
    ? parseDecimal(share.image.slice(0, -1))
    : undefined
}

function clockHints(ticket: TicketNode, { hours, language }: Known): InlayHint[] {
  const clocks = [...ticket.clocks, ...stationsOf(ticket).flatMap(node => node.clocks)]
  return clocks.flatMap(({ duration }): InlayHint[] => {
    const isWorking =
      duration.kind === 'binary' && duration.operator === 'of' && duration.right.kind === 'name'
    const week = isWorking ? hours[(duration.right as Expression & { kind: 'name' }).name] : undefined
    return week ? [{ offset: duration.end, text: hoursText(week, language), kind: 'hours' }] : []
  })
}
