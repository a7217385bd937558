import type { Blueprint } from '#core/blueprint'
import type {
  ActionNode,
  EntityNode,
  EnumNode,
  LexiconNode,
  LibraryNode,
  MigrateNode,
  NamesNode,
  PropertyNode,
} from '#dsl/syntax'
import { readExpression } from './expression.ts'
import { builtinEntities, readField } from './form.ts'
import { readDuration } from './span.ts'

/** 「等级，从低到高：普通、银卡、金卡。」 */
export function readEnum({ name, label, ordered, values }: EnumNode): string {
  const said = values.map(value => value.label?.value ?? value.name.text).join('、')
  return `${label?.value ?? name.text}${ordered ? '，从低到高' : ''}：${said}。`
}

/** What a record remembers and what may happen to it. */
export function readEntity(blueprint: Blueprint, { name, label, fields, events }: EntityNode): string[] {
  const known = blueprint.entities[name.text]?.fields ?? {}
  return [
    ...fields.flatMap(field => {
      const own = known[field.name.text]
      return own
        ? [
            readField(blueprint, field.name.text, own).replace(
              /。$/,
              field.isKey ? '，靠它认出是哪一个。' : '。',
            ),
          ]
        : []
    }),
    ...(events.length === 0
      ? []
      : [
          `${label?.value ?? builtinEntities[name.text] ?? name.text}会发生：${events.map(({ text }) => text).join('、')}。`,
        ]),
  ]
}

const listWords = {
  role: '角色',
  team: '服务组',
  skill: '技能',
  party: '分账方',
  pool: '池',
  mode: '模式',
} as const

/** 「角色：客服、主管（也有客服的权限）。」 */
export function readNames({ kind, names }: NamesNode): string {
  const said = names.map(({ name, label, extends: base }) =>
    base ? `${label?.value ?? name.text}（也有${base.text}的权限）` : (label?.value ?? name.text),
  )
  return `${listWords[kind]}：${said.join('、')}。`
}

/** 「广告法：最低价、全网第一。」 */
export function readLexicon({ name, label, words }: LexiconNode): string {
  return `${label?.value ?? name.text}：${words.map(({ value }) => `“${value}”`).join('、')}。`
}

/** 「项目库：随包带来 3 行，靠码认出是哪一个。」 */
export function readLibrary({ name, label, fields, rows, from }: LibraryNode): string {
  const key = fields.find(({ isKey }) => isKey)?.name.text
  const more = from ? `，其余在文件 ${from.value} 里` : ''
  return `${label?.value ?? name.text}：随包带来 ${rows.length} 行${more}${key ? `，靠${key}认出是哪一个` : ''}。`
}

/** 「ERP 原路退款：把订单号、金额交给外部系统，拿回流水、结果；只连 erp.example.com；…」 */
export function readAction(blueprint: Blueprint, { name }: ActionNode): string {
  const action = blueprint.actions[name.text]
  if (!action) return `${name.text}。`
  const names = (fields: readonly { readonly name: string }[]) => fields.map(field => field.name).join('、')
  const { label, inputs, outputs, net, reads, key, timeoutMs, retries, undo } = action
  const parts = [
    `把${names(inputs)}交给外部系统${outputs.length > 0 ? `，拿回${names(outputs)}` : ''}`,
    net.length > 0 ? `只连 ${net.join('、')}` : '不连任何网址',
    ...(reads.length > 0
      ? [`会看到${reads.map(read => read.replace(/^customer\./, '客户的')).join('、')}`]
      : []),
    `${readDuration(`${timeoutMs / 1000}s`)}没有回音算超时`,
    ...(retries > 0 ? [`最多再试 ${retries} 次，${keyWords(key)}只算一次`] : []),
    ...(undo === null ? [] : [`反悔时用「${blueprint.actions[undo]?.label ?? undo}」`]),
  ]
  return `${label}：${parts.join('；')}。`
}

function keyWords(key: string | null): string {
  return key === 'ticket.id' ? '同一张工单' : key === 'run.id' ? '同一次执行' : `同一个${key ?? '请求'}`
}

/** 「从不为负：数在 1 到 9 的每个值，都要数超过 0。」 */
export function readProperty(blueprint: Blueprint, { name, variables, when, expects }: PropertyNode): string {
  const over = variables.map(({ name: variable, bounds }) =>
    bounds ? `${variable.text}在 ${readExpression(blueprint, bounds)}` : variable.text,
  )
  const guard = when ? `，${readExpression(blueprint, when)}时` : ''
  const must = expects.map(expect => readExpression(blueprint, expect)).join('，且')
  return `${name.text.replace(/^["“]|["”]$/g, '')}：${over.join('、')}的每个值${guard}，都要${must}。`
}

/** 「从第 2 版升级：停在退款的审核的工单到退款的复核；…；停在…的工单按老版本走完。」 */
export function readMigration({ from, moves, drains }: MigrateNode): string {
  const path = (text: string) => text.split('.').join('的')
  const words = { node: '停在', field: '字段', value: '取值' } as const
  const said = moves.map(({ what, from: old, to }) =>
    what === 'node'
      ? `停在${path(old.text)}的工单到${path(to.text)}`
      : `${words[what]}${path(old.text)}改记为${path(to.text)}`,
  )
  const drained =
    drains.length === 0 ? [] : [`停在${drains.map(({ text }) => path(text)).join('、')}的工单按老版本走完`]
  return `从第 ${from} 版升级：${[...said, ...drained].join('；')}。`
}
