import type { IToken } from 'chevrotain'
import { binding, literals, momentOf, operandOf, standsAlone } from './operand.ts'
import { BaseParser, unread } from './parser-base.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type { Argument, BinaryOperator, Entry, Expression } from './tree.ts'

/** Expressions, loosest first: where · or · and · not · comparison · range · + - · * / · of · postfix. */
export class ExpressionParser extends BaseParser {
  expression = this.shortened(
    this.RULE('expression', (): Expression => {
      let left = this.SUBRULE(this.disjunction)
      this.MANY(() => {
        this.CONSUME(K.where)
        left = binary('where', left, this.SUBRULE2(this.disjunction))
      })
      return left
    }),
    () => this.alone(binding.where),
  )

  disjunction = this.RULE('disjunction', (): Expression => {
    let left = this.SUBRULE(this.conjunction)
    this.MANY(() => {
      this.CONSUME(K.or)
      left = binary('or', left, this.SUBRULE2(this.conjunction))
    })
    return left
  })

  conjunction = this.shortened(
    this.RULE('conjunction', (): Expression => {
      let left = this.SUBRULE(this.negation)
      this.MANY(() => {
        this.CONSUME(K.and)
        left = binary('and', left, this.SUBRULE2(this.negation))
      })
      return left
    }),
    () => this.alone(binding.and),
  )

  negation: () => Expression = this.shortened(
    this.RULE('negation', (): Expression => {
      const start = this.nextStart
      return this.OR([
        {
          ALT: (): Expression => {
            this.CONSUME(K.not)
            const operand = this.SUBRULE(this.negation) as Expression
            return { kind: 'unary', operator: 'not', operand, ...this.from(start) }
          },
        },
        { ALT: () => this.SUBRULE(this.comparison) as Expression },
      ])
    }),
    () => this.alone(binding.comparison),
  )

