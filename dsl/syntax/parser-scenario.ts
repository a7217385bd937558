import { FlowParser } from './parser-flow.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type * as Tree from './tree.ts'

/** Stories that a pack proves itself with, and the labels of its names in other languages. */
export class ScenarioParser extends FlowParser {
  scenario = this.RULE('scenario', (): Tree.ScenarioNode => {
    const start = this.nextStart
    this.CONSUME(K.test)
    const title = this.CONSUME(T.Text)
    const steps: Tree.ScenarioStep[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      const step = this.guarded(() => this.SUBRULE(this.step_))
      if (step) steps.push(step)
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    const label = this.labelOf(title)
    const name = { text: label.value, start: label.start, end: label.end }
    return { kind: 'scenario', name, label, steps, ...this.from(start) }
  })

  private step_ = this.RULE('scenarioStep', (): Tree.ScenarioStep => {
    const start = this.nextStart
    return this.OR([
      {
        ALT: (): Tree.ScenarioStep => {
          this.CONSUME(K.at)
          const date = this.imageOf(this.CONSUME(T.Date))
          const time = this.imageOf(this.CONSUME(T.Time))
          return { kind: 'at', date, time, ...this.from(start) }
        },
      },
      {
        GATE: () => ![K.action, K.signal, K.setting].includes(this.LA(2).tokenType),
        ALT: (): Tree.ScenarioStep => {
          this.CONSUME(K.given)
          const entity = this.nameOf(this.CONSUME(T.Word))
          const record = this.SUBRULE(this.record) as Tree.Expression
          return { kind: 'given', entity, record, ...this.from(start) }
        },
      },
      {
        GATE: () => this.LA(2).tokenType === K.action,
        ALT: (): Tree.ScenarioStep => {
          this.CONSUME2(K.given)
          this.CONSUME(K.action)
          const action = this.SUBRULE2(this.qualified)
          this.CONSUME(K.returns)
          const record = this.SUBRULE4(this.record) as Tree.Expression
          return { kind: 'given-action', action, record, ...this.from(start) }
        },
        IGNORE_AMBIGUITIES: true,
      },
      {
        GATE: () => this.LA(2).tokenType === K.signal,
        ALT: (): Tree.ScenarioStep => {
          this.CONSUME3(K.given)
          this.CONSUME(K.signal)
          const signal = this.nameOf(this.CONSUME5(T.Word))
          const record = this.SUBRULE5(this.record) as Tree.Expression
          return { kind: 'given-signal', signal, record, ...this.from(start) }
        },
        IGNORE_AMBIGUITIES: true,
      },
      {
        GATE: () => this.LA(2).tokenType === K.setting,
        ALT: (): Tree.ScenarioStep => {
          this.CONSUME4(K.given)
          this.CONSUME(K.setting)
          const record = this.SUBRULE6(this.record) as Tree.Expression
          return { kind: 'given-setting', record, ...this.from(start) }
        },
        IGNORE_AMBIGUITIES: true,
      },
      {
        ALT: (): Tree.ScenarioStep => {
          this.CONSUME(K.create)
          const ticket = this.nameOf(this.CONSUME2(T.Word))
          const record = this.SUBRULE2(this.record) as Tree.Expression
          const as = this.OPTION(() => {
            this.CONSUME(K.as)
            return this.nameOf(this.CONSUME3(T.Word))
          })
          return { kind: 'create', ticket, record, as, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.ScenarioStep => {
          this.CONSUME(K.do)
          const transition = this.SUBRULE(this.qualified)
          const record = this.OPTION2(() => this.SUBRULE3(this.record) as Tree.Expression)
          this.CONSUME2(K.as)
          const as = this.nameOf(this.CONSUME4(T.Word))
          return { kind: 'do', transition, record, as, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.ScenarioStep => {
          this.CONSUME(K.report)
          const event = this.SUBRULE3(this.qualified)
          return { kind: 'report', event, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.ScenarioStep => {
          this.CONSUME(K.wait)
          return { kind: 'wait', duration: this.SUBRULE(this.scope), ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.ScenarioStep => {
          this.CONSUME(K.expect)
          return { kind: 'expect', condition: this.SUBRULE(this.expression), ...this.from(start) }
        },
      },
    ])
  })

  property = this.RULE('property', (): Tree.PropertyNode => {
    const start = this.nextStart
    this.CONSUME(K.property)
    const label = this.labelOf(this.CONSUME(T.Text))
    const variables: Tree.VariableNode[] = []
    const expects: Tree.Expression[] = []
    let when: Tree.Expression | undefined
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(K.for)
              this.AT_LEAST_ONE_SEP({ SEP: P[','], DEF: () => variables.push(this.SUBRULE(this.variable)) })
            },
          },
          {
            ALT: () => {
              this.CONSUME(K.when)
              when = this.SUBRULE(this.expression)
            },
          },
          {
            ALT: () => {
              this.CONSUME(K.expect)
              expects.push(this.SUBRULE2(this.expression))
            },
          },
        ]),
      )
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    const name = { text: label.value, start: label.start, end: label.end }
    return { kind: 'property', name, label, variables, when, expects, ...this.from(start) }
  })

  private variable = this.RULE('variable', (): Tree.VariableNode => {
    const start = this.nextStart
    const name = this.nameOf(this.CONSUME(T.Word))
    const type = this.OPTION(() => {
      this.CONSUME(P[':'])
      return this.SUBRULE(this.type) as Tree.TypeNode
    })
    const bounds = this.OPTION2(() => {
      this.CONSUME(K.in)
      return this.SUBRULE(this.range) as Tree.Expression
    })
    return { name, type, bounds, ...this.from(start) }
  })

  labels = this.RULE('labels', (): Tree.LabelsNode => {
    const start = this.nextStart
    this.CONSUME(K.labels)
    const name = this.nameOf(this.CONSUME(T.Word))
    const items = this.SUBRULE(this.labelItems)
    return { kind: 'labels', name, label: undefined, items, ...this.from(start) }
  })

  private labelItems: () => Tree.LabelItem[] = this.RULE('labelItems', (): Tree.LabelItem[] => {
    const items: Tree.LabelItem[] = []
    this.CONSUME(P['{'])
    this.MANY(() => {
      const item = this.guarded(() => this.SUBRULE(this.labelItem))
      if (item) items.push(item)
      this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(T.End) }, { ALT: () => this.CONSUME(P[',']) }]))
    })
    this.CONSUME(P['}'])
    return items
  })

  private labelItem = this.RULE('labelItem', (): Tree.LabelItem => {
    const start = this.nextStart
    const name = this.SUBRULE(this.qualified)
    const label = this.SUBRULE(this.label)
    const items = this.OPTION(() => this.SUBRULE(this.labelItems) as Tree.LabelItem[]) ?? []
    return { name, label, items, ...this.from(start) }
  })
}
