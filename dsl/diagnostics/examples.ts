import type { Code } from './catalogue.ts'
import {
  pack,
  desk,
  inDesk,
  inTicket,
  inNode,
  closing,
  pigeons,
  crowded,
  inSheet,
  inMoney,
  migrating,
  inPrice,
  inSplit,
  inAction,
  inRun,
  inSource,
  rows,
} from './example-packs.ts'
import { sendExamples } from './examples-sends.ts'

/** A text that earns a finding, and the same text mended; `within` is the rest of the pack, with `…` where they stand. */
export interface Example {
  readonly within: string
  /** The sheet that the texts are, beside the pack. */
  readonly sheet?: string
  /** What the release says there that the desk’s text comes from: what is wrong is what differs from it. */
  readonly release?: string
  /** How many times the bad text stands there: what is wrong with it is its length. */
  readonly times?: number
  readonly bad: string
  readonly good: string
}

/** One example for every code; `axle explain` and the reference show them, a test runs them. */
export const examples = {
  AX1001: { within: pack, bad: 'enum 原因 { 质量 物流 }', good: 'enum 原因 { 质量, 物流 }' },
  AX1002: { within: pack, bad: 'enum 原因 { 质量, 物流', good: 'enum 原因 { 质量, 物流 }' },
  AX1003: { within: pack, bad: 'enum 原因 "退货原因 { 质量 }', good: 'enum 原因 "退货原因" { 质量 }' },
  AX1004: { within: pack, bad: 'enum 原因 { #质量 }', good: 'enum 原因 { 质量 }' },
  AX1005: { within: pack, bad: '// 一行说明\n', good: '// 一行说明', times: 400_000 },
  AX1006: {
    within: pack,
    bad: `form 单 { 数: int = ${'('.repeat(60)}1${')'.repeat(60)} }`,
    good: 'form 单 { 数: int = (1) }',
  },
  AX1007: { within: pack, bad: 'role 客\u200b服', good: 'role 客服' },
  AX1010: { within: pack, bad: 'role v\u0456p客服', good: 'role vip客服' },
  AX1011: { within: pack, bad: 'team 护士组, 护土组', good: 'team 护士组, 护工组' },
  AX1008: { within: pack, bad: 'role constructor', good: 'role builder' },

  AX1009: {
    within: inNode,
    bad: '    on 好 -> 结束.完 after 3d -> 结束.完',
    good: '    on 好 -> 结束.完; after 3d -> 结束.完',
  },
  AX2001: { within: pack, bad: 'role 客服, 客服', good: 'role 客服, 主管' },
  AX2002: { within: inNode, bad: '    on 好 -> 结束.完成', good: '    on 好 -> 结束.完' },
  AX2003: { within: pack, bad: 'form 单 { 金额: 钱 }', good: 'form 单 { 金额: money }' },
  AX2004: { within: '…', bad: 'role 客服', good: 'pack shop "小店" version 1\nrole 客服' },
  AX2005: {
    within: pack,
    bad: 'library 项目 { 码: text, 价: money }',
    good: 'library 项目 { 码: text key, 价: money }',
  },

  AX2006: {
    within: 'pack t "t" version 1\n…',
    bad: 'use pack retail.aftersale version 9 { 等级 }',
    good: 'enum 等级 { 普通, 金卡 }',
  },
  AX2007: { within: pack, bad: 'enum 原因 { }', good: 'enum 原因 { 质量, 物流 }' },
  AX2008: {
    within: pack,
    bad: 'role 客服 extends 主管, 主管 extends 客服',
    good: 'role 客服, 主管 extends 客服',
  },
  AX3001: { within: pack, bad: 'form 单 { 数: int default ¥3 }', good: 'form 单 { 数: int default 3 }' },
  AX3002: {
    within: pack,
    bad: 'form 单 { 甲: money, 乙: int, 丙: money = 甲 + 乙 }',
    good: 'form 单 { 甲: money, 乙: int, 丙: money = 甲 * 乙 }',
  },
  AX3003: {
    within: pack,
    bad: 'form 单 { 甲: money, 费: money = 甲 * 1.5% }',
    good: 'form 单 { 甲: money, 费: money = 甲 * 1.5% round half_up ¥0.01 }',
  },
  AX3004: {
    within: `${rows('费率').replace('…', '  | -    || ¥1        |')}\n…`,
    bad: 'form 账 { 等级: 等级, 费: money = 费率().费 }',
    good: 'form 账 { 等级: 等级, 费: money = 费率(等级).费 }',
  },
  AX3005: { within: pack, bad: 'form 单 { 数: int in 5 }', good: 'form 单 { 数: int in 1..5 }' },
  AX3006: {
    within: pack,
    bad: 'form 单 { 甲: money, 费: money = 甲 * 1% round nearest ¥0.01 }',
    good: 'form 单 { 甲: money, 费: money = 甲 * 1% round half_up ¥0.01 }',
  },
  AX3007: {
    within: pack,
    bad: 'hours 营业 { mon..fri 18:00..09:00 }',
    good: 'hours 营业 { mon..fri 09:00..18:00 }',
  },
  AX3008: {
    within: inNode,
    bad: '    on 好 -> 结束.完\n    after 9999999mo -> 结束.完',
    good: '    on 好 -> 结束.完\n    after 6mo -> 结束.完',
  },
  AX3009: {
    within: pack,
    bad: 'form 单 { 日: date default 2026-02-30 }',
    good: 'form 单 { 日: date default 2026-02-28 }',
  },
  AX3020: {
    within: pack,
    bad: 'form 单 { 日: date?, 有: bool = 日 != null }',
    good: 'form 单 { 日: date?, 有: bool = known(日) }',
  },
  AX3011: {
    within: pack,
    bad: 'form 圈 { 甲: int = 乙, 乙: int = 甲 }',
    good: 'form 圈 { 甲: int = 乙, 乙: int }',
  },
  AX3010: {
    within: pack,
    bad: 'form 单 { 日: date, 年份: int = year("2026") }',
    good: 'form 单 { 日: date, 年份: int = year(日) }',
  },

  AX3012: { within: inDesk, bad: 'form 账 { 数: int in 9..1 }', good: 'form 账 { 数: int in 1..9 }' },
  AX3013: {
    within: inDesk,
    bad: 'setting 上限: int in 1..2 default 5',
    good: 'setting 上限: int in 1..2 default 2',
  },
  AX3014: {
    within: inDesk,
    bad: 'form 账 { 贵: bool = 钱 > USD 100.00, 钱: money }',
    good: 'form 账 { 贵: bool = 钱 > ¥700, 钱: money }',
  },
  AX3015: {
    within: inDesk,
    bad: 'form 账 { 分: int?, 差: bool = not (分 > 3) }',
    good: 'form 账 { 分: int?, 差: bool = known(分) and not (分 > 3) }',
  },
  AX3016: {
    within: inDesk,
    bad: 'form 账 { 数: int required = 1 + 2 }',
    good: 'form 账 { 数: int = 1 + 2 }',
  },
  AX3017: { within: inDesk, bad: 'hours 夜班 { }', good: 'hours 夜班 { mon..fri 18:00..22:00 }' },
  AX3018: {
    within: inNode,
    bad: '    clock 响应 0h { at 100% escalate 主管 }\n    on 好 -> 结束.完',
    good: '    clock 响应 2h { at 100% escalate 主管 }\n    on 好 -> 结束.完',
  },
  AX4001: {
    within: rows('费率'),
    bad: '  | -    || ¥1        | ¥2 |',
    good: '  | -    || ¥1        |',
  },
  AX4002: {
    within: `${desk}table 费率 {\n…\n}`,
    bad: '  | 等级 || 费 |\n  |------||----|\n  | -    || ¥1 |',
    good: '  | 等级 || 费: money |\n  |------||-----------|\n  | -    || ¥1        |',
  },
  AX4003: {
    within: `${pack.replace('…', '')}enum 原因 { 质量, 物流 }\ntable 费率 {\n  | 原因 || 费: money |\n  |------||-----------|\n…\n}`,
    bad: '  | < 物流  || ¥1 |\n  | >= 物流 || ¥2 |',
    good: '  | 质量 || ¥1 |\n  | 物流 || ¥2 |',
  },
  AX4004: {
    within: `${desk}table 费率 …`,
    bad: 'best {\n  | 等级 || 费: money |\n  |------||-----------|\n  | -    || ¥1        |\n}',
    good: 'first {\n  | 等级 || 费: money |\n  |------||-----------|\n  | -    || ¥1        |\n}',
  },
  AX4005: {
    within: rows('费率'),
    bad: '  | -    || 金额      |',
    good: '  | -    || ¥1        |',
  },
  AX4006: {
    within: `${rows('费率').replace('…', '  | -    || ¥1        |')}\ntest 费率 {\n…\n}`,
    bad: '  | 级别 || 费 |\n  |------||----|\n  | 普通 || ¥1 |',
    good: '  | 等级 || 费 |\n  |------||----|\n  | 普通 || ¥1 |',
  },
  AX4007: {
    within: `${desk}table 费率 …`,
    bad: 'priority {\n  | 等级 || 费: money |\n  |------||-----------|\n  | -    || ¥1        |\n}',
    good: 'first {\n  | 等级 || 费: money |\n  |------||-----------|\n  | -    || ¥1        |\n}',
  },
  AX4008: {
    within: `${desk}table 备注 …`,
    bad: 'collect sum {\n  | 等级 || 话: text |\n  |------||----------|\n  | -    || "好"     |\n}',
    good: 'collect {\n  | 等级 || 话: text |\n  |------||----------|\n  | -    || "好"     |\n}',
  },
  AX4020: {
    within: `${pack.replace('…', '')}table 档 partial {\n  | 额: money || 费: money |\n  |-----------||-----------|\n…\n}`,
    bad: '  | < ¥1..¥5  || ¥1        |',
    good: '  | > ¥1..¥5  || ¥1        |',
  },
  AX4021: {
    within: `${pack.replace('…', '')}table 档 partial {\n  | 数: int || 费: money |\n  |---------||-----------|\n…\n}`,
    bad: '  | != 3, 5  || ¥1        |',
    good: '  | not 3, 5 || ¥1        |',
  },
  AX4031: {
    within: `${pack.replace('…', '')}table 档 partial {\n  | 数: int || 费: money |\n  |---------||-----------|\n…\n}`,
    bad: '  rows from "没有.csv"',
    good: '  | 3       || ¥1        |',
  },
  AX4032: { within: inSheet, sheet: '档.csv', bad: '数,费\n3 | 4,¥1', good: '数,费\n3..4,¥1' },
  AX4033: {
    within: inSheet,
    sheet: '档.csv',
    times: 20_001,
    bad: '数,费\n3,¥1\n',
    good: '数,费\n3,¥1',
  },
  AX4034: { within: inSheet, sheet: '档.csv', bad: '数,价\n3,¥1', good: '数,费\n3,¥1' },
  AX4104: {
    within: rows('费率'),
    bad: '  | 金卡 || ¥0        |',
    good: '  | 金卡 || ¥0        |\n  | else || ¥1        |',
  },
  AX4105: {
    within: rows('费率'),
    bad: '  | 金卡 || ¥0        |\n  | -    || ¥1        |',
    good: '  | 金卡 || ¥0        |\n  | 普通 || ¥1        |',
  },
  AX4106: {
    within: rows('费率 first'),
    bad: '  | -    || ¥1        |\n  | 金卡 || ¥0        |',
    good: '  | 金卡 || ¥0        |\n  | -    || ¥1        |',
  },
  AX4107: {
    within: `${pack.replace('…', '')}table 运费 partial {\n  | 件: int || 费: money |\n  |---------||-----------|\n…\n}`,
    bad: '  | 9..1    || ¥1        |',
    good: '  | 1..9    || ¥1        |',
  },
  AX4108: {
    within: `${pack.replace('…', '')}enum 窝 { 一, 二, 三, 四, 五, 六, 七 }
…
  | ${pigeons.map(pigeon => `${pigeon}: 窝`).join(' | ')} || 同窝: bool |
  |---|
${crowded.join('\n')}
}`,
    bad: 'table 鸽子 any {',
    good: 'table 鸽子 partial any {',
  },

  AX5001: {
    within: inTicket,
    bad: '  node 受理 by 客服 { on 好 -> 结束.完 }\n  node 复核 by 主管 { on 好 -> 结束.完 }',
    good: '  node 受理 by 客服 { on 好 -> 复核 }\n  node 复核 by 主管 { on 好 -> 结束.完 }',
  },
  AX5002: {
    within: inTicket,
    bad: '  node 受理 by 客服 { on 好 -> 结束.完; on 疑 -> 复核 }\n  node 复核 by 主管 { on 看 notify 客服 }',
    good: '  node 受理 by 客服 { on 好 -> 结束.完; on 疑 -> 复核 }\n  node 复核 by 主管 { on 看 -> 结束.完 }',
  },
  AX5003: {
    within: `${desk}ticket 甲 for 单 {\n  start -> 受理\n…\n  end 结束 { 完 ok }\n}`,
    bad: '  node 受理 by 客服 { on 好 -> 结束.完 }',
    good: '  node 受理 by 客服 { clock 响应 2h { at 100% escalate 主管 }; on 好 -> 结束.完 }',
  },
  AX5004: {
    within: inNode,
    bad: '    on 好 when length(说明) > 10 -> 结束.完',
    good: '    on 好 when length(说明) > 10 -> 结束.完\n    on 好 -> 结束.完',
  },
  AX5005: {
    within: inNode,
    bad: '    on 好 -> 结束.完\n    on 好 when 金额 > ¥100 -> 结束.完',
    good: '    on 好 when 金额 > ¥100 -> 结束.完\n    on 好 -> 结束.完',
  },
  AX5007: {
    within: inTicket,
    bad: '  parallel 受理 join all { branch 左 { node 查 by 客服 { on 好 -> 结束.完 } } } -> 结束.完',
    good: '  parallel 受理 join all { branch 左 { node 查 by 客服 { on 好 -> done } } } -> 结束.完',
  },
  AX5008: {
    within: inTicket,
    bad: '  node 受理 by 客服 { on 好 -> 结束.完; after 1h -> 复核 }\n  node 复核 by 主管 { after 1h -> 受理 }',
    good: '  node 受理 by 客服 { on 好 -> 结束.完; after 1h -> 复核 }\n  node 复核 by 主管 { after 1h -> 受理 max 3 else -> 结束.完 }',
  },
  AX5009: {
    within: `${desk}ticket 甲 for 单 {\n…\n  clock 滞留 3d { at 100% notify 主管 }\n  node 受理 by 客服 { on 好 -> 结束.完 }\n  end 结束 { 完 ok }\n}`,
    bad: '  entry chat',
    good: '  entry chat\n  start -> 受理',
  },
  AX5010: {
    within: inNode,
    bad: '    clock 响应 2h { on 好 -> 结束.完 }\n    on 完成 -> 结束.完',
    good: '    clock 响应 2h { at 100% escalate 主管 }\n    on 完成 -> 结束.完',
  },
  AX5011: {
    within: inNode,
    bad: '    clock 响应 2d of 营业 { at 100% escalate 主管 }\n    on 好 -> 结束.完',
    good: '    clock 响应 16h of 营业 { at 100% escalate 主管 }\n    on 好 -> 结束.完',
  },
  AX5012: {
    within: `${desk}access 单 {
  |            | 客服  | 主管  |
  |------------|-------|-------|
  | 等级, 金额 | write | write |
  | 说明       | read  | write |
}
ticket 甲 for 单 {
  entry chat
  start -> 受理
  clock 滞留 3d { at 100% notify 主管 }
  node 受理 by 客服 {
…
  }
  end 结束 { 完 ok }
}`,
    bad: '    on 好 ask 说明 -> 结束.完',
    good: '    on 好 ask 金额 -> 结束.完',
  },

  AX5020: {
    within: inNode.replace('金额: money', '金额: money required'),
    bad: '    on 好 when 金额 > ¥100 -> 结束.完\n    on 好 when 金额 < ¥100 -> 结束.完',
    good: '    on 好 when 金额 > ¥100 -> 结束.完\n    on 好 when 金额 <= ¥100 -> 结束.完',
  },
  AX5021: {
    within: inNode,
    bad: '    on 好 when 金额 > ¥100 -> 结束.完\n    on 好 when 金额 > ¥500 -> 结束.完\n    on 好 -> 结束.完',
    good: '    on 好 when 金额 > ¥500 -> 结束.完\n    on 好 when 金额 > ¥100 -> 结束.完\n    on 好 -> 结束.完',
  },
  AX5022: {
    within: inNode,
    bad: '    on 好 when 金额 > ¥500 and 金额 < ¥100 -> 结束.完\n    on 好 -> 结束.完',
    good: '    on 好 when 金额 > ¥500 or 金额 < ¥100 -> 结束.完\n    on 好 -> 结束.完',
  },
  AX5024: {
    within: `pack t "t" version 1
role 客服, 主管
form 单 { 进价: money, 加价: money, 售价: money = 进价 + 加价 }
ticket 甲 for 单 {
  entry chat, workbench
  start -> 受理
  clock 滞留 3d { at 100% notify 主管 }
  node 受理 by 客服 { on 好 -> 结束.完 }
  end 结束 { 完 ok }
}
access 单 {
  |      | 主管  | 客服 | customer |
  |------|-------|------|----------|
  | 进价 | write | read | -        |
  | 售价 | read  | read | read     |
…
}`,
    bad: '  | 加价 | write | read | read     |',
    good: '  | 加价 | write | read | -        |',
  },
  AX5030: {
    within: `${desk}ticket 甲 for 单 {
  start -> 受理
  clock 滞留 24h of 营业 { at 100% notify 主管 }
  node 受理 by 客服 { on 好 -> 结束.完 }
  end 结束 { 完 ok }
}
team 一组, 二组
route 甲.受理 first {
  | 等级 || team |
  |------||------|
…
}`,
    bad: '  | else || 一组 |',
    good: '  | 金卡 || 二组 |\n  | else || 一组 |',
  },
  AX5031: {
    within: `${desk}${closing}access 单 {
  |            | 客服  | 主管 |
  |------------|-------|------|
  | 等级, 金额 | write | read |
…
}`,
    bad: '  | 说明       | read  | read |',
    good: '  | 说明       | write | read |',
  },
  AX5032: {
    within: `pack t "t" version 1
role 客服
form 单 { 金额: money in ¥0..¥100, 说明: text … }
${closing}`,
    bad: 'visible when 金额 > ¥500',
    good: 'visible when 金额 > ¥50',
  },
  ...sendExamples,
  AX5013: {
    within: `${desk}${closing}team 甲组\nroute 甲.受理 first {\n  | 等级 || team |\n  |------||------|\n  | -    || 甲组 |\n…\n}`,
    bad: '  cap 0 per staff',
    good: '  cap 5 per staff',
  },
  AX6101: {
    within: inPrice,
    bad: '  line 一 { base 钱 }',
    good: '  line 一 { base 钱 }\n  total 应收: money = sum(lines)',
  },
  AX6102: {
    within: inPrice,
    bad: '  line 一 { times 110%; round half_up ¥0.01 }\n  total 应收: money = sum(lines)',
    good: '  line 一 { base 钱; times 110%; round half_up ¥0.01 }\n  total 应收: money = sum(lines)',
  },
  AX6103: { within: inSplit, bad: 'split { 甲方 30%, 乙方 60% }', good: 'split { 甲方 30%, 乙方 70% }' },
  AX6104: { within: inSplit, bad: 'split { 甲方 rest, 乙方 rest }', good: 'split { 甲方 30%, 乙方 rest }' },
  AX6105: {
    within: inSplit,
    bad: 'split { 甲方 50% cap ¥3, 乙方 50% }',
    good: 'split { 甲方 50% cap ¥3, 乙方 rest }',
  },
  AX6106: {
    within: inPrice,
    bad: '  line 一 { base 钱; round half_up ¥0.01 }\n  total 应收: money = sum(lines)\n}\noverlay 早 on 价.一 { from 2026-11-01 00:00..<2026-11-03 00:00; times 110% }\noverlay 晚 on 价.一 { from 2026-11-02 00:00..<2026-11-04 00:00; times 120% ',
    good: '  line 一 { base 钱; round half_up ¥0.01 }\n  total 应收: money = sum(lines)\n}\noverlay 早 on 价.一 { from 2026-11-01 00:00..<2026-11-02 00:00; times 110% }\noverlay 晚 on 价.一 { from 2026-11-02 00:00..<2026-11-04 00:00; times 120% ',
  },
  AX6107: {
    within: inPrice,
    bad: '  line 一 { base 钱; round half_up ¥0.01 }\n  total 应收: money = sum(lines)\n}\noverlay 早 on 价.一 { times 110% ',
    good: '  line 一 { base 钱; round half_up ¥0.01 }\n  total 应收: money = sum(lines)\n}\noverlay 早 on 价.一 { from 2026-11-01 00:00..<2026-11-02 00:00; times 110% ',
  },
  AX6108: {
    within: inMoney,
    bad: 'entity 店 { 号: text key, 进货: money }\nrebate 返利 whole on 店.进货 {\n  | 进货: money || 返点: money |\n  |-------------||-------------|\n  | -           || ¥1          |\n}',
    good: 'entity 店 { 号: text key, 进货: money }\nrebate 返利 whole on 店.进货 {\n  | 进货: money || 返点: percent |\n  |-------------||---------------|\n  | -           || 1%            |\n}',
  },
  AX6109: {
    within: inMoney,
    bad: 'rates USD { 2026-02-01 7.1, 2026-01-01 7.2 }',
    good: 'rates USD { 2026-01-01 7.2, 2026-02-01 7.1 }',
  },

  AX6111: {
    within: inSplit,
    bad: 'split { 两家 30% cap ¥100 { 甲方 10%, 乙方 20% }, 丙方 rest }',
    good: 'split { 两家 30% cap ¥100 { 甲方 equal, 乙方 equal }, 丙方 rest }',
  },
  AX7001: {
    within: inAction,
    bad: '  retry 3 backoff 2s..1m',
    good: '  key ticket.id\n  retry 3 backoff 2s..1m',
  },
  AX7002: {
    within: inAction,
    bad: '  needs net "https://erp.example.com"',
    good: '  needs net "erp.example.com"',
  },
  AX7003: { within: inAction, bad: '  key 订单号', good: '  key ticket.id' },
  AX7004: { within: inAction, bad: '  timeout 40s', good: '  timeout 10s' },
  AX7005: {
    within: inRun,
    bad: '    on 成功 -> 结束.完\n    on fault -> 人工',
    good: '    on 成功 -> 结束.完\n    on 失败, fault -> 人工',
  },

  AX6110: {
    within: inPrice,
    bad: '  line 一 {\n    base 钱\n    base ¥5\n  }\n  total 应收: money = sum(lines)',
    good: '  line 一 {\n    base 钱\n    plus ¥5\n  }\n  total 应收: money = sum(lines)',
  },
  AX8001: {
    within: pack,
    bad: 'property "空" { for 数: int in 1..9 }',
    good: 'property "不空" { for 数: int in 1..9; expect 数 > 0 }',
  },
  AX8002: {
    within: pack,
    bad: 'property "数" { for 数: int; expect 数 > 0 }',
    good: 'property "数" { for 数: int in 1..9; expect 数 > 0 }',
  },

  AX8010: {
    within: migrating,
    bad: 'migrate from 4 { drain 甲.旧 }',
    good: 'migrate from 2 { drain 甲.旧 }',
  },
  AX8011: {
    within: migrating,
    bad: 'migrate from 2 { field 单.金额 -> 单.说明 }',
    good: 'migrate from 2 { field 单.备注 -> 单.说明 }',
  },
  AX8012: {
    within: migrating,
    bad: 'migrate from 2 { node 甲.旧 -> 甲.受理; drain 甲.旧 }',
    good: 'migrate from 2 { node 甲.旧 -> 甲.受理 }',
  },
  AX8013: {
    within: migrating,
    bad: 'migrate from 2 { node 乙.旧 -> 甲.受理 }',
    good: 'migrate from 2 { node 甲.旧 -> 甲.受理; drain 乙.旧 }',
  },

  AX8020: {
    within: pack,
    release: 'closed setting 上限: int in 1..3 default 2',
    bad: 'closed setting 上限: int in 1..9 default 2',
    good: 'closed setting 上限: int in 1..3 default 2',
  },

  AX7010: {
    within: `${desk}action erp.开票 "开票" {
  in  抬头: text
  out 结果: enum { 成功, 失败 }
…
}
ticket 甲 for 单 {
  start -> 开
  clock 滞留 3d { at 100% notify 主管 }
  node 开 run erp.开票(customer.name) { on 成功, 失败, fault -> 结束.完 }
  end 结束 { 完 ok }
}`,
    bad: '  needs net "erp.example.com"',
    good: '  needs net "erp.example.com", read customer.name',
  },
  AX7012: {
    within: inSource,
    bad: 'source 商城 from webhook { on "order.paid" -> 订单.下单 { 号: no } }',
    good: 'source 商城 from webhook { secret SHOP_TOKEN; on "order.paid" -> 订单.下单 { 号: no } }',
  },
  AX7013: {
    within: inSource,
    bad: 'source 商城 from webhook { secret SHOP_TOKEN; on "order.paid" -> 订单.下单 { 金额: total } }',
    good: 'source 商城 from webhook { secret SHOP_TOKEN; on "order.paid" -> 订单.下单 { 号: no, 金额: total } }',
  },
  AX7014: {
    within: inSource,
    bad: 'source 商城 from webhook { secret SHOP_TOKEN; on "order.paid" -> 订单.下单 { 号: no, 金额: total * 2 } }',
    good: 'source 商城 from webhook { secret SHOP_TOKEN; on "order.paid" -> 订单.下单 { 号: no, 金额: total } }',
  },
  AX7015: {
    within: inSource,
    bad: 'source 商城 from webhook { secret SHOP_TOKEN; on "order.paid" -> 订单.下单 { 号: no, 税: tax } }',
    good: 'source 商城 from webhook { secret SHOP_TOKEN; on "order.paid" -> 订单.下单 { 号: no } }',
  },
  AX7011: {
    within: `${desk}action erp.退 "退款" {
  in  金额: money
  out 结果: enum { 成功, 失败 }
…
}
action erp.撤 "撤回" { in 金额: money; out 结果: enum { 成功, 失败 } }
ticket 甲 for 单 {
  start -> 并
  clock 滞留 3d { at 100% notify 主管 }
  parallel 并 join all {
    branch 款 { node 退 run erp.退(金额) { on 成功, 失败, fault -> done } }
    branch 货 { node 查 by 客服 { on 好 -> done; on 坏 -> abort 结束.止 } }
  } -> 结束.完
  end 结束 { 完 ok, 止 fail }
}`,
    bad: '  key ticket.id',
    good: '  key ticket.id\n  undo erp.撤(金额)',
  },
  AX9001: {
    within: inMoney,
    bad: 'rates USD { 2026-01-01 7.2 }',
    good: 'table 返利 {\n  | 金额: money || 返点: percent |\n  |-------------||---------------|\n  | -           || 1%            |\n}',
  },
} as const satisfies Readonly<Record<Code, Example>>

/** The whole texts of an example by file, one way or the other. */
export function exampleTexts(
  { within, sheet, bad, times = 1 }: Example,
  snippet: string,
): Readonly<Record<string, string>> {
  const text = snippet === bad ? snippet.repeat(times) : snippet
  return sheet === undefined
    ? { 'example.axle': within.replace('…', () => text) }
    : { 'example.axle': within, [sheet]: text }
}
