import type { Blueprint } from '#core/blueprint'
import type { PermissionReply, SaidReply } from '#core/wire'
import { nameWords } from './act-words.ts'

/** What a pack does to the world, as the keys a consent keeps; the same pack yields them in the same order. */
export function permissionsOf(blueprint: Blueprint): string[] {
  const nodes = Object.values(blueprint.tickets).flatMap(ticket => Object.values(ticket.nodes))
  const reads = Object.values(blueprint.forms).some(form => form.subject !== null) ? ['read records'] : []
  const tells = nodes.some(node => node.public?.notify) ? ['notify-customer'] : []
  const sends = Object.keys(blueprint.sops).length > 0 ? ['send'] : []
  const posts = Object.keys(blueprint.settlements).length > 0 ? ['write ledger'] : []
  const comes = Object.entries(blueprint.sources).flatMap(([name, { mappings }]) =>
    [...new Set(mappings.map(({ entity }) => entity))].map(entity => `source:${name} writes ${entity}`),
  )
  return [
    ...['read customer', ...reads, 'write tickets', ...posts, ...comes, ...actionPermissions(blueprint)],
    ...['notify-staff', ...tells, ...sends],
  ]
}

/** What each action asks for, as a consent lists it. */
export function actionPermissions(blueprint: Blueprint): string[] {
  return Object.entries(blueprint.actions).flatMap(([name, action]) => {
    const { net, secrets, reads, writes = [], sends = false, keeps = false } = action
    const asked = [
      ...net.map(host => `net ${host}`),
      ...secrets.map(secret => `secret ${secret}`),
      ...reads.map(path => `read ${path}`),
      ...writes.map(path => `write ${path}`),
      ...(sends ? ['send'] : []),
      ...(keeps ? ['kv'] : []),
    ]
    return asked.map(what => `action:${name} ${what}`)
  })
}

/** Permissions in words, each with what kind it is and whether it was agreed to before. */
export function sayPermissions(blueprint: Blueprint, agreed: readonly string[]): PermissionReply[] {
  return permissionsOf(blueprint).map(key => ({
    ...{ key, ...wordsOf(blueprint, key) },
    isNew: !agreed.includes(key),
  }))
}

type Said = Pick<PermissionReply, 'kind' | 'zh' | 'en'>

const plain: Readonly<Record<string, Said>> = {
  'read customer': { kind: 'read', zh: '读取客户资料', en: 'Reads what is known of customers' },
  'read records': {
    ...{ kind: 'read', zh: '读取业务档案（订单、设备等）' },
    en: 'Reads business records (orders, devices and the like)',
  },
  'write tickets': { kind: 'write', zh: '开立并修改工单', en: 'Opens and changes tickets' },
  'write ledger': { kind: 'write', zh: '在服务台账里记账', en: 'Writes to the ledger' },
  'notify-staff': { kind: 'send', zh: '给员工发企业微信消息', en: 'Sends WeCom messages to staff' },
  'notify-customer': { kind: 'send', zh: '给客户发服务通知', en: 'Sends service notices to customers' },
  send: {
    ...{ kind: 'send', zh: '按 SOP 给客户发消息（经群发风控）' },
    en: 'Sends customers messages by SOP, through the send gate',
  },
}

function wordsOf(blueprint: Blueprint, key: string): Said {
  const known = plain[key]
  if (known) return known
  const [, of = '', name = '', what = '', rest = ''] = /^(action|source):(\S+) (\S+) ?(.*)$/.exec(key) ?? []
  if (of === 'source') return sourceWords(blueprint, name, rest)
  const action = blueprint.actions[name]
  const label = nameWords(blueprint, name)
  return actionWords({ label, hosts: action?.net.join('、') ?? '' }, what, rest)
}

function sourceWords(blueprint: Blueprint, name: string, entity: string): Said {
  const label = blueprint.sources[name]?.label ?? name
  return {
    ...{ kind: 'write', zh: `「${label}」推送来的数据会写入「${entity}」` },
    en: `What “${blueprint.labels.en?.[name] ?? label}” sends in is written to “${nameWords(blueprint, entity).en}”`,
  }
}

function actionWords(
  { label, hosts }: { label: SaidReply; hosts: string },
  what: string,
  rest: string,
): Said {
  const says = (kind: Said['kind'], zh: string, en: string): Said => ({
    ...{ kind, zh: `扩展动作「${label.zh}」会${zh}` },
    en: `The action “${label.en}” ${en}`,
  })
  switch (what) {
    case 'net':
      return says('call', `访问 ${rest}`, `calls ${rest}`)
    case 'secret':
      return says('call', `使用密钥 ${rest}`, `uses the secret ${rest}`)
    case 'write':
      return says('write', `填写「${rest}」`, `fills “${rest}”`)
    case 'send':
      return says('send', '给客户发消息（经群发风控）', 'writes to customers, through the send gate')
    case 'kv':
      return says('write', '在两次运行之间记住数据', 'keeps data between its runs')
    default:
      return hosts === ''
        ? says('read', `读取「${rest}」`, `reads “${rest}”`)
        : says('personal', `把客户的「${rest}」交给 ${hosts}`, `hands the customer’s “${rest}” to ${hosts}`)
  }
}
