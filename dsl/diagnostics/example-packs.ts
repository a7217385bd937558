// The rest of the packs that examples stand in, with `…` where they do.
export const pack = `pack t "t" version 1
…`
export const desk = `pack t "t" version 1
role 客服, 主管
hours 营业 { mon..fri 09:00..18:00 }
enum 等级 ordered { 普通, 金卡 }
form 单 { 等级: 等级, 金额: money, 说明: text }
`
export const inDesk = `${desk}…`
export const inTicket = `${desk}ticket 甲 for 单 {
  entry chat
  start -> 受理
  clock 滞留 3d { at 100% notify 主管 }
…
  end 结束 { 完 ok }
}`
export const inNode = inTicket.replace('…', '  node 受理 by 客服 {\n…\n  }')
export const closing = `ticket 甲 for 单 {
  start -> 受理
  node 受理 by 客服 { on 好 -> 结束.完; after 3d -> 结束.完 }
  end 结束 { 完 ok }
}
`
/** Eight pigeons in seven holes: that some two share one is true and takes very long to prove case by case. */
export const pigeons = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛']
export const crowded = pigeons.flatMap((_, a) =>
  pigeons.slice(a + 1).flatMap((_, rest) =>
    ['一', '二', '三', '四', '五', '六', '七'].map(hole => {
      const cells = pigeons.map((_, index) => (index === a || index === a + 1 + rest ? hole : '-'))
      return `  | ${cells.join(' | ')} || true |`
    }),
  ),
)
export const inSheet = `${pack.replace('…', '')}table 档 partial {
  | 数: int || 费: money |
  |---------||-----------|
  rows from "档.csv"
}
`
export const money = `${desk}${closing}party 甲方, 乙方, 丙方
entity 用 { 价: money, 数: int }
form 账 { 钱: money, 用料: list(用) }
`
export const inMoney = `${money}…`
export const migrating = `${desk.replace('version 1', 'version 3')}${closing}…`
export const inPrice = `${money}price 价 for 账 {
…
}`
export const inSplit = `${money}settle 分 on 甲.结束.完 { base 金额; … }`
export const reach = `${desk}${closing}use channel wecom
entity 天气 { 日: text key; event 暴雨 }
entity 订单 { 号: text key, 客户: customer; event 下单 }
lexicon 广告法 { "最低价" }
lexicon 促销词 { "免费" }
`
export const inSource = `${desk}${closing}entity 订单 { 号: text key, 客户: customer, 金额: money, 税: money = 金额 * 6% round half_up ¥0.01; event 下单 }
…`
export const limited = `${reach}limit 触达 on send {
  | purpose || per day | beyond |
  |---------||---------|--------|
  | else    || 1       | drop   |
  words 广告法 block, 促销词 warn
}
`
export const inReach = `${limited}…`
export const inLimit = `${reach}limit 触达 on send {
…
}`
/** A limit with a cap and quiet hours that drop, and a skip after an order. */
export const inJourney = `${reach}limit 触达 on send {
  | purpose || per day | quiet        | beyond |
  |---------||---------|--------------|--------|
  | promo   || 1       | 21:00..09:00 | drop   |
  | else    || 9       | -            | drop   |
  skip promo when 订单.下单 within 7d
}
…`
export const inAction = `${desk}action erp.退 "退款" {
  in  金额: money
  out 结果: enum { 成功, 失败 }
…
}`
export const inRun = `${desk}action erp.退 "退款" {
  in  金额: money
  out 结果: enum { 成功, 失败 }
  key ticket.id
}
ticket 甲 for 单 {
  start -> 退
  clock 滞留 3d { at 100% notify 主管 }
  node 退 run erp.退(金额) {
…
  }
  node 人工 by 客服 { on 好 -> 结束.完 }
  end 结束 { 完 ok }
}`
export const rows = (table: string) => `${desk}table ${table} {
  | 等级 || 费: money |
  |------||-----------|
…
}`
