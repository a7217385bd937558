import type { Blueprint } from '#core/blueprint'
import type { Act, Expression, Name } from '#dsl/syntax'
import { pathOf, readExpression } from './expression.ts'
import { readRole } from './flow.ts'

/** What is done when something happens, as written: 「提醒品控“同型号同故障 30 天 3 起”」. */
export function readActs(blueprint: Blueprint, acts: readonly Act[]): string {
  return acts.map(act => readAct(blueprint, act)).join('，并')
}

function readAct(blueprint: Blueprint, { kind, names, text, record, call }: Act): string {
  const who = names.map(({ text: name }) => readRole(blueprint, name)).join('、')
  const told = text ? `“${text.value}”` : ''
  const made = names.map(({ text: name }) => blueprint.tickets[name]?.label ?? name).join('、')
  switch (kind) {
    case 'notify':
      return `提醒${who}${told}`
    case 'escalate':
      return `升级${who}${told}`
    case 'mark':
      return `标${who}`
    case 'ask':
      return `填写${who}`
    case 'task':
      return `请${who}处理${told}`
    case 'run':
      return call ? `由系统执行「${readCall(blueprint, call)}」` : '由系统执行动作'
    case 'create':
    case 'spawn':
      return `开一张「${made}」${readRecord(blueprint, record)}`
    case 'reserve':
      return `预留${who}`
  }
}

/** The action's label with what it is given. */
export function readCall(blueprint: Blueprint, call: Expression): string {
  const callee = call.kind === 'call' ? call.callee : call
  const name = pathOf(callee)
  return blueprint.actions[name]?.label ?? name
}

/** 「（状态：草稿）」: what the new one says. */
export function readRecord(blueprint: Blueprint, record: Expression | undefined): string {
  if (record?.kind !== 'record' || record.entries.length === 0) return ''
  const said = record.entries.map(({ name, value }) => `${name.text}：${readExpression(blueprint, value)}`)
  return `（${said.join('，')}）`
}

/** `订单.下单`: 「订单下单」. */
export function readEvent(event: Name | string): string {
  const text = typeof event === 'string' ? event : event.text
  return text
    .replace(/^customer\./, '客户')
    .split('.')
    .join('')
}