  comparison = this.RULE('comparison', (): Expression => {
    let left = this.SUBRULE(this.range)
    this.OPTION(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(P['=']) },
        { ALT: () => this.CONSUME(P['!=']) },
        { ALT: () => this.CONSUME(P['<=']) },
        { ALT: () => this.CONSUME(P['>=']) },
        { ALT: () => this.CONSUME(P['<']) },
        { ALT: () => this.CONSUME(P['>']) },
        { ALT: () => this.CONSUME(K.in) },
        { ALT: () => this.CONSUME(K.has) },
        { ALT: () => this.CONSUME(K.within) },
      ])
      left = binary(this.operatorOf(operator), left, this.SUBRULE2(this.range))
    })
    return left
  })

  protected operatorOf<O extends BinaryOperator>(token: IToken | undefined): O {
    return (token?.tokenType?.name ?? '=').replaceAll("'", '') as O
  }

  range = this.shortened(
    this.RULE('range', (): Expression => {
      let left = this.SUBRULE(this.sum)
      this.OPTION(() => {
        const half = this.OR([
          { ALT: () => (this.CONSUME(P['..<']), true) },
          { ALT: () => (this.CONSUME(P['..']), false) },
        ])
        left = binary(half ? '..<' : '..', left, this.SUBRULE2(this.sum))
      })
      return left
    }),
    () => this.alone(binding.range),
  )

  sum = this.RULE('sum', (): Expression => {
    let left = this.SUBRULE(this.product)
    this.MANY(() => {
      const plus = this.OR([
        { ALT: () => (this.CONSUME(P['+']), true) },
        { ALT: () => (this.CONSUME(P['-']), false) },
      ])
      left = binary(plus ? '+' : '-', left, this.SUBRULE2(this.product))
    })
    return left
  })

  product = this.shortened(
    this.RULE('product', (): Expression => {
      let left = this.SUBRULE(this.scope)
      this.MANY(() => {
        const times = this.OR([
          { ALT: () => (this.CONSUME(P['*']), true) },
          { ALT: () => (this.CONSUME(P['/']), false) },
        ])
        left = binary(times ? '*' : '/', left, this.SUBRULE2(this.scope))
      })
      return left
    }),
    () => this.alone(binding.product),
  )

  scope = this.shortened(
    this.RULE('scope', (): Expression => {
      let left = this.SUBRULE(this.signed)
      this.OPTION(() => {
        this.CONSUME(K.of)
        left = binary('of', left, this.SUBRULE2(this.signed))
      })
      return left
    }),
    () => this.alone(binding.scope),
  )

  signed: () => Expression = this.RULE('signed', (): Expression => {
    const start = this.nextStart
    return this.OR([
      {
        ALT: (): Expression => {
          this.CONSUME(P['-'])
          const operand = this.SUBRULE(this.signed) as Expression
          return { kind: 'unary', operator: '-', operand, ...this.from(start) }
        },
      },
      { ALT: () => this.SUBRULE(this.postfix) as Expression },
    ])
  })

  postfix = this.RULE('postfix', (): Expression => {
    const start = this.nextStart
    let value = this.SUBRULE(this.primary)
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(P['.'])
            const name = this.nameOf(this.CONSUME(T.Word))
            value = { kind: 'member', object: value, name, ...this.from(start) }
          },
        },
        {
          ALT: () => {
            const args = this.SUBRULE(this.arguments)
            value = { kind: 'call', callee: value, args, ...this.from(start) }
          },
        },
      ])
    })
    return value
  })

  arguments = this.RULE('arguments', (): Argument[] => {
    const args: Argument[] = []
    this.CONSUME(P['('])
    this.MANY_SEP({
      SEP: P[','],
      DEF: () => {
        const start = this.nextStart
        const name = this.OPTION(() => {
          const word = this.CONSUME(T.Word)
          this.CONSUME(P[':'])
          return this.nameOf(word)
        })
        const value = this.SUBRULE(this.expression)
        args.push({ name, value, ...this.from(start) })
      },
    })
    this.CONSUME(P[')'])
    return args
  })

  primary: () => Expression = this.shortened(
    this.RULE('primary', (): Expression => {
      const start = this.nextStart
      return this.OR([
        { ALT: () => this.SUBRULE(this.literal) as Expression },
        { ALT: () => operandOf(this.CONSUME(T.Word)) },
        {
          ALT: () => {
            this.CONSUME(P['('])
            const inner = this.SUBRULE(this.expression) as Expression
            this.CONSUME(P[')'])
            return inner
          },
        },
        {
          ALT: (): Expression => {
            const items: Expression[] = []
            this.CONSUME(P['['])
            this.MANY_SEP({
              SEP: P[','],
              DEF: () => items.push(this.SUBRULE2(this.expression) as Expression),
            })
            this.CONSUME(P[']'])
            return { kind: 'list', items, ...this.from(start) }
          },
        },
        { ALT: () => this.SUBRULE(this.record) as Expression },
        {
          ALT: (): Expression => {
            this.CONSUME(K.if)
            const condition = this.SUBRULE3(this.expression) as Expression
            this.CONSUME(K.then)
            const then = this.SUBRULE4(this.expression) as Expression
            this.CONSUME(K.else)
            const otherwise = this.SUBRULE5(this.expression) as Expression
            return { kind: 'if', condition, then, else: otherwise, ...this.from(start) }
          },
        },
      ])
    }),
    () => this.alone(binding.operand),
  )

  record = this.RULE('record', (): Expression => {
    const start = this.nextStart
    const entries: Entry[] = []
    this.CONSUME(P['{'])
    this.MANY_SEP({
      SEP: P[','],
      DEF: () => {
        const from = this.nextStart
        const name = this.nameOf(this.CONSUME(T.Word))
        this.CONSUME(P[':'])
        const value = this.SUBRULE(this.expression) as Expression
        entries.push({ name, value, ...this.from(from) })
      },
    })
    this.OPTION(() => this.CONSUME(T.End))
    this.CONSUME(P['}'])
    return { kind: 'record', entries, ...this.from(start) }
  })

  literal = this.RULE('literal', (): Expression => {
    const others = literals.filter(([kind]) => kind !== T.Date)
    return this.OR([
      { ALT: () => this.SUBRULE(this.moment) as Expression },
      ...others.map(([kind]) => ({
        ALT: () => {
          const token = this.CONSUME(kind)
          return this.ACTION(() => operandOf(token))
        },
      })),
    ])
  })

  /** A date, and behind it perhaps the time of a moment: `2026-11-11 10:00`. */
  private moment = this.RULE('moment', (): Expression => {
    const date = this.CONSUME2(T.Date)
    const time = this.OPTION(() => this.CONSUME2(T.Time))
    return this.ACTION(() => momentOf(date, time))
  })

  /**
   * An operand that has no operator of its rule's level or a tighter one behind it: most are, and need no walk through the
   * rules of all levels.
   */
  protected alone(level: number): Expression | typeof unread {
    const token = this.LA(1)
    if (!standsAlone(token, this.LA(2), level)) return unread
    this.SKIP_TOKEN()
    return operandOf(token)
  }
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  // Why the optional places: while Chevrotain records the grammar, sub-rules return nothing.
  return { kind: 'binary', operator, left, right, start: left?.start, end: right?.end }
}
