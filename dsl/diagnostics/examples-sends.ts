import { reach, limited, inReach, inLimit, inJourney } from './example-packs.ts'

/** Examples of the codes about sends: AX60. */
export const sendExamples = {
  AX6001: {
    within: inReach,
    bad: 'sop 提醒 { on 天气.暴雨; step 一 send wecom "带伞" }',
    good: 'sop 提醒 { on 订单.下单; step 一 send wecom "带伞" }',
  },
  AX6002: {
    within: inReach,
    bad: 'sop 提醒 { on 订单.下单; step 一 send wecom "全场最低价" }',
    good: 'sop 提醒 { on 订单.下单; step 一 send wecom "今天有优惠" }',
  },
  AX6003: {
    within: inLimit,
    bad: '  | purpose || quiet        | beyond |\n  |---------||--------------|--------|\n  | else    || 09:00..09:00 | defer  |',
    good: '  | purpose || quiet        | beyond |\n  |---------||--------------|--------|\n  | else    || 22:00..09:00 | defer  |',
  },
  AX6004: {
    within: inReach,
    bad: 'sop 提醒 { on 订单.下单; step 一 send wecom service "免费试用" }',
    good: 'sop 提醒 { on 订单.下单; step 一 send wecom promo "免费试用" }',
  },
  AX6005: {
    within: inLimit,
    bad: '  | purpose || per day | beyond |\n  |---------||---------|--------|\n  | else    || 1       | drop   |\n  pause campaign when complaints >= 1 notify admin',
    good: '  | purpose || per day | beyond |\n  |---------||---------|--------|\n  | else    || 1       | drop   |\n  skip  promo when open(甲)\n  pause campaign when complaints >= 1 notify admin',
  },
  AX6006: {
    within: inReach,
    bad: 'sop 提醒 { on 订单.下单; wait 3d }',
    good: 'sop 提醒 { on 订单.下单; wait 3d; step 一 send wecom "收到货了吗" }',
  },
  AX6007: {
    within: inLimit,
    bad: '  | purpose || per day |\n  |---------||---------|\n  | else    || 1       |',
    good: '  | purpose || per day | beyond |\n  |---------||---------|--------|\n  | else    || 1       | drop   |',
  },
  AX6008: {
    within: `${reach}…`,
    bad: 'sop 提醒 { on 订单.下单; step 一 send wecom "收到货了吗" }',
    good: 'sop 提醒 { on 订单.下单; step 一 task 客服 "问问收到货没有" due 4h }',
  },
  AX6009: {
    within: inReach,
    bad: 'template 问候 { sms "您好" }\nsop 提醒 { on 订单.下单; step 一 send wecom 问候() }',
    good: 'template 问候 { wecom "您好" }\nsop 提醒 { on 订单.下单; step 一 send wecom 问候() }',
  },
  AX6010: {
    within: inReach,
    bad: 'campaign 会员日 {\n  for customer\n  at 2026-11-11 10:00\n  arm 甲 50% send wecom "甲"\n  arm 乙 40% send wecom "乙"\n}',
    good: 'campaign 会员日 {\n  for customer\n  at 2026-11-11 10:00\n  arm 甲 50% send wecom "甲"\n  arm 乙 50% send wecom "乙"\n}',
  },
  AX6011: {
    within: inReach,
    bad: 'stage 阶段 for customer { 沉睡 when 订单.下单 within 90d }',
    good: 'stage 阶段 for customer { 活跃 when 订单.下单 within 90d; 沉睡 else }',
  },
  AX6012: {
    within: inReach,
    bad: 'campaign 会员日 { for customer }',
    good: 'campaign 会员日 {\n  for customer\n  at 2026-11-11 10:00\n  arm 甲 100% send wecom "甲"\n}',
  },
  AX6013: {
    within: inReach,
    bad: 'classify 来意 for 单 {\n  | words  || priority |\n  |--------||----------|\n  | "投诉" || 紧急     |\n}',
    good: 'classify 来意 for 单 {\n  | words  || priority |\n  |--------||----------|\n  | "投诉" || 紧急     |\n  unsure -> 客服\n}',
  },
  AX6014: {
    within: `${limited}segment 熟客 = customer.name != ""\nsop 唤醒 {\n  for 熟客 once per 90d\n…\n}`,
    bad: '  step 问候 send wecom "{customer.name，好久不见"',
    good: '  step 问候 send wecom "{customer.name}，好久不见"',
  },
  AX6015: {
    within: inReach,
    bad: 'lexicon 禁语 { "" }',
    good: 'lexicon 禁语 { "返现" }',
  },
  AX6020: {
    within: `${reach}limit 触达 on send {
  | purpose || quiet        | beyond |
  |---------||--------------|--------|
  | else    || 22:00..09:00 | defer  |
}
…`,
    bad: 'sop 提醒 { on 订单.下单; step 一 send wecom "收到货了吗" }',
    good: 'sop 提醒 { on 订单.下单 once per 30d; step 一 send wecom "收到货了吗" }',
  },
  AX6021: {
    within: `${reach}sop 提醒 { on 订单.下单; step 一 send wecom urgent "延误了" }
limit 触达 on send {
  | purpose || per day | beyond |
  |---------||---------|--------|
  | promo   || 1       | defer  |
  | service || 9       | defer  |
…
}`,
    bad: '  | urgent  || 3       | send   |',
    good: '  | urgent  || -       | send   |',
  },
  AX6022: {
    within: `${reach}limit 夜里 on send {
  | purpose || quiet        | beyond |
  |---------||--------------|--------|
  | else    || 20:00..09:00 | defer  |
}
limit 白天 on send {
  | purpose || quiet        | beyond |
  |---------||--------------|--------|
…
}`,
    bad: '  | else    || 09:00..20:00 | defer  |',
    good: '  | else    || 12:00..14:00 | defer  |',
  },
  AX6023: {
    within: inJourney,
    bad: 'sop 回访 { on 订单.下单; wait 3d; step 一 send wecom "收到货了吗" }',
    good: 'sop 回访 { on 订单.下单; wait 3d; step 一 send wecom service "收到货了吗" }',
  },
  AX6024: {
    within: inJourney,
    bad: 'sop 欢迎 { on 订单.下单; wait 8d; step 一 send wecom "您好"; step 二 send wecom "有一张券" }',
    good: 'sop 欢迎 { on 订单.下单; wait 8d; step 一 send wecom "您好"; wait 1d; step 二 send wecom "有一张券" }',
  },
  AX6025: {
    within: inJourney,
    bad: 'entity 预约 { 号: text key, 客户: customer, 日期: date }\nsop 提醒 { for 预约 at 日期 + 21:00; step 一 send wecom "明天见" }',
    good: 'entity 预约 { 号: text key, 客户: customer, 日期: date }\nsop 提醒 { for 预约 at 日期 + 19:00; step 一 send wecom "明天见" }',
  },
  AX6026: {
    within: `${reach}extend customer { 等级: 等级 default 普通 }
sop 回访 { on 订单.下单; step 一 send wecom "收到货了吗" }
limit 触达 on send {
  | purpose | customer.等级 || per day | beyond |
  |---------|---------------||---------|--------|
…
  | else                    || 1       | drop   |
  skip promo when customer.等级 = 金卡
}`,
    bad: '  | promo   | 普通          || 0       | drop   |',
    good: '  | promo   | 普通          || 1       | drop   |',
  },
  AX6027: {
    within: inReach,
    bad: 'sop 回访 {\n  on 订单.下单\n  step 一 when customer.退订 send wecom "收到货了吗"\n  stop when customer.退订\n}',
    good: 'sop 回访 {\n  on 订单.下单\n  step 一 send wecom "收到货了吗"\n  stop when customer.退订\n}',
  },
  AX6028: {
    within: inReach,
    bad: 'segment 老客 = last(订单.下单) < today - 90d\nsop 唤醒 { for 老客 when 订单.下单 within 30d; step 一 send wecom "好久不见" }',
    good: 'segment 老客 = last(订单.下单) < today - 90d\nsop 唤醒 { for 老客 when not customer.退订; step 一 send wecom "好久不见" }',
  },
  AX6029: {
    within: `${reach}extend customer { … }
limit 触达 on send {
  | purpose | customer.等级 || per day | beyond |
  |---------|---------------||---------|--------|
  | -       | 普通          || 1       | defer  |
  | -       | 金卡          || 2       | defer  |
}`,
    bad: '等级: 等级',
    good: '等级: 等级 default 普通',
  },
  AX6030: {
    within: inReach,
    bad: 'sop 追问 { on customer.回复; step 一 send wecom service "还有别的问题吗" }',
    good: 'sop 追问 { on customer.回复 once per 7d; step 一 send wecom service "还有别的问题吗" }',
  },
} as const
