import { endOfList } from './expected.ts'
import { unread } from './parser-base.ts'
import { TableParser } from './parser-table.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type * as Tree from './tree.ts'

/** One rule per declaration kind; each starts with its word, a name and an optional label. */
export class DeclarationParser extends TableParser {
  pack = this.RULE('pack', (): Tree.PackNode => {
    const start = this.nextStart
    this.CONSUME(K.pack)
    const name = this.SUBRULE(this.qualified)
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.version)
    const version = Number(this.CONSUME(T.Int).image)
    const locales: Tree.Name[] = []
    let currency: Tree.Name | undefined
    let zone: Tree.Label | undefined
    this.OPTION(() => {
      this.CONSUME(P['{'])
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              this.CONSUME(K.locale)
              this.AT_LEAST_ONE_SEP({
                SEP: P[','],
                DEF: () => locales.push(this.nameOf(this.CONSUME(T.Word))),
              })
            },
          },
          {
            ALT: () => {
              this.CONSUME(K.currency)
              currency = this.nameOf(this.CONSUME2(T.Word))
            },
          },
          {
            ALT: () => {
              this.CONSUME(K.zone)
              zone = this.labelOf(this.CONSUME(T.Text))
            },
          },
        ])
        this.OPTION2(() => this.CONSUME(T.End))
      })
      this.CONSUME(P['}'])
    })
    return { kind: 'pack', name, label, version, locales, currency, zone, ...this.from(start) }
  })

  qualified = this.shortened(
    this.RULE('qualified', (): Tree.Name => {
      const start = this.nextStart
      const parts: string[] = []
      this.AT_LEAST_ONE_SEP({ SEP: P['.'], DEF: () => parts.push(this.nameOf(this.CONSUME(T.Word)).text) })
      return { text: parts.join('.'), ...this.from(start) }
    }),
    () => this.plainName(),
  )

  label = this.shortened(
    this.RULE('label', (): Tree.Label | undefined => this.OPTION(() => this.labelOf(this.CONSUME(T.Text)))),
    () => (this.LA(1).tokenType === T.Text ? unread : undefined),
  )

  use = this.RULE('use', (): Tree.UseNode => {
    const start = this.nextStart
    this.CONSUME(K.use)
    const what = this.nameOf(
      this.OR([
        { ALT: () => this.CONSUME(K.region) },
        { ALT: () => this.CONSUME(K.channel) },
        {
          GATE: () => this.LA(1).tokenType === K.pack,
          ALT: () => this.CONSUME(K.pack),
        },
      ]),
    )
    const names: Tree.Name[] = []
    const used = this.OR2([
      {
        GATE: () => what.text === 'pack',
        ALT: () => this.SUBRULE(this.usedPack, { ARGS: [names] }),
        IGNORE_AMBIGUITIES: true,
      },
      {
        ALT: () =>
          void this.AT_LEAST_ONE_SEP({
            SEP: P[','],
            DEF: () => names.push(this.nameOf(this.CONSUME(T.Word))),
          }),
      },
    ])
    const common = { kind: 'use', label: undefined, what, names } as const
    return { ...common, name: used?.name ?? what, version: used?.version, ...this.from(start) }
  })

  /** `retail.aftersale version 3 { 订单, 渠道 }`; the names are what is imported. */
  private usedPack = this.RULE('usedPack', (names: Tree.Name[]) => {
    const name = this.SUBRULE(this.qualified)
    this.CONSUME(K.version)
    const version = Number(this.CONSUME(T.Int).image)
    this.OPTION(() => {
      this.CONSUME(P['{'])
      this.MANY_SEP({
        SEP: P[','],
        DEF: () => {
          const word = this.CONSUME(T.Word)
          this.ACTION(() => names.push(this.nameOf(word)))
        },
      })
      this.CONSUME(P['}'], endOfList)
    })
    return { name, version }
  })

  setting = this.RULE('setting', (): Tree.SettingNode => {
    const start = this.nextStart
    this.CONSUME(K.setting)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(P[':'])
    const type = this.SUBRULE(this.type) as Tree.TypeNode
    const bounds = this.OPTION(() => {
      this.CONSUME(K.in)
      return this.SUBRULE(this.range) as Tree.Expression
    })
    const value = this.OPTION2(() => {
      this.CONSUME(K.default)
      return this.SUBRULE(this.expression) as Tree.Expression
    })
    const help = this.OPTION3(() => {
      this.CONSUME(K.help)
      return this.labelOf(this.CONSUME(T.Text))
    })
    return { kind: 'setting', name, label, type, bounds, default: value, help, ...this.from(start) }
  })

  enum = this.RULE('enum', (): Tree.EnumNode => {
    const start = this.nextStart
    this.CONSUME(K.enum)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const ordered = this.OPTION(() => this.CONSUME(K.ordered)) !== undefined
    const values: Tree.EnumValue[] = []
    this.CONSUME(P['{'])
    this.MANY_SEP({ SEP: P[','], DEF: () => values.push(this.SUBRULE(this.labelled)) })
    this.OPTION2(() => this.CONSUME(T.End))
    this.CONSUME(P['}'], endOfList)
    return { kind: 'enum', name, label, ordered, values, ...this.from(start) }
  })

  names = this.RULE('names', (): Tree.NamesNode => {
    const start = this.nextStart
    const word = this.OR([
      { ALT: () => this.CONSUME(K.role) },
      { ALT: () => this.CONSUME(K.team) },
      { ALT: () => this.CONSUME(K.skill) },
      { ALT: () => this.CONSUME(K.party) },
      { ALT: () => this.CONSUME(K.pool) },
      { ALT: () => this.CONSUME(K.mode) },
    ])
    const names: Tree.NamedItem[] = []
    this.AT_LEAST_ONE_SEP({
      SEP: P[','],
      DEF: () => {
        const from = this.nextStart
        const name = this.nameOf(this.CONSUME(T.Word))
        const label = this.SUBRULE(this.label)
        const base = this.OPTION(() => {
          this.CONSUME(K.extends)
          return this.nameOf(this.CONSUME2(T.Word))
        })
        names.push({ name, label, extends: base, ...this.from(from) })
      },
    })
    const kind = this.imageOf(word) as Tree.NamesNode['kind']
    return { kind, name: this.nameOf(word), label: undefined, names, ...this.from(start) }
  })

  table = this.RULE('table', (): Tree.TableNode => {
    const start = this.nextStart
    this.CONSUME(K.table)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const partial = this.OPTION2(() => this.CONSUME(K.partial)) !== undefined
    const policy = this.OPTION3(() => this.SUBRULE(this.policy))
    const computed: Tree.ComputedNode[] = []
    this.CONSUME(P['{'])
    const grid = this.SUBRULE(this.grid)
    this.MANY(() => {
      const node = this.guarded(() => this.SUBRULE(this.computed))
      if (node) computed.push(node)
      this.OPTION4(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'table', name, label, partial, policy, grid, computed, ...this.from(start) }
  })

  /** `first`, `rule order`, `collect sum` …: the words of DMN. */
  private policy = this.RULE('policy', (): Tree.Name => {
    const start = this.nextStart
    const words: string[] = []
    this.AT_LEAST_ONE(() => words.push(this.imageOf(this.CONSUME(T.Word))))
    return { text: words.join(' '), ...this.from(start) }
  })

  private computed = this.RULE('computed', (): Tree.ComputedNode => {
    const start = this.nextStart
    const name = this.nameOf(this.CONSUME(T.Word))
    const type = this.OPTION(() => {
      this.CONSUME(P[':'])
      return this.SUBRULE(this.type) as Tree.TypeNode
    })
    this.CONSUME(P['='])
    const value = this.SUBRULE(this.expression) as Tree.Expression
    const rounding = this.OPTION2(() => this.SUBRULE(this.rounding))
    return { name, type, value, rounding, ...this.from(start) }
  })

  tableTest = this.RULE('tableTest', (): Tree.TableTestNode => {
    const start = this.nextStart
    this.CONSUME(K.test)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(P['{'])
    const grid = this.SUBRULE(this.grid)
    this.CONSUME(P['}'])
    return { kind: 'test', name, label, grid, ...this.from(start) }
  })

  migrate = this.RULE('migrate', (): Tree.MigrateNode => {
    const start = this.nextStart
    this.CONSUME(K.migrate)
    const word = this.nameOf(this.CONSUME(K.from))
    const from = Number(this.CONSUME(T.Int).image)
    const moves: Tree.MigrateMove[] = []
    const drains: Tree.Name[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          { ALT: () => moves.push(this.SUBRULE(this.migrateMove)) },
          {
            ALT: () => {
              this.CONSUME(K.drain)
              drains.push(this.SUBRULE(this.qualified))
            },
          },
        ]),
      )
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    const name = { ...word, text: `from ${from}` }
    return { kind: 'migrate', name, label: undefined, from, moves, drains, ...this.from(start) }
  })

  private migrateMove = this.RULE('migrateMove', (): Tree.MigrateMove => {
    const start = this.nextStart
    const what = this.OR([
      { ALT: () => (this.CONSUME(K.node), 'node' as const) },
      { ALT: () => (this.CONSUME(K.field), 'field' as const) },
      { ALT: () => (this.CONSUME(K.value), 'value' as const) },
    ])
    const from = this.SUBRULE(this.qualified)
    this.CONSUME(P['->'])
    const to = this.SUBRULE2(this.qualified)
    return { what, from, to, ...this.from(start) }
  })
}
