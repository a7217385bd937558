import { DeclarationParser } from './parser-declaration.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type * as Tree from './tree.ts'

/** Hours, entities, forms and who may see their fields. */
export class DataParser extends DeclarationParser {
  hours = this.RULE('hours', (): Tree.HoursNode => {
    const start = this.nextStart
    this.CONSUME(K.hours)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const lines: Tree.HoursLine[] = []
    const except: Tree.Expression[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(K.except)
            except.push(this.SUBRULE(this.expression))
          },
        },
        { ALT: () => lines.push(this.SUBRULE(this.hoursLine)), IGNORE_AMBIGUITIES: true },
      ])
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'hours', name, label, lines, except, ...this.from(start) }
  })

  private hoursLine = this.RULE('hoursLine', (): Tree.HoursLine => {
    const start = this.nextStart
    const fromDay = this.nameOf(this.CONSUME(T.Word))
    const toDay = this.OPTION(() => {
      this.CONSUME(P['..'])
      return this.nameOf(this.CONSUME2(T.Word))
    })
    const ranges: Tree.Expression[] = []
    this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => ranges.push(this.SUBRULE(this.range)) })
    return { fromDay, toDay, ranges, ...this.from(start) }
  })

  entity = this.RULE('entity', (): Tree.EntityNode => {
    const start = this.nextStart
    const isExtension = this.OR([
      { ALT: () => (this.CONSUME(K.extend), true) },
      { ALT: () => (this.CONSUME(K.entity), false) },
    ])
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const fields: Tree.FieldNode[] = []
    const events: Tree.Name[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR2([
          { ALT: () => fields.push(this.SUBRULE(this.field)) },
          {
            ALT: () => {
              this.CONSUME(K.event)
              this.AT_LEAST_ONE_SEP({
                SEP: P[','],
                DEF: () => events.push(this.nameOf(this.CONSUME2(T.Word))),
              })
            },
          },
        ]),
      )
      this.SUBRULE(this.itemEnd)
    })
    this.CONSUME(P['}'])
    return { kind: 'entity', extends: isExtension, name, label, fields, events, ...this.from(start) }
  })

  form = this.RULE('form', (): Tree.FormNode => {
    const start = this.nextStart
    this.CONSUME(K.form)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const subject = this.OPTION(() => {
      this.CONSUME(K.for)
      return this.nameOf(this.CONSUME2(T.Word))
    })
    const fields: Tree.FieldNode[] = []
    const checks: Tree.FormCheck[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          {
            GATE: () => this.LA(2).tokenType !== P[':'],
            ALT: () => checks.push(this.SUBRULE(this.formCheck)),
            IGNORE_AMBIGUITIES: true,
          },
          { ALT: () => fields.push(this.SUBRULE(this.field)) },
        ]),
      )
      this.SUBRULE(this.itemEnd)
    })
    this.CONSUME(P['}'])
    return { kind: 'form', name, label, subject, fields, checks, ...this.from(start) }
  })

  /** Fields stand on lines of their own or, in a short entity, behind commas. */
  protected itemEnd = this.RULE('itemEnd', () => {
    this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(T.End) }, { ALT: () => this.CONSUME(P[',']) }]))
  })

  private formCheck = this.RULE('formCheck', (): Tree.FormCheck => {
    const start = this.nextStart
    this.CONSUME(K.check)
    const condition = this.SUBRULE(this.expression) as Tree.Expression
    const message = this.labelOf(this.CONSUME(T.Text))
    return { condition, message, ...this.from(start) }
  })

  protected field = this.RULE('field', (): Tree.FieldNode => {
    const start = this.nextStart
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(P[':'])
    const type = this.SUBRULE(this.type) as Tree.TypeNode
    const clauses: Tree.FieldClause[] = []
    let value: Tree.Expression | undefined
    let rounding: Tree.Rounding | undefined
    let isKey = false
    this.MANY(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(K.key)
            isKey = true
          },
        },
        {
          ALT: () => {
            this.CONSUME(P['='])
            value = this.SUBRULE(this.expression)
            rounding = this.OPTION(() => this.SUBRULE(this.rounding))
          },
        },
        { ALT: () => clauses.push(this.SUBRULE(this.fieldClause)) },
      ]),
    )
    return { name, label, type, isKey, value, rounding, clauses, ...this.from(start) }
  })

  private fieldClause = this.RULE('fieldClause', (): Tree.FieldClause => {
    const start = this.nextStart
    return this.OR([
      {
        ALT: (): Tree.FieldClause => {
          this.CONSUME(K.in)
          const value = this.SUBRULE(this.range) as Tree.Expression
          return { kind: 'in', value, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.FieldClause => {
          this.CONSUME(K.default)
          const value = this.SUBRULE2(this.expression) as Tree.Expression
          return { kind: 'default', value, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.FieldClause => {
          this.CONSUME(K.visible)
          this.CONSUME(K.when)
          const value = this.SUBRULE3(this.expression) as Tree.Expression
          return { kind: 'visible', value, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.FieldClause => {
          this.CONSUME(K.max)
          const value = this.SUBRULE(this.literal) as Tree.Expression
          return { kind: 'max', value, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.FieldClause => {
          this.CONSUME(K.required)
          const when = this.OPTION(() => {
            this.CONSUME2(K.when)
            return this.SUBRULE4(this.expression) as Tree.Expression
          })
          return { kind: 'required', when, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.FieldClause => {
          this.CONSUME(K.help)
          const text = this.labelOf(this.CONSUME(T.Text))
          return { kind: 'help', text, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.FieldClause => {
          this.CONSUME(K.at)
          const node = this.nameOf(this.CONSUME(T.Word))
          return { kind: 'at', node, ...this.from(start) }
        },
      },
    ])
  })

  access = this.RULE('access', (): Tree.AccessNode => {
    const start = this.nextStart
    this.CONSUME(K.access)
    const name = this.nameOf(this.CONSUME(T.Word))
    const roles: Tree.Name[] = []
    const rows: Tree.AccessRow[] = []
    this.CONSUME(P['{'])
    this.CONSUME(P['|'])
    this.CONSUME2(P['|'])
    this.AT_LEAST_ONE(() => {
      roles.push(this.nameOf(this.CONSUME2(T.Word)))
      this.CONSUME3(P['|'])
    })
    this.CONSUME(T.End)
    this.CONSUME(T.Rule)
    this.OPTION(() => this.CONSUME2(T.End))
    this.MANY(() => {
      const row = this.guarded(() => this.SUBRULE(this.accessRow))
      if (row) rows.push(row)
      this.OPTION2(() => this.CONSUME3(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'access', name, label: undefined, roles, rows, ...this.from(start) }
  })

  private accessRow = this.RULE('accessRow', (): Tree.AccessRow => {
    const start = this.nextStart
    const fields: Tree.Name[] = []
    const rights: Tree.Name[] = []
    this.CONSUME(P['|'])
    this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => fields.push(this.nameOf(this.CONSUME(T.Word))) })
    this.CONSUME2(P['|'])
    this.AT_LEAST_ONE(() => {
      const right = this.OR([
        { ALT: () => this.CONSUME(K.write) },
        { ALT: () => this.CONSUME(K.read) },
        { ALT: () => this.CONSUME(P['-']) },
      ])
      rights.push(this.nameOf(right))
      this.CONSUME3(P['|'])
    })
    return { fields, rights, ...this.from(start) }
  })
}
