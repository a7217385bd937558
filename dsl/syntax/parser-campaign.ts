import { OfferParser } from './parser-offer.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type * as Tree from './tree.ts'

type Campaign = { -readonly [Key in keyof Tree.CampaignNode]: Tree.CampaignNode[Key] } & {
  arms: Tree.ArmNode[]
  stops: Tree.StopNode[]
}

/** Templates, the stages of a customer’s life, and campaigns with arms. */
export class CampaignParser extends OfferParser {
  template = this.RULE('template', (): Tree.TemplateNode => {
    const start = this.nextStart
    this.CONSUME(K.template)
    const name = this.nameOf(this.CONSUME(T.Word))
    const parameters: Tree.Parameter[] = []
    this.OPTION(() => {
      this.CONSUME(P['('])
      this.MANY_SEP({ SEP: P[','], DEF: () => parameters.push(this.SUBRULE(this.parameter)) })
      this.CONSUME(P[')'])
    })
    const label = this.SUBRULE(this.label)
    const category = this.OPTION2(() => {
      this.CONSUME(K.category)
      return this.nameOf(this.CONSUME2(T.Word))
    })
    const texts: Tree.TemplateNode['texts'][number][] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      const text = this.guarded(() => this.SUBRULE(this.channelText))
      if (text) texts.push(text)
      this.OPTION3(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'template', name, label, parameters, category, texts, ...this.from(start) }
  })

  private parameter = this.RULE('parameter', (): Tree.Parameter => {
    const start = this.nextStart
    const name = this.nameOf(this.CONSUME(T.Word))
    this.CONSUME(P[':'])
    const type = this.nameOf(this.CONSUME2(T.Word))
    return { name, type, ...this.from(start) }
  })

  private channelText = this.RULE('channelText', () => {
    const channel = this.nameOf(this.CONSUME(T.Word))
    return { channel, text: this.labelOf(this.CONSUME(T.Text)) }
  })

  stage = this.RULE('stage', (): Tree.StageNode => {
    const start = this.nextStart
    this.CONSUME(K.stage)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    this.CONSUME(K.for)
    const entity = this.nameOf(this.CONSUME2(T.Word))
    const stages: Tree.StageCase[] = []
    const reactions: Tree.StageNode['reactions'][number][] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          {
            GATE: () => this.LA(2).tokenType !== K.when && this.LA(2).tokenType !== K.else,
            ALT: () => reactions.push(this.SUBRULE(this.stageReaction)),
            IGNORE_AMBIGUITIES: true,
          },
          { ALT: () => stages.push(this.SUBRULE(this.stageCase)) },
        ]),
      )
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { kind: 'stage', name, label, entity, stages, reactions, ...this.from(start) }
  })

  private stageCase = this.RULE('stageCase', (): Tree.StageCase => {
    const start = this.nextStart
    const name = this.nameOf(this.CONSUME(T.Word))
    const when = this.OR([
      { ALT: () => this.SUBRULE(this.condition) as Tree.Expression },
      { ALT: () => void this.CONSUME(K.else) },
    ])
    return { name, when, ...this.from(start) }
  })

  private stageReaction = this.RULE('stageReaction', () => {
    this.CONSUME(K.on)
    const stage = this.nameOf(this.CONSUME(T.Word))
    const acts: Tree.Act[] = []
    this.AT_LEAST_ONE(() => acts.push(this.SUBRULE(this.act)))
    return { stage, acts }
  })

  campaign = this.RULE('campaign', (): Tree.CampaignNode => {
    const start = this.nextStart
    this.CONSUME(K.campaign)
    const name = this.nameOf(this.CONSUME(T.Word))
    const label = this.SUBRULE(this.label)
    const none = { audience: undefined, at: undefined, winner: undefined, goal: undefined }
    const node: Campaign = {
      kind: 'campaign',
      name,
      label,
      ...none,
      arms: [],
      stops: [],
      ...this.from(start),
    }
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() => this.SUBRULE(this.campaignClause, { ARGS: [node] }))
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { ...node, ...this.from(start) }
  })

  private campaignClause = this.RULE('campaignClause', (node: Campaign) => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.for)
          const segment = this.SUBRULE(this.qualified)
          const { when, once } = this.SUBRULE(this.sopGuard)
          this.ACTION(() => (node.audience = { segment, when, once }))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.at)
          const at = this.SUBRULE(this.instant)
          this.ACTION(() => (node.at = at))
        },
      },
      {
        ALT: () => {
          const arm = this.SUBRULE(this.arm)
          this.ACTION(() => node.arms.push(arm))
        },
      },
      { ALT: () => this.SUBRULE(this.winner, { ARGS: [node] }) },
      {
        ALT: () => {
          const stop = this.SUBRULE(this.stopWhen)
          this.ACTION(() => node.stops.push(stop))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.goal)
          const event = this.SUBRULE2(this.qualified)
          this.CONSUME(K.within)
          const within = this.SUBRULE(this.scope) as Tree.Expression
          this.ACTION(() => (node.goal = { event, within }))
        },
      },
    ])
  })

  private arm = this.RULE('arm', (): Tree.ArmNode => {
    const start = this.nextStart
    this.CONSUME(K.arm)
    const name = this.nameOf(this.CONSUME(T.Word))
    const share = this.SUBRULE(this.literal) as Tree.Expression
    const sending = this.SUBRULE(this.sending)
    return { name, share, ...sending, ...this.from(start) }
  })

  private winner = this.RULE('winner', (node: Campaign) => {
    this.CONSUME(K.winner)
    this.CONSUME(K.by)
    const by = this.nameOf(this.CONSUME(T.Word))
    this.CONSUME(K.after)
    const after = this.SUBRULE(this.scope) as Tree.Expression
    const when = this.OPTION(() => this.SUBRULE(this.condition) as Tree.Expression)
    this.ACTION(() => (node.winner = { by, after, when }))
  })

  private stopWhen = this.RULE('stopWhen', (): Tree.StopNode => {
    const start = this.nextStart
    this.CONSUME(K.stop)
    const when = this.SUBRULE(this.condition) as Tree.Expression
    const per = this.OPTION(() => {
      this.CONSUME(K.per)
      const count = Number(this.imageOf(this.CONSUME(T.Int)))
      this.CONSUME(T.Word)
      return count
    })
    return { when, per, ...this.from(start) }
  })
}
