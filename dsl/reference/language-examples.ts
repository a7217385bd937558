/** What the examples of the language page are read with: the names they use. */
export const languagePrelude = `pack t "示例" version 3
use channel wecom, sms
use region china
role 客服, 主管
party 平台, 门店
team 公共池
hours 营业 { mon..fri 09:00..18:00 }
enum 等级 ordered { 普通, 金卡 }
entity 订单 { 号: text key; 客户: customer; 实付: money; event 下单, 完成 }
entity 店 { 号: text key; 进货: money }
entity 用 { 价: money, 数: int }
form 单 { 等级: 等级, 金额: money, 用料: list(用) }
form 领料单 { 数: int }
action erp.退 "退款" { in 金额: money; out 结果: enum { 成功, 失败 }; key ticket.id }
ticket 事 "售后" for 单 {
  entry chat
  start -> 受理
  node 受理 by 客服 { clock 响应 2h of 营业 { at 100% escalate 主管 }; on 好 -> 完.成 }
  end 完 { 成 ok }
}
lexicon 禁语 { "最低价" }
limit 触达 on send {
  | purpose || per day | beyond |
  |---------||---------|--------|
  | else    || 2       | defer  |
}
metric 打开率: percent = count(send where opened) / count(send) by arm
price 报价 for 单 {
  line 人工 { base 金额; round half_up ¥0.01 }
  total 应收: money = sum(lines)
}
`

