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
