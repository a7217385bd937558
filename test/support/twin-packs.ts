// Two small packs for one desk: each with its own ticket, entity, SOP and limit, and what they share by name: a role, a setting, a
// limit, a field of customers that they mean otherwise.

interface Twin {
  readonly version?: number
  /** How many promotions a customer may get a day. */
  readonly perDay?: number
  /** What the field of customers may say. */
  readonly grades?: string
  /** More declarations. */
  readonly more?: string
}

/** The texts of a pack whose names begin with its label, such as `甲`. */
export function twin(
  name: string,
  label: string,
  { version = 1, perDay = 1, grades = `${label}高, ${label}低`, more = '' }: Twin = {},
): Record<string, string> {
  return {
    [`${name}.axle`]: `pack ${name} "${label}店" version ${version}
role ${label}员
role 财务
enum ${label}级 { ${grades} }
extend customer { 等级: ${label}级? }
setting 每日上限 "每日上限": int in 1..9 default ${perDay}
entity ${label}往来 "${label}往来" {
  编号: text key, 客: customer, 备注: text?
  event 来
}
form ${label}单 { 说明: text required, 金额: money, 门店: store? }
access ${label}单 {
  |            | ${label}员 | 财务  | customer |
  |------------|-----|-------|----------|
  | 说明, 门店 | write | read  | write    |
  | 金额       | write | write | -        |
}
limit 触达 on send {
  | purpose | channel || per day  | quiet | beyond |
  |---------|---------||----------|-------|--------|
  | promo   | -       || 每日上限 | -     | drop   |
  | service | -       || -        | -     | send   |
  | urgent  | -       || -        | -     | send   |
}
sop ${label}问候 {
  on   ${label}往来.来 once per 1d
  step 问候 when customer.等级 = ${grades.split(',')[0]} send wecom "${label}店问候您"
  goal ${label}往来.来 within 30d
}
${more}
ticket ${label}事 for ${label}单 {
  entry workbench, chat
  start -> 审核
  clock 滞留 24h { at 100% notify admin }
  node 审核 by ${label}员 {
    on 好 -> 付款
    on 坏 -> 完.坏
  }
  node 付款 by 财务 {
    on 付 -> 完.好
  }
  end 完 { 好 ok, 坏 fail }
}
`,
  }
}
