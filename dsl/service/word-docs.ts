import { functions } from '#dsl/check'
import { keywordDocs } from './keyword-docs.ts'

/** What a word of the language means, with an example that reads as it would in a pack. */
export interface WordDoc {
  readonly kind: 'keyword' | 'function' | 'type'
  readonly zh: string
  readonly en: string
  readonly example: string
  /** The parameters of a function, as they are called. */
  readonly parameters?: readonly string[]
}

const rows: readonly (readonly [string, WordDoc['kind'], string, string, string, ...string[]])[] = [
  ['min', 'function', '其中最小的。', 'The smallest of them.', 'min(金额 * 1%, ¥20)', '值', '值…'],
  ['max', 'function', '其中最大的。', 'The largest of them.', 'max(天数, 1)', '值', '值…'],
  ['known', 'function', '这个值填了没有。', 'Whether the value is there at all.', 'known(核查结论)', '值'],
  [
    'open',
    'function',
    '客户有没有还没结束的这种工单。',
    'The customer has such a ticket that is not closed.',
    'open(客诉)',
    '工单',
  ],
  [
    'last',
    'function',
    '客户最近一次这种事件的日期。',
    'The date of the customer’s last such event.',
    'last(订单.下单)',
    '事件',
  ],
  [
    'sent',
    'function',
    '测试里：这一步的消息发出去了没有。',
    'In a test: whether the step’s message went out.',
    'sent(问候)',
    '步骤',
  ],
  [
    'assigned',
    'function',
    '测试里：有没有派给这个人。',
    'In a test: whether a place is theirs now.',
    'assigned("小王")',
    '姓名',
  ],
  [
    'deferred',
    'function',
    '测试里：这一步的消息被推迟过没有。',
    'In a test: whether the step’s message was put off.',
    'deferred(问候)',
    '步骤',
  ],
  [
    'dropped',
    'function',
    '测试里：这一步的消息是不是不发了。',
    'In a test: whether the step’s message was refused by a limit.',
    'dropped(问候)',
    '步骤',
  ],
  [
    'held',
    'function',
    '测试里：这一步的消息是不是因为暂停没有发。',
    'In a test: whether the step’s message was held, its SOP being paused.',
    'held(问候)',
    '步骤',
  ],
  [
    'notified',
    'function',
    '测试里：有没有通知过。',
    'In a test: whether they were told.',
    'notified(店长)',
    '角色',
  ],
  ['text', 'type', '文字。', 'Text.', '说明: text max 500'],
  ['int', 'type', '整数。', 'A whole number.', '件数: int in 1..9'],
  ['decimal', 'type', '精确的小数。', 'An exact decimal.', '重量: decimal'],
  ['percent', 'type', '精确的百分比。', 'An exact percent.', '费率: percent'],
  [
    'money',
    'type',
    '精确到分的金额；相乘后要写 round。',
    'An exact amount; a product must be rounded.',
    '金额: money in ¥0.01..¥500',
  ],
  ['bool', 'type', '是或否。', 'Yes or no.', '加急: bool default false'],
  ['date', 'type', '日历上的一天。', 'A calendar day.', '保修至: date'],
  ['time', 'type', '钟点。', 'A time of day.', '时段: time'],
  ['datetime', 'type', '某天的某个时刻。', 'A moment.', '到店: datetime'],
  [
    'duration',
    'type',
    '时长：s、m、h 是准确时间，d、w、mo 按日历。',
    'A span: s, m, h are exact, d, w, mo follow the calendar.',
    '时限: duration',
  ],
  ['region', 'type', '行政区；上级包含下级。', 'A region; a larger one contains the smaller.', '| region |'],
  ['photo', 'type', '照片，可写张数。', 'Photographs, with how many.', '凭证: photo[1..6]'],
  ['file', 'type', '文件。', 'A file.', '合同: file'],
  ['signature', 'type', '手写签名。', 'A signature.', '签收: signature'],
  ['scan', 'type', '扫码所得。', 'What a scan reads.', '二维码: scan key'],
  ['location', 'type', '地点。', 'A place on the map.', '位置: location'],
  ['list', 'type', '多行。', 'Rows.', '用料: list(备件用量)'],
  ['set', 'type', '不重复的一组值。', 'Values without repetition.', '标签: set(text)'],
  [
    'ticket',
    'keyword',
    '一种工单，从打开到结束的全过程。',
    'A kind of matter, from open to closed.',
    'ticket 退款 for 退款单 { … }',
  ],
  [
    'node',
    'keyword',
    '工单停留、等人处理的一站。',
    'A station where a ticket waits for somebody.',
    'node 受理 by 客服 { … }',
  ],
  [
    'clock',
    'keyword',
    '时限；of 后面是营业时段，只在其中计时。',
    'A deadline; `of` counts working time only.',
    'clock 响应 2h of 营业 { at 100% escalate 主管 }',
  ],
  ['on', 'keyword', '发生这个动作或事件时。', 'When this happens.', 'on 同意 when 金额 <= ¥300 -> 处理'],
  ['after', 'keyword', '停留这么久以后。', 'After waiting so long.', 'after 7d -> 结束.已关闭'],
  [
    'ask',
    'keyword',
    '离开前必须填的字段。',
    'Fields to fill before leaving.',
    'on 驳回 ask 驳回理由 -> 结束.已驳回',
  ],
  [
    'parallel',
    'keyword',
    '几个分支同时进行，再汇合。',
    'Branches run at once and meet again.',
    'parallel 处理 join all { … } -> 出款',
  ],
  ['end', 'keyword', '结局，各有成败。', 'Outcomes, each ok or fail.', 'end 结束 { 已退款 ok, 已驳回 fail }'],
  ['form', 'keyword', '要填的表单。', 'What is filled in.', 'form 退款单 "退款申请" for 订单 { … }'],
  [
    'access',
    'keyword',
    '谁能看、谁能改哪个字段。',
    'Who may read and write which field.',
    'access 退款单 { … }',
  ],
  [
    'table',
    'keyword',
    '决策表：|| 左边是条件，右边是结果。',
    'A decision table: conditions left of ||, results right.',
    'table 退款费率 { … }',
  ],
  [
    'route',
    'keyword',
    '到这个节点的工单交给谁。',
    'Who gets the tickets of a node.',
    'route 退款.受理 first { … }',
  ],
  [
    'price',
    'keyword',
    '价格：各行相加，步骤自上而下。',
    'A price: lines add up, steps run downwards.',
    'price 报价 for 报修单 { … }',
  ],
  [
    'settle',
    'keyword',
    '把一笔钱一分不差地分给各方。',
    'Divides an amount without losing a cent.',
    'settle 分账 on 报修.结束.完成 { … }',
  ],
  [
    'limit',
    'keyword',
    '每位客户多久、何时可以收到消息。',
    'How often and when a customer is written to.',
    'limit 触达 on send { … }',
  ],
  [
    'sop',
    'keyword',
    '对一位客户的一串消息和待办。',
    'A series of messages and to-dos for one customer.',
    'sop 沉睡唤醒 { … }',
  ],
  [
    'setting',
    'keyword',
    '租户可以调的值。',
    'A value that a tenant may change.',
    'setting 每日上限: int in 1..2 default 1',
  ],
  ['hours', 'keyword', '营业时段。', 'Working hours.', 'hours 营业 { mon..fri 09:00..18:00 }'],
  [
    'role',
    'keyword',
    '人的身份；extends 还拥有另一个的权限。',
    'What people are; extends has another’s rights too.',
    'role 主管 extends 客服',
  ],
  ['when', 'keyword', '只有条件成立时。', 'Only when this holds.', 'required when 原因 = 质量问题'],
  ['round', 'keyword', '舍入到多少。', 'Rounds to a step.', 'round half_up ¥0.01'],
]

const declared = [...functions].map(([word, { parameters, zh, en, example }]) => {
  const doc: WordDoc = { kind: 'function', zh, en, example, parameters }
  return [word, doc] as const
})

const written = rows.map(([word, kind, zh, en, example, ...parameters]) => {
  const doc: WordDoc = { kind, zh, en, example, ...(parameters.length > 0 && { parameters }) }
  return [word, doc] as const
})

/** What each word means; of a type and a function of one name (`date`), the type. */
export const wordDocs: ReadonlyMap<string, WordDoc> = new Map([...keywordDocs, ...declared, ...written])
