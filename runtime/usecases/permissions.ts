import type { Blueprint } from '#core/blueprint'
import type { PermissionReply } from '#core/wire'

/** What a pack does to the world, as the keys a consent keeps; the same pack yields them in the same order. */
export function permissionsOf(blueprint: Blueprint): string[] {
  const nodes = Object.values(blueprint.tickets).flatMap(ticket => Object.values(ticket.nodes))
  const reads = Object.values(blueprint.forms).some(form => form.subject !== null) ? ['read records'] : []
  const tells = nodes.some(node => node.public?.notify) ? ['notify-customer'] : []
  const sends = Object.keys(blueprint.sops).length > 0 ? ['send'] : []
  const posts = Object.keys(blueprint.settlements).length > 0 ? ['write ledger'] : []
  const told = Object.entries(blueprint.actions).flatMap(([name, action]) =>
    action.reads.map(path => `action:${name} read ${path}`),
  )
  return [
    ...['read customer', ...reads, 'write tickets', ...posts, ...actionPermissions(blueprint), ...told],
    ...['notify-staff', ...tells, ...sends],
  ]
}

/** The hosts and secrets each action asks for, as a consent lists them. */
export function actionPermissions(blueprint: Blueprint): string[] {
  return Object.entries(blueprint.actions).flatMap(([name, { net, secrets }]) => [
    ...net.map(host => `action:${name} net ${host}`),
    ...secrets.map(secret => `action:${name} secret ${secret}`),
  ])
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
  const [, name = '', what = '', rest = ''] = /^action:(\S+) (\S+) (.+)$/.exec(key) ?? []
  const action = blueprint.actions[name]
  const hosts = action?.net.join('、') ?? ''
  const label = action?.label ?? name
  if (what === 'net')
    return {
      ...{ kind: 'call', zh: `扩展动作「${label}」会访问 ${rest}` },
      en: `The action “${label}” calls ${rest}`,
    }
  if (what === 'secret')
    return {
      ...{ kind: 'call', zh: `扩展动作「${label}」会使用密钥 ${rest}` },
      en: `The action “${label}” uses the secret ${rest}`,
    }
  if (hosts === '')
    return {
      ...{ kind: 'read', zh: `扩展动作「${label}」会读取「${rest}」` },
      en: `The action “${label}” reads “${rest}”`,
    }
  return {
    ...{ kind: 'personal', zh: `扩展动作「${label}」会把客户的「${rest}」交给 ${hosts}` },
    en: `The action “${label}” hands the customer’s “${rest}” to ${hosts}`,
  }
}