/** Texts of which one begins with each word that declares something; a test compiles each. */
export const languageExamples: Readonly<Record<string, string>> = {
  pack: 'pack shop "小店" version 1 {\n  locale   zh, en\n  currency CNY\n  zone     "Asia/Shanghai"\n}',
  use: 'use channel email',
  setting: 'setting 上限: int in 1..3 default 2 help "每天最多几条"',
  hours: 'hours 夜班 "夜班" {\n  mon..fri 18:00..22:00\n  sat      10:00..17:00\n  except holiday(CN)\n}',
  enum: 'enum 原因 { 质量问题, 发错货 "发错了货" }',
  extend: 'extend customer { 会员等级: 等级 default 普通, 标签: set(text) }',
  entity:
    'entity 设备 "设备档案" {\n  二维码: scan key\n  客户  : customer\n  保修至: date?\n  event 报警\n}',
  role: 'role 店长, 区长 extends 店长',
  team: 'team VIP组, 夜班组',
  skill: 'skill 食品安全',
  party: 'party 分销商, 品牌 "品牌方"',
  pool: 'pool 线索池 { claim 5 per 1d; protect 7d; return after 14d }',
  mode: 'mode 标准, 乡镇',
  form: 'form 退货单 "退货申请" for 订单 {\n  件数: int in 1..9 required\n  金额: money in ¥0.01..订单.实付\n  说明: text max 200 help "请描述问题"\n  check 金额 > ¥1 "金额太小"\n}',
  access:
    'access 单 {\n  |                  | 客服 | 主管  | customer |\n  |------------------|------|-------|----------|\n  | 金额, 等级, 用料 | read | write | read     |\n}',
  ticket:
    'ticket 领料 "领料" for 领料单 {\n  entry workbench\n  start -> 出库\n  node 出库 "仓库出库" by 客服 {\n    public "正在备货" notify\n    clock 备货 1d { at 50% notify assignee; at 100% escalate 主管 mark 紧急 }\n    on 已领 -> 结束.已领\n    on 缺货 -> 结束.缺货\n  }\n  end 结束 { 已领 ok, 缺货 fail }\n}',
  route:
    'route 事.受理 first {\n  | 金额   || team   |\n  |--------||--------|\n  | < ¥500 || 公共池 |\n  | else   || 公共池 |\n  pick  least_loaded, longest_idle\n  cap   5 per staff\n  after 10m -> 公共池\n  keep  same_assignee within 7d\n}',
  action:
    'action coupon.发放 "发券" {\n  in      券: text\n  out     券码: text\n  needs   net "coupon.example.com"\n  key     run.id\n  timeout 5s\n  retry   3 backoff 2s..1m\n}',
  table:
    'table 费率 "手续费" {\n  | 等级 | 金额: money || 费率: percent |\n  |------|-------------||---------------|\n  | 金卡 | -           || 0%            |\n  | 普通 | < ¥500      || 0.5%          |\n  | 普通 | >= ¥500     || 0.8%          |\n\n  费用: money = 金额 * 费率 round half_up ¥0.01\n}',
  library:
    'library 项目 "项目库" {\n  码: text key, 价: money\n  | 码     | 价   |\n  |--------|------|\n  | "AC-I" | ¥100 |\n}',
  price:
    'price 上门价 "上门报价" for 单 {\n  line 人工 "人工费" { base 金额; times 110% when 等级 = 金卡; round half_up ¥0.01 }\n  line 备件 "备件费" per 用料 { base 价 * 数 }\n  total 合计: money = sum(lines)\n}',
  overlay:
    'overlay 大促 on 报价.人工 {\n  from  2026-11-10 08:00..<2026-11-13 08:00\n  times 120%\n  cap   ¥500\n}',
  quote: 'quote 报价单 for 单 { option 标准 报价; valid 14d }',
  rebate:
    'rebate 季度返利 marginal on 店.进货 {\n  | 进货: money || 返点: percent |\n  |-------------||---------------|\n  | < ¥1,000    || 0%            |\n  | >= ¥1,000   || 2%            |\n}',
  rates: 'rates USD { 2026-01-01 7.12; 2026-04-01 7.05 }',
  settle:
    'settle 订单分账 on 事.完.成 hold 7d {\n  base  金额\n  round down ¥0.01\n  split { 平台 3%, 门店 rest }\n}',
  segment: 'segment 沉睡客户 = last(订单.下单) < today - 3mo and not customer.退订',
  stage: 'stage 生命周期 for customer {\n  活跃 when 订单.下单 within 90d\n  沉睡 else\n}',
  template: 'template 问候(名: text) {\n  wecom "{名}，您好"\n  sms   "{名}，您好。回 T 退订"\n}',
  sop: 'sop 唤醒 "沉睡唤醒" {\n  on   订单.下单 once per 90d\n  wait 3d\n  step 问候 send wecom "{customer.name}，收到货了吗"\n  step 回访 task 客服 "打个电话" due 4h of 营业 else escalate 主管\n  stop when customer.退订\n  goal 订单.完成 within 14d\n}',
  campaign:
    'campaign 会员日 {\n  for    customer when not customer.退订 once per 30d\n  at     2026-11-11 10:00\n  arm    甲 50% send wecom "会员日到了"\n  arm    乙 50% send wecom "今天有礼"\n  winner by 打开率 after 4h when sends >= 200\n  stop   when complaints >= 2 per 1000 sends\n  goal   订单.下单 within 7d\n}',
  limit:
    'limit 夜间 on send {\n  | purpose | channel || per day | quiet        | beyond |\n  |---------|---------||---------|--------------|--------|\n  | promo   | wecom   || 1       | 21:00..09:00 | defer  |\n  | else              || -       | -            | send   |\n  skip  promo when open(事)\n  words 禁语 block\n  pause campaign when complaints >= 1 notify admin\n}',
  lexicon: 'lexicon 广告法 { "全网第一", "国家级" }',
  signal:
    'signal 雨季 "降雨预报" {\n  from  weather.forecast(region)\n  out   系数: percent\n  every 6h\n  bound 系数 100%..110%\n}',
  source:
    'source 商城 from webhook {\n  secret SHOP_TOKEN\n  on "order.paid" -> 订单.下单 { 号: order_no, 实付: total }\n}',
  classify:
    'classify 来意 for 单 {\n  | words || priority |\n  |-------||----------|\n  | "投诉" || 紧急 |\n  unsure -> 客服\n}',
  metric: 'metric 首响: duration = median(事.受理.用时) by 等级',
  board: 'board 运营 for 主管 { show 打开率 as line by arm }',
  alert: 'alert 批量问题 on 事.好 { by 等级; when count >= 3 per 30d; once per 24h; notify 主管 "同类三起" }',
  labels: 'labels en { 单 "Request" { 金额 "Amount" } }',
  test: 'test 报价 {\n  | 金额 || 应收 |\n  |------||------|\n  | ¥10  || ¥10  |\n}',
  property: 'property "价不为负" { for 数: int in 1..9; expect 数 > 0 }',
  migrate:
    'migrate from 2 {\n  node  事.审核 -> 事.受理\n  field 单.钱 -> 单.金额\n  value 等级.普卡 -> 等级.普通\n  drain 事.打款\n}',
  open: 'open table 折扣 {\n  | 等级 || 折: percent |\n  |------||-------------|\n  | 普通 || 100%        |\n  | 金卡 || 85%         |\n}',
  closed: 'closed table 加价 {\n  | 等级 || 价: money |\n  |------||-----------|\n  | -    || ¥0        |\n}',
}

/** The whole text of an example; a pack is one by itself. */
export function languageExample(word: string): string {
  const example = languageExamples[word]!
  return word === 'pack' ? example : `${languagePrelude}${example}\n`
}
