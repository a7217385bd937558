import { ReachParser } from './parser-reach.ts'
import { K, P } from './tokens.ts'
import * as T from './tokens.ts'
import type * as Tree from './tree.ts'

type Action = { -readonly [Key in keyof Tree.ActionNode]: Tree.ActionNode[Key] } & {
  inputs: Tree.ActionField[]
  outputs: Tree.ActionField[]
  needs: Tree.ActionNeed[]
}

/** Actions that run in the sandbox: what goes in and out, what they need, and how often they are tried. */
export class ActionParser extends ReachParser {
  action = this.RULE('action', (): Tree.ActionNode => {
    const start = this.nextStart
    this.CONSUME(K.action)
    const node: Action = {
      kind: 'action',
      name: this.SUBRULE(this.qualified),
      label: this.SUBRULE(this.label),
      ...{ inputs: [], outputs: [], needs: [] },
      ...{ key: undefined, timeout: undefined, retry: undefined, undo: undefined },
      ...this.from(start),
    }
    this.CONSUME(P['{'])
    this.MANY(() => {
      this.guarded(() => this.SUBRULE(this.actionClause, { ARGS: [node] }))
      this.OPTION(() => this.CONSUME(T.End))
    })
    this.CONSUME(P['}'])
    return { ...node, ...this.from(start) }
  })

  private actionClause = this.RULE('actionClause', (node: Action) => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.in)
          const fields = this.SUBRULE(this.actionFields)
          this.ACTION(() => node.inputs.push(...fields))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.out)
          const fields = this.SUBRULE2(this.actionFields)
          this.ACTION(() => node.outputs.push(...fields))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.needs)
          this.AT_LEAST_ONE_SEP({
            SEP: P[','],
            DEF: () => {
              const need = this.SUBRULE(this.need)
              this.ACTION(() => node.needs.push(need))
            },
          })
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.key)
          const key = this.SUBRULE(this.postfix) as Tree.Expression
          this.ACTION(() => (node.key = key))
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.timeout)
          const timeout = this.SUBRULE(this.literal) as Tree.Expression
          this.ACTION(() => (node.timeout = timeout))
        },
      },
      { ALT: () => this.SUBRULE(this.retry, { ARGS: [node] }) },
      {
        ALT: () => {
          this.CONSUME(K.undo)
          const undo = this.SUBRULE2(this.postfix) as Tree.Expression
          this.ACTION(() => (node.undo = undo))
        },
      },
    ])
  })

  private retry = this.RULE('retry', (node: Action) => {
    this.CONSUME(K.retry)
    const count = Number(this.imageOf(this.CONSUME(T.Int)))
    const backoff = this.OPTION(() => {
      this.CONSUME(K.backoff)
      return this.SUBRULE(this.range) as Tree.Expression
    })
    this.ACTION(() => (node.retry = { count, backoff }))
  })

  protected actionFields = this.RULE('actionFields', (): Tree.ActionField[] => {
    const fields: Tree.ActionField[] = []
    this.AT_LEAST_ONE_SEP({
      SEP: P[','],
      DEF: () => {
        const start = this.nextStart
        const name = this.nameOf(this.CONSUME(T.Word))
        this.CONSUME(P[':'])
        const type = this.SUBRULE(this.type) as Tree.TypeNode
        fields.push({ name, type, ...this.from(start) })
      },
    })
    return fields
  })

  private need = this.RULE('need', (): Tree.ActionNeed => {
    const start = this.nextStart
    return this.OR([
      {
        ALT: (): Tree.ActionNeed => {
          this.CONSUME(K.net)
          const host = this.labelOf(this.CONSUME(T.Text))
          return { kind: 'net', text: host.value, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.ActionNeed => {
          this.CONSUME(K.secret)
          const name = this.nameOf(this.CONSUME(T.Word))
          return { kind: 'secret', text: name.text, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.ActionNeed => {
          this.CONSUME(K.read)
          const name = this.SUBRULE(this.qualified)
          return { kind: 'read', text: name?.text, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.ActionNeed => {
          this.CONSUME(K.write)
          const name = this.SUBRULE2(this.qualified)
          return { kind: 'write', text: name?.text, ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.ActionNeed => {
          this.CONSUME(K.send)
          return { kind: 'send', text: '', ...this.from(start) }
        },
      },
      {
        ALT: (): Tree.ActionNeed => {
          this.CONSUME(K.kv)
          return { kind: 'kv', text: '', ...this.from(start) }
        },
      },
    ])
  })
}
