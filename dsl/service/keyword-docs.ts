import type { WordDoc } from './word-docs.ts'

/** The words that `word-docs` does not tell at length: word | zh | en | example, a line each. */
const told = `
and | 两边都成立。 | Both hold. | when 金额 > ¥100 and 加急
or | 有一边成立。 | One of them holds. | when 加急 or 金额 > ¥100
not | 不成立；在格子里管住整列的值。 | Does not hold; in a cell it covers the whole list. | not 华东, 华南
in | 属于几个值之一，或在范围里。 | Is one of several values, or within a range. | 原因 in [质量问题, 物流破损]
has | 一组值里有没有它。 | Whether a set holds it. | 标签 has "勿扰"
within | 在这么久之内发生过。 | Has happened within so long. | 订单.下单 within 7d
if | 按条件取一个值。 | One value or the other. | if 加急 then ¥20 else ¥0
then | 条件成立时的值。 | The value when it holds. | if 加急 then ¥20 else ¥0
else | 其余的情况。 | Everything else. | \\| else \\|\\| 公共池 \\|
true | 是。 | Yes. | default true
false | 否。 | No. | default false
null | 没有值。 | No value at all. | \\| null \\|\\| 未知 \\|
where | 只算符合条件的。 | Only those of which this holds. | sum(退款.金额 where not 已关闭)
pack | 行业包的名字、标签和版本，一个包写一次。 | The pack’s name, label and version; once in a pack. | pack shop "小店" version 1
version | 行业包的版本。 | The version of a pack. | pack shop "小店" version 1
locale | 提供哪些语言。 | The languages it speaks. | locale zh, en
currency | 金额用哪种货币。 | The currency of its amounts. | currency CNY
zone | 时间按哪个时区。 | The zone of its times. | zone "Asia/Shanghai"
use | 用到的地区、渠道或别的行业包。 | Regions, channels or other packs it uses. | use channel wecom, sms
region | 行政区划。 | The tree of regions. | use region china
channel | 发消息的渠道。 | By which way messages go. | use channel wecom, sms
setting | 企业自己可以调的值，有类型和范围。 | A value the desk may change, typed and bounded. | setting 上限: int in 1..3 default 1
default | 没填时的值。 | The value when nothing is given. | 加急: bool default false
help | 给人看的提示。 | A hint for people. | 说明: text help "请描述问题"
hours | 营业时段，时限可以只按它计时。 | Working hours, which clocks may count by. | hours 营业 { mon..fri 09:00..18:00 }
except | 不营业的日子。 | Days off. | except holiday(CN)
enum | 一组取值。 | A set of values. | enum 原因 { 质量问题, 发错货 }
ordered | 取值有高低，写在后面的更高。 | The values have an order, the last one highest. | enum 等级 ordered { 普通, 金卡 }
entity | 一类资料，例如订单、设备。 | A kind of record, such as an order. | entity 订单 { 号: text key; event 下单 }
extend | 给已有的资料加字段。 | Adds fields to records that are there. | extend customer { 等级: 等级 }
key | 靠它认出是哪一个；动作里是重试只算一次的依据。 | What identifies it; of an action, what makes a repeat the same. | 号: text key
event | 会发生的事，由外部系统报来。 | What may happen, as other systems report. | event 下单, 完成
role | 角色。 | A role of staff. | role 客服, 主管 extends 客服
extends | 也有另一个角色的权限。 | Has another role’s rights as well. | role 主管 extends 客服
team | 服务组，工单在这里等人接。 | A team whose queue tickets wait in. | team 公共池
skill | 派单要看的技能。 | A skill that routing asks for. | skill 食品安全
party | 参与分账的一方。 | A party of settlements. | party 平台, 门店
for | 关于谁或什么。 | What it is about. | form 退款单 for 订单 { 说明: text }
required | 必填，可以带条件。 | Must be filled in, perhaps only when. | 凭证: photo[1..6] required when 加急
visible | 什么时候才出现。 | When it is shown. | 用料: text visible when 加急
when | 条件成立才算。 | Only when this holds. | on 同意 when 金额 <= ¥300 -> 处理
at | 时限走到这里时；表单里是在哪个节点填；活动里是什么时候。 | When a clock has run so far; of a field, the node; of a campaign, the moment. | at 100% escalate 主管
max | 最多多少。 | At most. | 说明: text max 200
check | 提交前必须成立，否则提示。 | Must hold before it is handed in. | check 金额 > ¥0 "金额要大于零"
entry | 从哪些地方可以打开这种工单。 | Where such a ticket may be opened. | entry chat, workbench
start | 新工单先到哪个节点。 | Where a new ticket begins. | start -> 受理
of | 按工作时间计。 | Counted in working time. | clock 响应 2h of 营业 { at 100% escalate 主管 }
by | 由谁负责；按什么分。 | Who does it; what it is cut by. | node 受理 by 客服 { on 好 -> 结束.完 }
run | 由系统执行一个动作。 | The system runs an action. | node 出款 run erp.退款(金额) { on fault -> 人工 }
public | 客户看到的说法；另一种语言写在 labels 里，叫“节点.public”。 | What the customer sees; labels say it in another language as “node.public”. | public "已受理" notify
notify | 提醒谁。 | Tells somebody. | notify 客服
escalate | 升级给谁。 | Hands it up. | escalate 主管
mark | 标成什么优先级。 | Sets the priority. | mark 紧急
send | 发消息。 | Sends a message. | step 问候 send wecom "您好"
branch | 并行里的一路。 | One way of a parallel region. | branch 退货 { node 寄回 by customer { on 填好 -> done } }
join | 几路完成才算完成。 | How many branches must be done. | parallel 处理 join all { branch 甲 { node 查 by 客服 { on 好 -> done } } } -> 出款
all | 全部。 | All of them. | join all
any | 任何一个；表里是几条都对时答案相同。 | Any one; of a table, rows that fit agree. | join any
done | 这一路完成。 | This branch is done. | on 合格 -> done
abort | 中止其余的路，到别处去。 | Ends the other branches and goes elsewhere. | on 不合格 -> abort 复核
ok | 办成了的结局。 | It ended well. | end 结束 { 已退款 ok }
fail | 没办成的结局。 | It ended badly. | end 结束 { 已驳回 fail }
pick | 组里依次看什么来挑人。 | What chooses among a team. | pick least_loaded, longest_idle
cap | 最多多少。 | No more than. | cap 5 per staff
per | 每个、每一行、每段时间。 | For each. | line 备件 per 用料 { base 价 }
keep | 一段时间内还给同一个人。 | Gives it to the same person again. | keep same_assignee within 7d
partial | 表可以不答所有情况。 | The table need not answer everything. | table 费率 partial { … }
unique | 每种情况正好一行。 | Exactly one row for each case. | table 费率 unique { … }
first | 自上而下第一行。 | The first row that fits. | table 费率 first { … }
priority | 结果最高的那一行；消息或工单的优先级。 | The row with the highest output. | table 急缓 priority { … }
rule | rule order：符合的都算，按行的次序。 | rule order: all that fit, in the order of rows. | table 提示 rule order { … }
order | 见 rule、output。 | See rule and output. | table 提示 rule order { … }
output | output order：符合的都算，按结果的次序。 | output order: all that fit, the highest output first. | table 提示 output order { … }
collect | 符合的都算，可以合成一个数。 | All that fit, perhaps as one figure. | table 加价 collect sum { … }
sum | 合计。 | The sum. | sum(lines)
count | 个数。 | How many. | when count >= 3 per 30d
test | 用例子或一段经过来测试。 | A test by examples or by a story. | test 退款费率 { … }
given | 测试里一开始就有的资料；given setting 写测试所依据的配置值。 | What is there when the story begins; given setting says which settings it counts on. | given 订单 { 号: "A-1" }
create | 打开工单或新建资料。 | Opens a ticket or makes a record. | create 退款 { 金额: ¥10 }
do | 测试里某人办了一步。 | Somebody takes a step. | do 受理.同意 as 客服
as | 以谁的身份。 | As whom. | do 受理.同意 as 客服
wait | 等这么久，或等到什么时候。 | Waits so long, or until. | wait 3d
expect | 应当成立。 | Must hold. | expect 退款 in 复核
report | 测试里外部报来一件事。 | An event is reported in a test. | report 订单.下单
labels | 另一种语言的说法。 | What people read in another language. | labels en { 退款单 "Refund" }
action | 由沙箱里的代码完成的动作。 | What code in the sandbox does. | action erp.退款 { in 金额: money; out 流水: text }
pause | 什么时候停下来。 | When it stands still. | pause campaign when complaints >= 2 notify admin
write | 可以填写。 | May be written. | \\| 金额 \\| write \\|
read | 可以查看；动作里是会看到什么。 | May be read; of an action, what it is shown. | needs read customer.id
filter | 只有符合的人才接得到。 | Only staff of whom this holds. | filter staff.在班
score | 给每个人打分，高的先接。 | Scores everybody, the highest first. | score 50 by near(staff.位置, 设备.位置)
property | 对所有取值都成立的性质。 | What holds for every value. | property "不为负" { for 数: int in 1..9; expect 数 > 0 }
line | 价格里的一行。 | One line of a price. | line 人工 { base 工时费; round half_up ¥0.01 }
base | 以什么为准。 | What it begins with. | base 工时费
times | 乘上什么。 | Multiplied by. | times 110%
plus | 加上什么。 | Added. | plus ¥5 when 加急
total | 各行相加的合计。 | What the lines come to. | total 应收: money = sum(lines)
hold | 多久以后才能支付。 | How long before it may be paid. | settle 分账 on 订单.完成 hold 7d { … }
split | 分给哪几方。 | Who gets which share. | split { 平台 3%, 门店 rest }
rest | 余下的部分。 | What is left. | 门店 rest
equal | 余下的平分。 | An equal part of what is left. | 甲方 equal
library | 随包带来的资料。 | Records that come with the pack. | library 项目 { 码: text key }
out | 交回什么。 | What it hands back. | out 流水: text
needs | 要用到的网址、密钥和资料。 | Hosts, secrets and data it needs. | needs net "erp.example.com"
timeout | 多久没有回音算超时。 | How long before it counts as lost. | timeout 10s
retry | 失败后再试几次。 | How often it is tried again. | retry 3 backoff 2s..1m
backoff | 两次之间隔多久。 | How long between tries. | retry 3 backoff 2s..1m
undo | 反悔时用哪个动作。 | The action that takes it back. | undo erp.撤销退款(流水)
net | 会连的主机。 | A host it reaches. | needs net "erp.example.com"
kv | 两次运行之间要记住的值。 | Values kept between runs. | needs kv
secret | 要用的密钥。 | A secret it uses. | needs secret ERP_TOKEN
segment | 符合条件的客户。 | Customers of whom something holds. | segment 沉睡 = last(订单.下单) < today - 3mo
lexicon | 一组词，用来检查消息。 | Words that messages are searched for. | lexicon 广告法 { "最低价" }
step | 一步：发消息、派待办、执行动作。 | A step: a message, a to-do, an action. | step 问候 send wecom "您好"
stop | 到这里停止。 | Ends it here. | stop when customer.退订
goal | 达成什么就算成功。 | What counts as success. | goal 订单.下单 within 14d
once | 这么久内只一次。 | No more than once within. | once per 90d
until | 等到什么时候或什么事。 | Up to a moment or an event. | wait 3d until 订单.下单 -> goal
task | 派给员工的待办。 | A to-do for staff. | step 回访 task 客服 "打个电话" due 4h
due | 多久内要办完。 | When it is due. | due 4h of 营业 else escalate 主管
skip | 什么时候不发。 | When nothing is sent. | skip promo when open(退款)
words | 检查消息里的词。 | Looks for words in messages. | words 广告法 block
block | 有这些词就不许发。 | Such words stop the message. | words 广告法 block
warn | 有这些词就提醒。 | Such words are pointed out. | words 促销词 warn
slow | 发得慢一些。 | Sends less. | slow promo 50% when unanswered >= 3
require | 模板里必须写明的话。 | What a template must say. | require "投资有风险" in template when category = 理财
rows | 其余的行在一个文件里。 | The other rows stand in a file. | rows from "parts.csv"
from | 从哪里来，从什么时候起。 | Where it comes from, or since when. | migrate from 2 { drain 退款.打款 }
open | 企业可以改它；客户有没结束的工单。 | The desk may change it; a ticket that is open. | open table 折扣 { … }
closed | 企业不可以改它。 | The desk may not change it. | closed table 折扣 { … }
spawn | 开子工单。 | Opens child tickets. | spawn 领料 { 件: 件 } per 用料 join all
reserve | 预留。 | Reserves something. | on 需要 reserve 备件
pool | 一批线索；或收入归属的池。 | A pool of leads, or one that revenue falls into. | pool 线索 { claim 5 per 1d; protect 7d }
mode | 归属的方式。 | A way of attribution. | mode 标准, 乡镇
overlay | 一段时间内改变价格的一行。 | Changes a price’s line for a while. | overlay 应急 on 报价.备件 { … }
rebate | 按进货额返利。 | A rebate on what was bought. | rebate 返利 whole on 门店.进货 { … }
marginal | 每一段各按各的比例。 | Each band pays its own rate. | rebate 返利 marginal on 门店.进货 { … }
whole | 全部按所在那一档。 | The whole pays the rate of its band. | rebate 返利 whole on 门店.进货 { … }
rates | 外币每天起的汇率。 | What a currency is worth from each date. | rates USD { 2026-01-01 7.12 }
quote | 给客户几个报价来选。 | Prices for a customer to choose from. | quote 报价单 for 报修单 { option 标准 报价; valid 14d }
option | 一个选择。 | One of the choices. | option 标准 报价
valid | 多久内有效。 | How long it holds. | valid 14d
claim | 每人能认领多少。 | How many one may claim. | claim 5 per 1d
protect | 认领后多久只归自己。 | How long it is theirs alone. | protect 7d
return | 多久没进展就退回。 | When it goes back. | return after 14d
stage | 把客户分成几个阶段，正好覆盖所有人。 | Stages that cover every customer. | stage 周期 for customer { 活跃 when 积分 > 10; 沉睡 else }
template | 各渠道的消息文字。 | The words of a message, by channel. | template 问候(名: text) { wecom "{名}，您好" }
category | 模板属于哪一类。 | What kind of template it is. | template 到期 category 理财 { wecom "…" }
campaign | 一次群发，可以分组比较。 | A mass send, perhaps with arms to compare. | campaign 会员日 { … }
arm | 活动里的一组。 | One arm of a campaign. | arm 甲 50% send wecom "您好"
winner | 按哪个指标选出赢家。 | The metric that picks the winner. | winner by 打开率 after 4h
during | 在这段时间里反复。 | Again and again meanwhile. | for 会员 during 生日..生日 + 3mo every 2w at 10:00
yearly | 每年这个时候。 | Each year at this time. | for customer yearly 生日 + 10:00
every | 每隔多久。 | How often. | every 6h
signal | 外部系统报来的值。 | Values that other systems report. | signal 雨季 { out 系数: percent; bound 系数 100%..110% }
bound | 值只许在这个范围里。 | The range a value may move in. | bound 系数 100%..110%
alert | 攒够几起就提醒。 | Tells somebody when things pile up. | alert 批量 on 报修.完工 { … }
metric | 一个指标。 | A figure that is kept. | metric 首响: duration = median(报修.受理.用时) by region
board | 给某些角色看的看板。 | A board of metrics for roles. | board 运营 for 店长 { show 首响 as heat by region }
show | 看板上的一块。 | One picture of a board. | show 首响 as line
classify | 按词和资料判断是什么事。 | Tells what a matter is by words and facts. | classify 来意 for 咨询单 { … }
unsure | 拿不准时交给谁。 | Who gets what is unsure. | unsure -> 客服
source | 接收外部系统的数据。 | Takes in what another system sends. | source 商城 from webhook { … }
migrate | 升级时在途工单去哪里。 | Where tickets in flight go with a new version. | migrate from 2 { node 退款.审核 -> 退款.复核 }
field | 字段改叫什么。 | What a field is called now. | field 退款单.金额 -> 退款单.退款额
value | 取值改叫什么。 | What a value is called now. | value 原因.质量 -> 原因.质量问题
drain | 停在这里的工单按老版本走完。 | Tickets here end as they began. | drain 退款.打款
returns | 保留的词。 | A word kept for later. | returns
`

/** Every other word of the language, as hover and the reference tell it. */
export const keywordDocs: readonly (readonly [word: string, doc: WordDoc])[] = told
  .trim()
  .split('\n')
  .map(line => {
    const [word = '', zh = '', en = '', example = ''] = line
      .split(/(?<!\\) \| /)
      .map(cell => cell.trim().replaceAll('\\|', '|'))
    return [word, { kind: 'keyword', zh, en, example }]
  })
