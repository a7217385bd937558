import { CampaignParser } from './parser-campaign.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import { unquote } from './parser-base.ts'
import type * as Tree from './tree.ts'

type Signal = { -readonly [Key in keyof Tree.SignalNode]: Tree.SignalNode[Key] } & {
  outputs: Tree.ActionField[]
  bounds: Tree.SignalNode['bounds'][number][]
  reactions: Tree.SignalNode['reactions'][number][]
}
type Alert = { -readonly [Key in keyof Tree.AlertNode]: Tree.AlertNode[Key] } & {
  by: Tree.Expression[]
  acts: Tree.Act[]
}

/** What comes in from outside and what is kept an eye on: signals, sources, classifying, alerts, metrics, boards. */
export class WatchParser extends CampaignParser {
  signal = this.RULE('signal', (): Tree.SignalNode => {
    const start = this.nextStart
    this.CONSUME(K.signal)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const none = { from: undefined, every: undefined, outputs: [], bounds: [], reactions: [] }
    const node: Signal = { kind: 'signal', name, label, ...none, ...this.from(start) }
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() => this.SUBRULE(this.signalClause, { ARGS: [node] }))
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { ...node, ...this.from(start) }
  })

  private signalClause = this.RULE('signalClause', (node: Signal) => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.from)
          const source = this.SUBRULE(this.qualified)
          const args = this.SUBRULE(this.arguments)
          this.ACTION(() => (node.from = { source, args: args.map(({ value }) => value) }))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.out)
          const fields = this.SUBRULE(this.actionFields)
          this.ACTION(() => node.outputs.push(...fields))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.every)
          const every = this.SUBRULE(this.scope) as Tree.Expression
          this.ACTION(() => (node.every = every))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.bound)
          const output = this.nameOf(this.CONSUME(T.Word))
          const range = this.SUBRULE(this.range) as Tree.Expression
          this.ACTION(() => node.bounds.push({ output, range }))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.on)
          const event = this.nameOf(this.CONSUME2(T.Word))
          const acts: Tree.Act[] = []
          this.AT_LEAST_ONE(() => acts.push(this.SUBRULE(this.act)))
          this.ACTION(() => node.reactions.push({ event, acts }))
        },
      },
    ])
  })

  alert = this.RULE('alert', (): Tree.AlertNode => {
    const start = this.nextStart
    this.CONSUME(K.alert)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.on)
    const on = this.SUBRULE(this.qualified)
    const none = { by: [], when: undefined, once: undefined, acts: [] }
    const node: Alert = { kind: 'alert', name, label, on, ...none, ...this.from(start) }
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() => this.SUBRULE(this.alertClause, { ARGS: [node] }))
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { ...node, ...this.from(start) }
  })

  private alertClause = this.RULE('alertClause', (node: Alert) => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.by)
          this.AT_LEAST_ONE_SEP({
            SEP: P[','],
            DEF: () => {
              const part = this.SUBRULE(this.postfix) as Tree.Expression
              this.ACTION(() => node.by.push(part))
            },
          })
        },
      },
      {
        ALT: () => {
          const condition = this.SUBRULE(this.condition) as Tree.Expression
          this.CONSUME(K.per)
          const per = this.SUBRULE(this.scope) as Tree.Expression
          this.ACTION(() => (node.when = { condition, per }))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.once)
          this.CONSUME2(K.per)
          const once = this.SUBRULE2(this.scope) as Tree.Expression
          this.ACTION(() => (node.once = once))
        },
      },
      {
        ALT: () => {
          const act = this.SUBRULE(this.act)
          this.ACTION(() => node.acts.push(act))
        },
      },
    ])
  })

  metric = this.RULE('metric', (): Tree.MetricNode => {
    const start = this.nextStart
    this.CONSUME(K.metric)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(P[':'])
    const type = this.SUBRULE(this.type) as Tree.TypeNode
    this.CONSUME(P['='])
    const value = this.SUBRULE(this.expression) as Tree.Expression
    const by = this.SUBRULE(this.slices)
    return { kind: 'metric', name, label, type, value, by, ...this.from(start) }
  })

  /** `by region, 项目` */
  private slices = this.RULE('slices', (): Tree.Name[] => {
    const by: Tree.Name[] = []
    this.OPTION(() => {
      this.CONSUME(K.by)
      this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => by.push(this.SUBRULE(this.qualified)) })
    })
    return by
  })

  board = this.RULE('board', (): Tree.BoardNode => {
    const start = this.nextStart
    this.CONSUME(K.board)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.for)
    const roles: Tree.Name[] = []
    this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => roles.push(this.nameOf(this.CONSUME2(T.Word))) })
    const shows: Tree.ShowNode[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      const show = this.guarded(() => this.SUBRULE(this.show))
      if (show) shows.push(show)
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'board', name, label, roles, shows, ...this.from(start) }
  })

  private show = this.RULE('show', (): Tree.ShowNode => {
    const start = this.nextStart
    this.CONSUME(K.show)
    const metric = this.nameOf(this.CONSUME(T.Word))
    this.CONSUME(K.as)
    const as = this.nameOf(this.CONSUME2(T.Word))
    const by = this.SUBRULE(this.slices)
    return { metric, as, by, ...this.from(start) }
  })

  classify = this.RULE('classify', (): Tree.ClassifyNode => {
    const start = this.nextStart
    this.CONSUME(K.classify)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.for)
    const form = this.nameOf(this.CONSUME2(T.Word))
    this.CONSUME(P['{'])
    const grid = this.SUBRULE(this.grid)
    const unsure = this.OPTION(() => {
      this.CONSUME(K.unsure)
      this.CONSUME(P['->'])
      return this.nameOf(this.CONSUME3(T.Word))
    })
    this.OPTION2(() => this.CONSUME(T.End))
    this.CONSUME(P['}'])
    return { kind: 'classify', name, label, form, grid, unsure, ...this.from(start) }
  })

  source = this.RULE('source', (): Tree.SourceNode => {
    const start = this.nextStart
    this.CONSUME(K.source)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.from)
    const by = this.nameOf(this.CONSUME2(T.Word))
    const mappings: Tree.SourceMapping[] = []
    let secret: Tree.Name | undefined
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(K.secret)
              secret = this.nameOf(this.CONSUME3(T.Word))
            },
          },
          { ALT: () => mappings.push(this.SUBRULE(this.mapping)) },
        ]),
      )
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'source', name, label, by, secret, mappings, ...this.from(start) }
  })

  private mapping = this.RULE('sourceMapping', (): Tree.SourceMapping => {
    const start = this.nextStart
    this.CONSUME(K.on)
    const says = unquote(this.imageOf(this.CONSUME(T.Text)))
    this.CONSUME(P['->'])
    const event = this.SUBRULE(this.qualified)
    const record = this.SUBRULE(this.record) as Tree.Expression
    return { says, event, record, ...this.from(start) }
  })
}
