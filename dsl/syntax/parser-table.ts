import { binding } from './operand.ts'
import { unread } from './parser-base.ts'
import { ExpressionParser } from './parser-expression.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type {
  Cell,
  CellItem,
  Column,
  Expression,
  GridNode,
  Label,
  Name,
  Row,
  Rounding,
  TypeNode,
} from './tree.ts'

/** Types, and the grid that tables, their tests, routes and access rules share. */
export class TableParser extends ExpressionParser {
  type: () => TypeNode = this.shortened(
    this.RULE('type', (): TypeNode => {
      const start = this.nextStart
      const name = this.SUBRULE(this.typeName)
      const args: TypeNode[] = []
      const values: TypeNode['values'][number][] = []
      let size: Expression | undefined
      this.OPTION(() =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(P['('])
              this.AT_LEAST_ONE_SEP({
                SEP: P[','],
                DEF: () => args.push(this.SUBRULE(this.type) as TypeNode),
              })
              this.CONSUME(P[')'])
            },
          },
          {
            ALT: () => {
              this.CONSUME(P['['])
              size = this.SUBRULE(this.expression)
              this.CONSUME(P[']'])
            },
          },
          {
            ALT: () => {
              this.CONSUME(P['{'])
              this.MANY_SEP2({ SEP: P[','], DEF: () => values.push(this.SUBRULE(this.labelled)) })
              this.CONSUME(P['}'])
            },
          },
        ]),
      )
      const optional = this.OPTION2(() => this.CONSUME(P['?'])) !== undefined
      return { name, args, size, optional, values, ...this.from(start) }
    }),
    () => this.plainType(),
  )

  /** `等级`, or `retail.aftersale.等级` of a pack that is used. */
  private typeName = this.shortened(
    this.RULE('typeName', (): Name => {
      const start = this.nextStart
      const parts: string[] = []
      this.AT_LEAST_ONE_SEP({ SEP: P['.'], DEF: () => parts.push(this.nameOf(this.CONSUME(T.Word)).text) })
      return { text: parts.join('.'), ...this.from(start) }
    }),
    () => this.plainName(),
  )

  labelled = this.RULE('labelled', () => {
    const start = this.nextStart
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.OPTION(() => this.labelOf(this.CONSUME(T.Text)))
    return { name, label, ...this.from(start) }
  })

  rounding = this.RULE('rounding', (): Rounding => {
    const start = this.nextStart
    this.CONSUME(K.round)
    const mode = this.nameOf(this.CONSUME(T.Word))
    const step = this.SUBRULE(this.signed) as Expression
    return { mode, step, ...this.from(start) }
  })

  grid = this.RULE('grid', (): GridNode => {
    const start = this.nextStart
    const inputs: Column[] = []
    const outputs: Column[] = []
    const rows: Row[] = []
    this.CONSUME(P['|'])
    this.AT_LEAST_ONE_SEP({ SEP: P['|'], DEF: () => inputs.push(this.SUBRULE(this.column)) })
    this.CONSUME(P['||'])
    this.AT_LEAST_ONE(() => {
      outputs.push(this.SUBRULE2(this.column))
      this.CONSUME2(P['|'])
    })
    this.OPTION3(() => this.CONSUME3(T.End))
    this.CONSUME(T.Rule)
    this.OPTION(() => this.CONSUME(T.End))
    this.MANY(() => {
      const row = this.guarded(() => this.SUBRULE(this.row))
      if (row) rows.push(row)
      this.OPTION2(() => this.CONSUME2(T.End))
    })
    const from = this.OPTION4(() => this.SUBRULE(this.rowsFrom))
    return { inputs, outputs, rows, from, ...this.from(start) }
  })

  /** `rows from "items.csv"` */
  protected rowsFrom = this.RULE('rowsFrom', (): Label => {
    this.CONSUME(K.rows)
    this.CONSUME(K.from)
    const file = this.labelOf(this.CONSUME(T.Text))
    this.OPTION(() => this.CONSUME(T.End))
    return file
  })

  /** `per day`: a column of a limit. */
  private window = this.RULE('window', (): Expression => {
    const start = this.nextStart
    this.CONSUME(K.per)
    const unit = this.nameOf(this.CONSUME(T.Word))
    return { kind: 'name', name: `per ${unit.text}`, ...this.from(start) }
  })

  private column = this.RULE('column', (): Column => {
    const start = this.nextStart
    const subject = this.OR([
      { ALT: () => this.SUBRULE(this.window) as Expression },
      { ALT: () => this.SUBRULE(this.postfix) as Expression },
    ])
    const type = this.OPTION(() => {
      this.CONSUME(P[':'])
      return this.SUBRULE(this.type) as TypeNode
    })
    return { subject, type, ...this.from(start) }
  })

  private row = this.RULE('row', (): Row => {
    const start = this.nextStart
    const inputs: Cell[] = []
    const outputs: Cell[] = []
    let isElse = false
    this.CONSUME(P['|'])
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.else)
          isElse = true
        },
      },
      {
        ALT: () => this.AT_LEAST_ONE_SEP({ SEP: P['|'], DEF: () => inputs.push(this.SUBRULE(this.cell)) }),
      },
    ])
    this.CONSUME(P['||'])
    this.AT_LEAST_ONE(() => {
      outputs.push(this.SUBRULE2(this.cell))
      this.CONSUME2(P['|'])
    })
    return { isElse, inputs, outputs, ...this.from(start) }
  })

  private cell = this.shortened(
    this.RULE('cell', (): Cell => {
      const start = this.nextStart
      const items: CellItem[] = []
      let negated = false
      this.OR([
        {
          GATE: () => this.LA(2).tokenType === P['|'] || this.LA(2).tokenType === P['||'],
          ALT: () => this.CONSUME(P['-']),
        },
        {
          ALT: () => {
            this.OPTION(() => {
              this.CONSUME(K.not)
              negated = true
            })
            this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => items.push(this.SUBRULE(this.cellItem)) })
          },
        },
      ])
      return { negated, items, ...this.from(start) }
    }),
    () => this.plainCell(),
  )

  private cellItem = this.RULE('cellItem', (): CellItem => {
    const start = this.nextStart
    const operator = this.OPTION(() =>
      this.OR([
        { ALT: () => this.CONSUME(P['=']) },
        { ALT: () => this.CONSUME(P['!=']) },
        { ALT: () => this.CONSUME(P['<=']) },
        { ALT: () => this.CONSUME(P['>=']) },
        { ALT: () => this.CONSUME(P['<']) },
        { ALT: () => this.CONSUME(P['>']) },
      ]),
    )
    const value = this.SUBRULE(this.range) as Expression
    return { operator: this.operatorOf(operator), value, ...this.from(start) }
  })

  /** A type that is a name and nothing more. */
  private plainType(): TypeNode | typeof unread {
    if (typeGoesOn.has(this.LA(2).tokenType)) return unread
    const name = this.plainName()
    if (name === unread) return unread
    const { start, end } = name
    return { name, args: [], size: undefined, optional: false, values: [], start, end }
  }

  /** `-`, or one value that stands alone. */
  private plainCell(): Cell | typeof unread {
    const next = this.LA(2).tokenType
    if (next !== P['|'] && next !== P['||']) return unread
    const start = this.nextStart
    if (this.LA(1).tokenType === P['-']) {
      this.SKIP_TOKEN()
      return { negated: false, items: [], ...this.from(start) }
    }
    const value = this.alone(binding.operand)
    if (value === unread) return unread
    const { end } = value
    return { negated: false, items: [{ operator: '=', value, start, end }], start, end }
  }
}

/** What a type goes on with behind its name. */
const typeGoesOn: ReadonlySet<unknown> = new Set([P['.'], P['('], P['['], P['{'], P['?']])
