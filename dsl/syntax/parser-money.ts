import { ScenarioParser } from './parser-scenario.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type * as Tree from './tree.ts'

/** Libraries, prices and settlements. */
export class MoneyParser extends ScenarioParser {
  library = this.RULE('library', (): Tree.LibraryNode => {
    const start = this.nextStart
    this.CONSUME(K.library)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const fields: Tree.FieldNode[] = []
    const columns: Tree.Name[] = []
    const rows: Tree.LibraryRow[] = []
    let from: Tree.Label | undefined
    this.CONSUME(P['{'])
    this.MANY({
      GATE: () => this.LA(2).tokenType !== K.from,
      DEF: () => {
        const field = this.guarded(() => this.SUBRULE(this.field))
        if (field) fields.push(field)
        this.SUBRULE(this.itemEnd)
      },
    })
    this.OPTION(() => {
      this.CONSUME(P['|'])
      this.AT_LEAST_ONE(() => {
        columns.push(this.nameOf(this.CONSUME2(T.Word)))
        this.CONSUME2(P['|'])
      })
      this.CONSUME(T.End)
      this.CONSUME(T.Rule)
      this.OPTION2(() => this.CONSUME2(T.End))
      this.MANY2(() => {
        const row = this.guarded(() => this.SUBRULE(this.libraryRow))
        if (row) rows.push(row)
        this.OPTION3(() => this.CONSUME3(T.End))
      })
    })
    this.OPTION4(() => (from = this.SUBRULE(this.rowsFrom)))
    this.CONSUME(P['}'])
    return { kind: 'library', name, label, fields, columns, rows, from, ...this.from(start) }
  })

  private libraryRow = this.RULE('libraryRow', (): Tree.LibraryRow => {
    const start = this.nextStart
    const values: Tree.Expression[] = []
    this.CONSUME(P['|'])
    this.AT_LEAST_ONE(() => {
      values.push(this.SUBRULE(this.signed) as Tree.Expression)
      this.CONSUME2(P['|'])
    })
    return { values, ...this.from(start) }
  })

  price = this.RULE('price', (): Tree.PriceNode => {
    const start = this.nextStart
    this.CONSUME(K.price)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.for)
    const form = this.nameOf(this.CONSUME2(T.Word))
    const lines: Tree.PriceLineNode[] = []
    let total: { name: Tree.Name; type: Tree.TypeNode } | undefined
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          { ALT: () => lines.push(this.SUBRULE(this.priceLine)) },
          { ALT: () => (total = this.SUBRULE(this.total)) },
        ]),
      )
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return {
      kind: 'price',
      name,
      label,
      form,
      lines,
      total: total?.name,
      totalType: total?.type,
      ...this.from(start),
    }
  })

  /** `total 应收: money = sum(lines)`; the lines' sum is the one total there is. */
  private total = this.RULE('priceTotal', (): { name: Tree.Name; type: Tree.TypeNode } => {
    this.CONSUME(K.total)
    const name = this.nameOf(this.CONSUME(T.Word))
    this.CONSUME(P[':'])
    const type = this.SUBRULE(this.type)
    this.CONSUME(P['='])
    this.CONSUME(K.sum)
    this.CONSUME(P['('])
    this.CONSUME2(T.Word)
    this.CONSUME(P[')'])
    return { name, type }
  })

  private priceLine = this.RULE('priceLine', (): Tree.PriceLineNode => {
    const start = this.nextStart
    this.CONSUME(K.line)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const per = this.OPTION(() => {
      this.CONSUME(K.per)
      return this.nameOf(this.CONSUME2(T.Word))
    })
    const when = this.OPTION2(() => this.SUBRULE(this.condition))
    const steps: Tree.PriceStepNode[] = []
    let rounding: Tree.Rounding | undefined
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          { ALT: () => steps.push(this.SUBRULE(this.priceStep)) },
          { ALT: () => (rounding = this.SUBRULE(this.rounding)) },
        ]),
      )
      this.OPTION3(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { name, label, per, when, steps, rounding, ...this.from(start) }
  })

  protected priceStep = this.RULE('priceStep', (): Tree.PriceStepNode => {
    const start = this.nextStart
    const word = this.OR([
      { ALT: () => this.CONSUME(K.base) },
      { ALT: () => this.CONSUME(K.times) },
      { ALT: () => this.CONSUME(K.plus) },
      { ALT: () => this.CONSUME(K.cap) },
    ])
    const value = this.SUBRULE(this.expression) as Tree.Expression
    const when = this.OPTION(() => this.SUBRULE(this.condition))
    return { kind: this.imageOf(word) as Tree.PriceStepNode['kind'], value, when, ...this.from(start) }
  })

  protected condition = this.RULE('condition', (): Tree.Expression => {
    this.CONSUME(K.when)
    return this.SUBRULE(this.expression)
  })

  settle = this.RULE('settle', (): Tree.SettleNode => {
    const start = this.nextStart
    this.CONSUME(K.settle)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.on)
    const on = this.SUBRULE(this.qualified)
    const hold = this.OPTION(() => {
      this.CONSUME(K.hold)
      return this.SUBRULE(this.scope) as Tree.Expression
    })
    let by: Tree.Expression | undefined
    let base: Tree.Expression | undefined
    let rounding: Tree.Rounding | undefined
    let shares: readonly Tree.ShareNode[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(K.by)
              by = this.SUBRULE2(this.expression)
            },
          },
          {
            ALT: () => {
              this.CONSUME(K.base)
              base = this.SUBRULE(this.expression)
            },
          },
          { ALT: () => (rounding = this.SUBRULE(this.rounding)) },
          {
            ALT: () => {
              this.CONSUME(K.split)
              shares = this.SUBRULE(this.shares)
            },
          },
        ]),
      )
      this.OPTION2(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'settle', name, label, on, hold, by, base, rounding, shares, ...this.from(start) }
  })

  private shares: () => Tree.ShareNode[] = this.RULE('shares', (): Tree.ShareNode[] => {
    const shares: Tree.ShareNode[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      const share = this.guarded(() => this.SUBRULE(this.share))
      if (share) shares.push(share)
      this.SUBRULE(this.itemEnd)
    })
    this.CONSUME(P['}'])
    return shares
  })

  private share = this.RULE('share', (): Tree.ShareNode => {
    const start = this.nextStart
    const party = this.nameOf(this.CONSUME(T.Word))
    const share = this.OR([
      { ALT: () => (this.CONSUME(K.rest), 'rest' as const) },
      { ALT: () => (this.CONSUME(K.equal), 'equal' as const) },
      { ALT: () => this.SUBRULE(this.literal) as Tree.Expression },
    ])
    const cap = this.OPTION(() => {
      this.CONSUME(K.cap)
      return this.SUBRULE2(this.literal) as Tree.Expression
    })
    const when = this.OPTION2(() => this.SUBRULE(this.condition))
    const shares = this.OPTION3(() => this.SUBRULE(this.shares)) ?? []
    return { party, share, cap, when, shares, ...this.from(start) }
  })
}
