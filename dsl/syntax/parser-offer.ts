import { ActionParser } from './parser-action.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type * as Tree from './tree.ts'

type Pool = { -readonly [Key in keyof Tree.PoolNode]: Tree.PoolNode[Key] }

/** What changes a price for a while or by volume, what is quoted, and leads that staff claim. */
export class OfferParser extends ActionParser {
  overlay = this.RULE('overlay', (): Tree.OverlayNode => {
    const start = this.nextStart
    this.CONSUME(K.overlay)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.on)
    const on = this.SUBRULE(this.qualified)
    const steps: Tree.PriceStepNode[] = []
    let window: Tree.WindowNode | undefined
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          { ALT: () => (window = this.SUBRULE(this.overlayWindow)) },
          { ALT: () => steps.push(this.SUBRULE(this.priceStep)) },
        ]),
      )
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'overlay', name, label, on, window, steps, ...this.from(start) }
  })

  private overlayWindow = this.RULE('overlayWindow', (): Tree.WindowNode => {
    const start = this.nextStart
    this.CONSUME(K.from)
    const from = this.SUBRULE(this.instant)
    this.CONSUME(P['..<'])
    const to = this.SUBRULE2(this.instant)
    const regions: Tree.Expression[] = []
    this.OPTION(() => {
      this.CONSUME(K.in)
      this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => regions.push(this.SUBRULE(this.postfix)) })
    })
    return { from, to, regions, ...this.from(start) }
  })

  protected instant = this.RULE('instant', (): Tree.InstantNode => {
    const start = this.nextStart
    const date = this.imageOf(this.CONSUME(T.Date))
    const time = this.imageOf(this.CONSUME(T.Time))
    return { date, time, ...this.from(start) }
  })

  rebate = this.RULE('rebate', (): Tree.RebateNode => {
    const start = this.nextStart
    this.CONSUME(K.rebate)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const mode = this.OR([
      { ALT: () => (this.CONSUME(K.marginal), 'marginal' as const) },
      { ALT: () => (this.CONSUME(K.whole), 'whole' as const) },
    ])
    this.CONSUME(K.on)
    const on = this.SUBRULE(this.qualified)
    this.CONSUME(P['{'])
    const grid = this.SUBRULE(this.grid)
    const rounding = this.OPTION(() => this.SUBRULE(this.rounding))
    this.OPTION2(() => this.CONSUME(T.End))
    this.CONSUME(P['}'])
    return { kind: 'rebate', name, label, mode, on, grid, rounding, ...this.from(start) }
  })

  rates = this.RULE('rates', (): Tree.RatesNode => {
    const start = this.nextStart
    this.CONSUME(K.rates)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const rates: Tree.RateNode[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      const rate = this.guarded(() => this.SUBRULE(this.rate))
      if (rate) rates.push(rate)
      this.SUBRULE(this.itemEnd)
    })
    this.CONSUME(P['}'])
    return { kind: 'rates', name, label, rates, ...this.from(start) }
  })

  private rate = this.RULE('rate', (): Tree.RateNode => {
    const start = this.nextStart
    const date = this.imageOf(this.CONSUME(T.Date))
    const rate = this.SUBRULE(this.literal) as Tree.Expression
    return { date, rate, ...this.from(start) }
  })

  quote = this.RULE('quote', (): Tree.QuoteNode => {
    const start = this.nextStart
    this.CONSUME(K.quote)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.for)
    const form = this.nameOf(this.CONSUME2(T.Word))
    const options: Tree.QuoteOption[] = []
    let valid: Tree.Expression | undefined
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          { ALT: () => options.push(this.SUBRULE(this.quoteOption)) },
          {
            ALT: () => {
              this.CONSUME(K.valid)
              valid = this.SUBRULE(this.scope)
            },
          },
        ]),
      )
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'quote', name, label, form, options, valid, ...this.from(start) }
  })

  private quoteOption = this.RULE('quoteOption', (): Tree.QuoteOption => {
    const start = this.nextStart
    this.CONSUME(K.option)
    const name = this.nameOf(this.CONSUME(T.Word))
    const price = this.nameOf(this.CONSUME2(T.Word))
    return { name, price, ...this.from(start) }
  })

  leadPool = this.RULE('leadPool', (): Tree.PoolNode => {
    const start = this.nextStart
    this.CONSUME(K.pool)
    const name = this.nameOf(this.CONSUME(T.Word))
    const none = { claim: undefined, protect: undefined, returns: undefined }
    const pool: Pool = { kind: 'lead-pool', name, label: undefined, ...none, ...this.from(start) }
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() => this.SUBRULE(this.poolClause, { ARGS: [pool] }))
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { ...pool, ...this.from(start) }
  })

  private poolClause = this.RULE('poolClause', (pool: Pool) => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.claim)
          const count = Number(this.imageOf(this.CONSUME(T.Int)))
          this.CONSUME(K.per)
          const per = this.SUBRULE(this.scope) as Tree.Expression
          this.ACTION(() => (pool.claim = { count, per }))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.protect)
          const protect = this.SUBRULE2(this.scope) as Tree.Expression
          this.ACTION(() => (pool.protect = protect))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.return)
          this.CONSUME(K.after)
          const returns = this.SUBRULE3(this.scope) as Tree.Expression
          this.ACTION(() => (pool.returns = returns))
        },
      },
    ])
  })
}
