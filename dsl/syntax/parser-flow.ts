import { DataParser } from './parser-data.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type * as Tree from './tree.ts'

type Station = { -readonly [Key in keyof Tree.StationNode]: Tree.StationNode[Key] } & {
  asks: Tree.Name[]
  clocks: Tree.ClockNode[]
  reactions: Tree.Reaction[]
  spawns: Tree.SpawnNode[]
  pauses: Tree.PauseClockNode[]
}

/** Tickets and routes: nodes, clocks, parallel regions, and the one reaction form they share. */
export class FlowParser extends DataParser {
  ticket = this.RULE('ticket', (): Tree.TicketNode => {
    const start = this.nextStart
    this.CONSUME(K.ticket)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.for)
    const form = this.nameOf(this.CONSUME2(T.Word))
    const entries: Tree.Name[] = []
    const clocks: Tree.ClockNode[] = []
    const nodes: Tree.StationNode[] = []
    const parallels: Tree.ParallelNode[] = []
    const ends: Tree.EndNode[] = []
    let first: Tree.Name | undefined
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(K.entry)
              this.AT_LEAST_ONE_SEP({
                SEP: P[','],
                DEF: () => entries.push(this.nameOf(this.CONSUME3(T.Word))),
              })
            },
          },
          {
            ALT: () => {
              this.CONSUME(K.start)
              this.CONSUME(P['->'])
              first = this.nameOf(this.CONSUME4(T.Word))
            },
          },
          { ALT: () => clocks.push(this.SUBRULE(this.clock)) },
          { ALT: () => nodes.push(this.SUBRULE(this.station)) },
          { ALT: () => parallels.push(this.SUBRULE(this.parallel)) },
          { ALT: () => ends.push(this.SUBRULE(this.endNode)) },
        ]),
      )
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    const parts = { entries, first, clocks, nodes, parallels, ends }
    return { kind: 'ticket', name, label, form, ...parts, ...this.from(start) }
  })

  private clock = this.RULE('clock', (): Tree.ClockNode => {
    const start = this.nextStart
    this.CONSUME(K.clock)
    const name = this.nameOf(this.CONSUME(T.Word))
    const duration = this.SUBRULE(this.scope) as Tree.Expression
    const reactions: Tree.Reaction[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      const reaction = this.guarded(() => this.SUBRULE(this.reaction))
      if (reaction) reactions.push(reaction)
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { name, duration, reactions, ...this.from(start) }
  })

  private station = this.RULE('station', (): Tree.StationNode => {
    const start = this.nextStart
    this.CONSUME(K.node)
    const node: Station = {
      name: this.nameOf(this.CONSUME(T.Word)),
      label: this.SUBRULE(this.label),
      by: undefined,
      run: undefined,
      public: undefined,
      publicNotify: false,
      asks: [],
      ...{ clocks: [], reactions: [], spawns: [], pauses: [] },
      ...this.from(start),
    }
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.by)
          node.by = this.nameOf(this.CONSUME2(T.Word))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.run)
          node.run = this.SUBRULE(this.postfix)
        },
      },
    ])
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() => this.SUBRULE(this.stationClause, { ARGS: [node] }))
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { ...node, ...this.from(start) }
  })

  private stationClause = this.RULE('stationClause', (node: Station) => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.public)
          const text = this.labelOf(this.CONSUME(T.Text))
          const notify = this.OPTION(() => this.CONSUME(K.notify)) !== undefined
          this.ACTION(() => Object.assign(node, { public: text, publicNotify: notify }))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.ask)
          this.AT_LEAST_ONE_SEP({
            SEP: P[','],
            DEF: () => {
              const field = this.CONSUME(T.Word)
              this.ACTION(() => node.asks.push(this.nameOf(field)))
            },
          })
        },
      },
      {
        ALT: () => {
          const spawn = this.SUBRULE(this.spawn)
          this.ACTION(() => node.spawns.push(spawn))
        },
      },
      {
        ALT: () => {
          const pause = this.SUBRULE(this.pauseClock)
          this.ACTION(() => node.pauses.push(pause))
        },
      },
      {
        ALT: () => {
          const clock = this.SUBRULE(this.clock)
          this.ACTION(() => node.clocks.push(clock))
        },
      },
      {
        ALT: () => {
          const reaction = this.SUBRULE(this.reaction)
          this.ACTION(() => node.reactions.push(reaction))
        },
      },
    ])
  })

  private spawn = this.RULE('spawn', (): Tree.SpawnNode => {
    const start = this.nextStart
    this.CONSUME(K.spawn)
    const ticket = this.nameOf(this.CONSUME(T.Word))
    const record = this.SUBRULE(this.record) as Tree.Expression
    const per = this.OPTION(() => {
      this.CONSUME(K.per)
      return this.nameOf(this.CONSUME2(T.Word))
    })
    const join = this.OPTION2(() => {
      this.CONSUME(K.join)
      return this.OR([
        { ALT: () => (this.CONSUME(K.all), 'all' as const) },
        { ALT: () => (this.CONSUME(K.any), 'any' as const) },
      ])
    })
    return { ticket, record, per, join, ...this.from(start) }
  })

  private pauseClock = this.RULE('pauseClock', (): Tree.PauseClockNode => {
    const start = this.nextStart
    this.CONSUME(K.pause)
    const clock = this.nameOf(this.CONSUME(T.Word))
    this.CONSUME(K.when)
    const when = this.SUBRULE(this.expression) as Tree.Expression
    return { clock, when, ...this.from(start) }
  })

  private reaction = this.RULE('reaction', (): Tree.Reaction => {
    const start = this.nextStart
    const events: Tree.Name[] = []
    const acts: Tree.Act[] = []
    let moment: Tree.Expression | undefined
    const trigger = this.OR([
      {
        ALT: () => {
          this.CONSUME(K.on)
          this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => events.push(this.nameOf(this.CONSUME(T.Word))) })
          return 'on' as const
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.after)
          moment = this.SUBRULE(this.scope)
          return 'after' as const
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.at)
          moment = this.SUBRULE2(this.scope)
          return 'at' as const
        },
      },
    ])
    const when = this.OPTION(() => {
      this.CONSUME(K.when)
      return this.SUBRULE(this.expression) as Tree.Expression
    })
    this.MANY(() => acts.push(this.SUBRULE(this.act)))
    let max: number | undefined
    let beyond: Tree.Target | undefined
    const target = this.OPTION2(() => {
      const to = this.SUBRULE(this.target)
      this.OPTION3(() => {
        this.CONSUME(K.max)
        max = Number(this.CONSUME(T.Int).image)
        this.CONSUME(K.else)
        beyond = this.SUBRULE2(this.target)
      })
      return to
    })
    return { trigger, events, moment, when, acts, target, max, beyond, ...this.from(start) }
  })

  protected act = this.RULE('act', (): Tree.Act => {
    const start = this.nextStart
    return this.OR([
      { ALT: () => this.SUBRULE(this.telling) },
      { ALT: () => this.SUBRULE(this.making) },
      {
        ALT: (): Tree.Act => {
          this.CONSUME(K.run)
          const call = this.SUBRULE(this.postfix) as Tree.Expression
          return { kind: 'run', names: [], call, ...this.from(start) }
        },
      },
    ])
  })

  private telling = this.RULE('telling', (): Tree.Act => {
    const start = this.nextStart
    const names: Tree.Name[] = []
    const word = this.OR([
      { ALT: () => this.CONSUME(K.notify) },
      { ALT: () => this.CONSUME(K.escalate) },
      { ALT: () => this.CONSUME(K.mark) },
      { ALT: () => this.CONSUME(K.ask) },
      { ALT: () => this.CONSUME(K.task) },
      { ALT: () => this.CONSUME(K.reserve) },
    ])
    this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => names.push(this.nameOf(this.CONSUME(T.Word))) })
    const text = this.OPTION(() => this.labelOf(this.CONSUME(T.Text)))
    return { kind: this.imageOf(word) as Tree.Act['kind'], names, text, ...this.from(start) }
  })

  private making = this.RULE('making', (): Tree.Act => {
    const start = this.nextStart
    const word = this.OR([{ ALT: () => this.CONSUME(K.create) }, { ALT: () => this.CONSUME(K.spawn) }])
    const names = [this.nameOf(this.CONSUME(T.Word))]
    const record = this.SUBRULE(this.record) as Tree.Expression
    return { kind: this.imageOf(word) as Tree.Act['kind'], names, record, ...this.from(start) }
  })

  private target = this.RULE('target', (): Tree.Target => {
    const start = this.nextStart
    this.CONSUME(P['->'])
    return this.OR([
      {
        ALT: (): Tree.Target => (
          this.CONSUME(K.done),
          { kind: 'done', name: undefined, ...this.from(start) }
        ),
      },
      {
        ALT: (): Tree.Target => {
          this.CONSUME(K.abort)
          return { kind: 'abort', name: this.SUBRULE(this.qualified), ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.Target => ({ kind: 'go', name: this.SUBRULE2(this.qualified), ...this.from(start) }),
        IGNORE_AMBIGUITIES: true,
      },
    ])
  })

  private parallel = this.RULE('parallel', (): Tree.ParallelNode => {
    const start = this.nextStart
    this.CONSUME(K.parallel)
    const name = this.nameOf(this.CONSUME(T.Word))
    this.CONSUME(K.join)
    const join = this.OR([
      { ALT: () => (this.CONSUME(K.all), 'all' as const) },
      { ALT: () => (this.CONSUME(K.any), 'any' as const) },
      { ALT: () => Number(this.CONSUME(T.Int).image) },
    ])
    const branches: Tree.BranchNode[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      const branch = this.guarded(() => this.SUBRULE(this.branch))
      if (branch) branches.push(branch)
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    const target = this.SUBRULE(this.target)
    return { name, join, branches, target, ...this.from(start) }
  })

  private branch = this.RULE('branch', (): Tree.BranchNode => {
    const start = this.nextStart
    this.CONSUME(K.branch)
    const name = this.nameOf(this.CONSUME(T.Word))
    const when = this.OPTION(() => {
      this.CONSUME(K.when)
      return this.SUBRULE(this.expression) as Tree.Expression
    })
    const nodes: Tree.StationNode[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      const node = this.guarded(() => this.SUBRULE(this.station))
      if (node) nodes.push(node)
      this.OPTION2(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { name, when, nodes, ...this.from(start) }
  })

  private endNode = this.RULE('endNode', (): Tree.EndNode => {
    const start = this.nextStart
    const outcomes: { name: Tree.Name; result: 'ok' | 'fail' }[] = []
    this.CONSUME(K.end)
    const name = this.nameOf(this.CONSUME(T.Word))
    this.CONSUME(P['{'])
    this.AT_LEAST_ONE_SEP({
      SEP: P[','],
      DEF: () => {
        const outcome = this.nameOf(this.CONSUME2(T.Word))
        const result = this.OR([
          { ALT: () => (this.CONSUME(K.ok), 'ok' as const) },
          { ALT: () => (this.CONSUME(K.fail), 'fail' as const) },
        ])
        outcomes.push({ name: outcome, result })
      },
    })
    this.OPTION(() => this.CONSUME(T.End))
    this.CONSUME(P['}'])
    return { name, outcomes, ...this.from(start) }
  })

  route = this.RULE('route', (): Tree.RouteNode => {
    const start = this.nextStart
    this.CONSUME(K.route)
    const name = this.SUBRULE(this.qualified)
    const policy = this.OPTION(() => this.nameOf(this.CONSUME(T.Word)))
    const picks: Tree.Name[] = []
    const filters: Tree.Expression[] = []
    const scores: Tree.ScoreNode[] = []
    let cap: number | undefined
    let after: Tree.Reaction | undefined
    let keep: Tree.RouteNode['keep']
    this.CONSUME(P['{'])
    const none = { inputs: [], outputs: [], rows: [], ...this.from(start) }
    const grid = this.OPTION3(() => this.SUBRULE(this.grid) as Tree.GridNode) ?? none
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(K.filter)
              filters.push(this.SUBRULE(this.expression))
            },
          },
          { ALT: () => scores.push(this.SUBRULE(this.score)) },
          {
            ALT: () => {
              this.CONSUME(K.pick)
              this.AT_LEAST_ONE_SEP({
                SEP: P[','],
                DEF: () => picks.push(this.nameOf(this.CONSUME2(T.Word))),
              })
            },
          },
          {
            ALT: () => {
              this.CONSUME(K.cap)
              cap = Number(this.CONSUME(T.Int).image)
              this.CONSUME(K.per)
              this.CONSUME3(T.Word)
            },
          },
          { ALT: () => (after = this.SUBRULE(this.reaction)) },
          {
            ALT: () => {
              this.CONSUME(K.keep)
              const what = this.nameOf(this.CONSUME4(T.Word))
              this.CONSUME(K.within)
              keep = { what, within: this.SUBRULE(this.scope) }
            },
          },
        ]),
      )
      this.OPTION2(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return {
      kind: 'route',
      name,
      label: undefined,
      policy,
      grid,
      ...{ filters, scores, picks, cap, after, keep },
      ...this.from(start),
    }
  })

  private score = this.RULE('score', (): Tree.ScoreNode => {
    const start = this.nextStart
    this.CONSUME(K.score)
    const weight = Number(this.CONSUME(T.Int).image)
    this.CONSUME(K.by)
    const by = this.SUBRULE(this.expression) as Tree.Expression
    return { weight, by, ...this.from(start) }
  })
}
