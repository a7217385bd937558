import { endOfList } from './expected.ts'
import { MoneyParser } from './parser-money.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type * as Tree from './tree.ts'

type Sop = {
  readonly triggers: Tree.SopTrigger[]
  readonly steps: Tree.SopStep[]
  readonly reactions: Tree.SopReaction[]
  readonly stops: Tree.Expression[]
  goal: Tree.SopNode['goal']
}

/** Who is written to, when, and within which limits: lexicons, segments, limits and SOPs. */
export class ReachParser extends MoneyParser {
  lexicon = this.RULE('lexicon', (): Tree.LexiconNode => {
    const start = this.nextStart
    this.CONSUME(K.lexicon)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const words: Tree.Label[] = []
    this.CONSUME(P['{'])
    this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => words.push(this.labelOf(this.CONSUME(T.Text))) })
    this.OPTION(() => this.CONSUME(T.End))
    this.CONSUME(P['}'], endOfList)
    return { kind: 'lexicon', name, label, words, ...this.from(start) }
  })

  segment = this.RULE('segment', (): Tree.SegmentNode => {
    const start = this.nextStart
    this.CONSUME(K.segment)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(P['='])
    const condition = this.SUBRULE(this.expression) as Tree.Expression
    return { kind: 'segment', name, label, condition, ...this.from(start) }
  })

  limit = this.RULE('limit', (): Tree.LimitNode => {
    const start = this.nextStart
    this.CONSUME(K.limit)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.on)
    this.CONSUME(K.send)
    const skips: Tree.SkipNode[] = []
    const words: Tree.WordRule[] = []
    const pauses: Tree.PauseNode[] = []
    const slows: Tree.SlowNode[] = []
    const caps: Tree.SenderCapNode[] = []
    const requires: Tree.RequireNode[] = []
    this.CONSUME(P['{'])
    const grid = this.SUBRULE(this.grid)
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          { ALT: () => skips.push(this.SUBRULE(this.skip)) },
          {
            ALT: () => {
              this.CONSUME(K.words)
              this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => words.push(this.SUBRULE(this.wordRule)) })
            },
          },
          { ALT: () => pauses.push(this.SUBRULE(this.pause)) },
          { ALT: () => slows.push(this.SUBRULE(this.slow)) },
          { ALT: () => caps.push(this.SUBRULE(this.senderCap)) },
          { ALT: () => requires.push(this.SUBRULE(this.require)) },
        ]),
      )
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    const clauses = { skips, words, pauses, slows, caps, requires }
    return { kind: 'limit', name, label, grid, ...clauses, ...this.from(start) }
  })

  private skip = this.RULE('skip', (): Tree.SkipNode => {
    const start = this.nextStart
    this.CONSUME(K.skip)
    const purpose = this.nameOf(this.CONSUME(T.Word))
    this.CONSUME(K.when)
    const when = this.SUBRULE(this.expression) as Tree.Expression
    return { purpose, when, ...this.from(start) }
  })

  private wordRule = this.RULE('wordRule', (): Tree.WordRule => {
    const start = this.nextStart
    const lexicon = this.nameOf(this.CONSUME(T.Word))
    const act = this.OR([
      { ALT: () => (this.CONSUME(K.block), 'block' as const) },
      { ALT: () => (this.CONSUME(K.warn), 'warn' as const) },
    ])
    return { lexicon, act, ...this.from(start) }
  })

  private pause = this.RULE('pause', (): Tree.PauseNode => {
    const start = this.nextStart
    this.CONSUME(K.pause)
    this.CONSUME(T.Word)
    this.CONSUME(K.when)
    const when = this.SUBRULE(this.expression) as Tree.Expression
    const notify: Tree.Name[] = []
    this.OPTION(() => {
      this.CONSUME(K.notify)
      this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => notify.push(this.nameOf(this.CONSUME2(T.Word))) })
    })
    return { when, notify, ...this.from(start) }
  })

  private slow = this.RULE('slow', (): Tree.SlowNode => {
    const start = this.nextStart
    this.CONSUME(K.slow)
    const purpose = this.nameOf(this.CONSUME(T.Word))
    const share = this.SUBRULE(this.literal) as Tree.Expression
    const when = this.SUBRULE(this.condition) as Tree.Expression
    return { purpose, share, when, ...this.from(start) }
  })

  private senderCap = this.RULE('senderCap', (): Tree.SenderCapNode => {
    const start = this.nextStart
    this.CONSUME(K.cap)
    const count = Number(this.CONSUME(T.Int).image)
    this.CONSUME(K.per)
    const per = this.SUBRULE(this.scope) as Tree.Expression
    this.CONSUME2(K.per)
    const whose = this.nameOf(this.CONSUME(T.Word))
    this.CONSUME(K.else)
    const beyond = this.nameOf(this.CONSUME2(T.Word))
    return { count, per, whose, beyond, ...this.from(start) }
  })

  private require = this.RULE('require', (): Tree.RequireNode => {
    const start = this.nextStart
    this.CONSUME(K.require)
    const text = this.labelOf(this.CONSUME(T.Text))
    this.CONSUME(K.in)
    this.CONSUME(K.template)
    const when = this.OPTION(() => this.SUBRULE(this.condition) as Tree.Expression)
    return { text, when, ...this.from(start) }
  })

  sop = this.RULE('sop', (): Tree.SopNode => {
    const start = this.nextStart
    this.CONSUME(K.sop)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const sop: Sop = { triggers: [], steps: [], reactions: [], stops: [], goal: undefined }
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() => this.SUBRULE(this.sopClause, { ARGS: [sop] }))
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'sop', name, label, ...sop, ...this.from(start) }
  })

  private sopClause = this.RULE('sopClause', (sop: Sop) => {
    this.OR([
      {
        ALT: () => {
          const trigger = this.SUBRULE(this.sopFor)
          this.ACTION(() => sop.triggers.push(trigger))
        },
      },
      { ALT: () => this.SUBRULE(this.sopOn, { ARGS: [sop] }) },
      {
        ALT: () => {
          const step = this.SUBRULE(this.sopStep)
          this.ACTION(() => sop.steps.push(step))
        },
      },
      {
        ALT: () => {
          const step = this.SUBRULE(this.sopWait)
          this.ACTION(() => sop.steps.push(step))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.stop)
          this.CONSUME(K.when)
          const when = this.SUBRULE(this.expression) as Tree.Expression
          this.ACTION(() => sop.stops.push(when))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.goal)
          const event = this.SUBRULE(this.qualified)
          this.CONSUME(K.within)
          const within = this.SUBRULE(this.scope) as Tree.Expression
          this.ACTION(() => (sop.goal = { event, within }))
        },
      },
    ])
  })

  private sopFor = this.RULE('sopFor', (): Tree.SopTrigger => {
    const start = this.nextStart
    this.CONSUME(K.for)
    const subject = this.SUBRULE(this.qualified)
    const moment = this.OPTION(() => {
      this.CONSUME(K.at)
      return this.SUBRULE(this.sum) as Tree.Expression
    })
    const recurs = this.OPTION2(() => this.SUBRULE(this.recurrence))
    const { when, once } = this.SUBRULE(this.sopGuard)
    return { trigger: 'for', subject, moment, recurs, when, once, ...this.from(start) }
  })

  private recurrence = this.RULE('recurrence', (): Tree.Recurrence => {
    const start = this.nextStart
    return this.OR([
      {
        ALT: (): Tree.Recurrence => {
          this.CONSUME(K.during)
          const range = this.SUBRULE(this.range) as Tree.Expression
          this.CONSUME(K.every)
          const every = this.SUBRULE(this.scope) as Tree.Expression
          this.CONSUME(K.at)
          const at = this.SUBRULE(this.literal) as Tree.Expression
          return { kind: 'during', range, every, at, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.Recurrence => {
          this.CONSUME(K.yearly)
          return { kind: 'yearly', moment: this.SUBRULE(this.sum), ...this.from(start) }
        },
      },
    ])
  })

  /** Without a target it enrols, with one it reacts. */
  private sopOn = this.RULE('sopOn', (sop: Sop) => {
    const start = this.nextStart
    this.CONSUME(K.on)
    const event = this.SUBRULE(this.qualified)
    this.OR([
      {
        ALT: () => {
          const target = this.SUBRULE(this.sopTarget)
          this.ACTION(() => sop.reactions.push({ event, target, ...this.from(start) }))
        },
      },
      {
        ALT: () => {
          const { when, once } = this.SUBRULE(this.sopGuard)
          const trigger = {
            trigger: 'on',
            subject: event,
            moment: undefined,
            recurs: undefined,
            when,
            once,
          } as const
          this.ACTION(() => sop.triggers.push({ ...trigger, ...this.from(start) }))
        },
      },
    ])
  })

  protected sopGuard = this.RULE('sopGuard', () => {
    const when = this.OPTION(() => {
      this.CONSUME(K.when)
      return this.SUBRULE(this.expression) as Tree.Expression
    })
    const once = this.OPTION2(() => {
      this.CONSUME(K.once)
      this.CONSUME(K.per)
      return this.SUBRULE(this.scope) as Tree.Expression
    })
    return { when, once }
  })

  private sopTarget = this.RULE('sopTarget', (): Tree.Name => {
    this.CONSUME(P['->'])
    return this.nameOf(this.OR([{ ALT: () => this.CONSUME(K.stop) }, { ALT: () => this.CONSUME(K.goal) }]))
  })

  private sopStep = this.RULE('sopStep', (): Tree.SopStep => {
    const start = this.nextStart
    this.CONSUME(K.step)
    const name = this.nameOf(this.CONSUME(T.Word))
    const when = this.OPTION(() => {
      this.CONSUME(K.when)
      return this.SUBRULE(this.expression) as Tree.Expression
    })
    return this.OR([
      {
        ALT: (): Tree.SopStep => {
          const { channels, purpose, message } = this.SUBRULE(this.sending)
          return { kind: 'send', name, when, channels, purpose, message, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.SopStep => {
          this.CONSUME(K.task)
          const role = this.nameOf(this.CONSUME4(T.Word))
          const text = this.labelOf(this.CONSUME(T.Text))
          this.CONSUME(K.due)
          const due = this.SUBRULE(this.scope) as Tree.Expression
          const escalate: Tree.Name[] = []
          this.OPTION3(() => {
            this.CONSUME(K.else)
            this.CONSUME(K.escalate)
            this.AT_LEAST_ONE_SEP({
              SEP: P[','],
              DEF: () => escalate.push(this.nameOf(this.CONSUME5(T.Word))),
            })
          })
          return { kind: 'task', name, when, role, text, due, escalate, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.SopStep => {
          this.CONSUME(K.run)
          const call = this.SUBRULE(this.postfix) as Tree.Expression
          return { kind: 'run', name, when, call, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.SopStep => {
          this.CONSUME(K.create)
          const of = this.nameOf(this.CONSUME2(T.Word))
          const record = this.SUBRULE(this.record) as Tree.Expression
          return { kind: 'create', name, when, of, record, ...this.from(start) }
        },
      },
    ])
  })

  /** `send wecom, sms service "…"`, or a template with what goes into it. */
  protected sending = this.RULE('sending', () => {
    this.CONSUME(K.send)
    const channels: Tree.Name[] = []
    this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => channels.push(this.nameOf(this.CONSUME(T.Word))) })
    const purpose = this.OPTION({
      GATE: () => this.LA(2).tokenType !== P['('],
      DEF: () => this.nameOf(this.CONSUME2(T.Word)),
    })
    const message = this.OR([
      { ALT: (): Tree.Message => this.labelOf(this.CONSUME(T.Text)) },
      { ALT: (): Tree.Message => this.SUBRULE(this.templateCall) },
    ])
    return { channels, purpose, message }
  })

  private templateCall = this.RULE('templateCall', (): Tree.TemplateCall => {
    const start = this.nextStart
    const template = this.nameOf(this.CONSUME(T.Word))
    const args: Tree.Expression[] = []
    this.CONSUME(P['('])
    this.MANY_SEP({ SEP: P[','], DEF: () => args.push(this.SUBRULE(this.expression)) })
    this.CONSUME(P[')'])
    return { template, args, ...this.from(start) }
  })

  private sopWait = this.RULE('sopWait', (): Tree.SopStep => {
    const start = this.nextStart
    this.CONSUME(K.wait)
    return this.OR([
      {
        GATE: () => this.LA(1).tokenType === K.until,
        ALT: (): Tree.SopStep => {
          this.CONSUME(K.until)
          const moment = this.SUBRULE(this.sum) as Tree.Expression
          return { kind: 'until', moment, ...this.from(start) }
        },
      },
      { ALT: () => this.SUBRULE(this.sopPeriod, { ARGS: [start] }), IGNORE_AMBIGUITIES: true },
    ])
  })

  private sopPeriod = this.RULE('sopPeriod', (start: number): Tree.SopStep => {
    const duration = this.SUBRULE(this.scope) as Tree.Expression
    let until: Tree.Name | undefined
    let target: Tree.Name | undefined
    this.OPTION(() => {
      this.CONSUME(K.until)
      until = this.SUBRULE(this.qualified)
      this.OPTION2(() => (target = this.SUBRULE(this.sopTarget)))
    })
    return { kind: 'wait', duration, until, target, ...this.from(start) }
  })
}
