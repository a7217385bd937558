import type { Entry } from './entry.ts'

/** Actions, and what no engine runs yet: AX7 and AX9. */
export const actions = {
  AX7001: {
    slug: 'retry-without-key',
    severity: 'error',
    ofWhole: true,
    zh: '动作「{name}」会重试，却没有 key',
    en: 'action “{name}” is retried but has no key',
    help: {
      zh: '写 key ticket.id，重试才只算一次。',
      en: 'Write key ticket.id, so that a repeat counts once.',
    },
  },
  AX7002: {
    slug: 'host-name',
    severity: 'error',
    zh: '「{name}」不是一个主机名',
    en: '“{name}” is not a host name',
    help: {
      zh: '写完整的主机名，例如 net "erp.example.com"，不带协议、端口和通配。',
      en: 'Write the whole host name, such as net "erp.example.com", without scheme, port or wildcard.',
    },
  },
  AX7003: {
    slug: 'action-key',
    severity: 'error',
    zh: '动作「{name}」的 key 只能是：{known}',
    en: 'the key of “{name}” is one of: {known}',
    help: { zh: '选一个能认出同一次执行的值。', en: 'Take the one by which a repeat is known.' },
  },
  AX7004: {
    slug: 'action-timeout',
    severity: 'error',
    zh: '动作的时限最多 30s',
    en: 'an action takes 30s at most',
    help: { zh: '例如 timeout 10s。', en: 'For example timeout 10s.' },
  },
  AX7005: {
    slug: 'outcome-unhandled',
    severity: 'warning',
    ofWhole: true,
    zh: '节点「{name}」没有处理「{outcome}」，遇到时工单会停在这里并告警',
    en: 'node “{name}” does not react on “{outcome}”: a ticket would stay there with an alert',
    help: { zh: '加一条 on {outcome} -> 别处。', en: 'Add on {outcome} -> elsewhere.' },
  },
  AX7010: {
    slug: 'undeclared-personal',
    severity: 'error',
    zh: '动作「{name}」会把客户的「{data}」交给 {hosts}，却没有在 needs 里写明',
    en: 'action “{name}” hands the customer’s “{data}” to {hosts}, which its needs do not say',
    help: {
      zh: '在它的 needs 里加上 read {data}，安装的人才看得到；用不着就别传。',
      en: 'Add read {data} to its needs, so that whoever installs it sees it; or do not pass it.',
    },
  },
  AX7011: {
    slug: 'irreversible-beside-abort',
    severity: 'error',
    zh: '「{name}」没有 undo，做了收不回，而并行的「{branch}」可以在「{node}」中止：{name} 已做，工单却退回',
    en: '“{name}” has no undo and cannot be taken back, while branch “{branch}” beside it may abort at “{node}”: done, and the ticket gone back',
    help: {
      zh: '给动作写 undo，或把它移到并行之后。',
      en: 'Give the action an undo, or move it behind the parallel region.',
    },
  },
  AX7012: {
    slug: 'source-without-secret',
    severity: 'error',
    ofWhole: true,
    zh: '来源「{name}」没有 secret：谁都能冒充它报事',
    en: 'source “{name}” has no secret: anybody could report in its name',
    help: {
      zh: '写 secret 和一个名字，例如 secret SHOP_TOKEN；它的值由企业在安装时填。',
      en: 'Write secret and a name, such as secret SHOP_TOKEN; the desk gives its value when it installs.',
    },
  },
  AX7013: {
    slug: 'source-key',
    severity: 'error',
    zh: '「{says}」没有给出{entity}的「{key}」，认不出说的是哪一条',
    en: '“{says}” does not say the “{key}” of {entity}: nobody knows which one is meant',
    help: {
      zh: '在花括号里写上 {key}: 对方消息里的名字。',
      en: 'Add {key}: and where the message has it, inside the braces.',
    },
  },
  AX7014: {
    slug: 'source-value',
    severity: 'error',
    zh: '「{field}」要写对方消息里的名字（如 order.no），或一个固定值',
    en: '“{field}” is a name of the other system’s message (such as order.no) or one value',
    help: {
      zh: '消息里的值不能先算：把算法写成实体里的计算字段。',
      en: 'What comes in is not computed with: let a computed field of the entity do that.',
    },
  },
  AX7015: {
    slug: 'source-computed',
    severity: 'error',
    zh: '「{field}」是算出来的，来源不能写它',
    en: '“{field}” is worked out, so that no source writes it',
    help: {
      zh: '去掉这一项，写它所依据的字段。',
      en: 'Leave it out, and write the fields it is worked out from.',
    },
  },
} as const satisfies Record<string, Entry>

export const later = {
  AX9001: {
    slug: 'not-run-yet',
    severity: 'warning',
    zh: '本版本还不能运行「{word}」，发布时会被拒绝',
    en: 'this version does not run “{word}” yet; publishing refuses it',
    help: { zh: '去掉「{name}」后再发布。', en: 'Remove “{name}” before publishing.' },
  },
} as const satisfies Record<string, Entry>
