/** What every diagnostic code means: its permanent number, its slug, and its words in both languages. */
export interface Entry {
  readonly slug: string
  readonly severity: 'error' | 'warning'
  readonly zh: string
  readonly en: string
  /** What to do next; no diagnostic goes without. */
  readonly help: { readonly zh: string; readonly en: string }
}

const text = {
  AX1001: {
    slug: 'unexpected-token',
    severity: 'error',
    zh: '这里不该出现「{found}」',
    en: '“{found}” does not fit here',
    help: {
      zh: '检查这一行：是否缺少逗号、引号、括号或关键字。',
      en: 'Look at this line for a missing comma, quote, bracket or keyword.',
    },
  },
  AX1002: {
    slug: 'unexpected-end',
    severity: 'error',
    zh: '文件到这里就结束了，声明还没有写完',
    en: 'the file ends here, but the declaration is not complete',
    help: { zh: '补上缺少的「}」。', en: 'Add the missing “}”.' },
  },
  AX1003: {
    slug: 'unclosed-text',
    severity: 'error',
    zh: '文字没有结束的引号',
    en: 'the text has no closing quote',
    help: { zh: '在这一行里补上引号。', en: 'Add the quote on the same line.' },
  },
  AX1004: {
    slug: 'unknown-character',
    severity: 'error',
    zh: '不认识的字符「{found}」',
    en: 'unknown character “{found}”',
    help: { zh: '删掉它，或放进引号里。', en: 'Remove it, or put it inside quotes.' },
  },
  AX1005: {
    slug: 'source-limit',
    severity: 'error',
    zh: '这份文件太长，没有读',
    en: 'this file is too long and was not read',
    help: {
      zh: '一份文件最多两百万个字符：分成几份，同一个行业包的文件共用名字。',
      en: 'A file has two million characters at most: split it, the files of a pack share their names.',
    },
  },
  AX1006: {
    slug: 'nesting-limit',
    severity: 'error',
    zh: '这里套得太深，整份文件没有读',
    en: 'this lies too deep, and the file was not read',
    help: {
      zh: '括号最多五十层，一个式子最多约二百五十个运算：拆成几个有名字的字段。',
      en: 'Fifty brackets deep, some 250 operators in one expression: split it into fields with names.',
    },
  },
  AX1007: {
    slug: 'hidden-character',
    severity: 'error',
    zh: '这里藏着一个看不见的字符（{found}）',
    en: 'an invisible character hides here ({found})',
    help: {
      zh: '删掉它：它会让读到的和运行的不一样。',
      en: 'Remove it: what is read and what runs would differ.',
    },
  },
  AX1008: {
    slug: 'reserved-name',
    severity: 'error',
    zh: '「{found}」不能用作名字',
    en: '“{found}” cannot be a name',
    help: { zh: '换一个名字。', en: 'Choose another name.' },
  },
} as const satisfies Record<string, Entry>

const names = {
  AX2001: {
    slug: 'duplicate-name',
    severity: 'error',
    zh: '「{name}」已经声明过',
    en: '“{name}” is already declared',
    help: { zh: '换一个名字，或删掉其中一处。', en: 'Rename one of them or remove it.' },
  },
  AX2002: {
    slug: 'unknown-name',
    severity: 'error',
    zh: '找不到「{name}」',
    en: 'there is no “{name}”',
    help: { zh: '检查拼写，或先声明它。', en: 'Check the spelling, or declare it first.' },
  },
  AX2003: {
    slug: 'unknown-type',
    severity: 'error',
    zh: '没有「{name}」这种类型',
    en: 'there is no type “{name}”',
    help: {
      zh: '可用 text、int、money、percent、date、bool 等，或一个 enum 的名字。',
      en: 'Use text, int, money, percent, date, bool and so on, or the name of an enum.',
    },
  },
  AX2004: {
    slug: 'pack-missing',
    severity: 'error',
    zh: '没有 pack 声明',
    en: 'there is no pack declaration',
    help: {
      zh: '在一个文件的开头写：pack 名字 "标签" version 1 { … }',
      en: 'Begin one file with: pack name "label" version 1 { … }',
    },
  },
} as const satisfies Record<string, Entry>

const keys = {
  AX2005: {
    slug: 'library-key',
    severity: 'error',
    zh: '库「{name}」没有主键',
    en: 'library “{name}” has no key',
    help: { zh: '给一个字段加上 key。', en: 'Mark one field as key.' },
  },
} as const satisfies Record<string, Entry>

const types = {
  AX3001: {
    slug: 'type-mismatch',
    severity: 'error',
    zh: '这里要 {expected}，写的是 {actual}',
    en: 'expected {expected}, found {actual}',
    help: { zh: '改成 {expected} 的写法。', en: 'Write it as {expected}.' },
  },
  AX3002: {
    slug: 'operator-types',
    severity: 'error',
    zh: '{left} 与 {right} 之间不能用「{operator}」',
    en: '“{operator}” does not work between {left} and {right}',
    help: {
      zh: '金额只能乘以数或百分比，同类才能相加和比较。',
      en: 'Money multiplies by numbers or percents only; like adds to and compares with like.',
    },
  },
  AX3003: {
    slug: 'unrounded-money',
    severity: 'error',
    zh: '「{name}」的结果可能不是整分',
    en: 'the result of “{name}” may be a fraction of a cent',
    help: { zh: '在后面加上 round half_up ¥0.01。', en: 'Add round half_up ¥0.01 behind it.' },
  },
  AX3004: {
    slug: 'table-arguments',
    severity: 'error',
    zh: '表「{name}」的条件是：{expected}',
    en: 'table “{name}” takes: {expected}',
    help: {
      zh: '按这个次序逐个写出，或写成「列名: 值」。',
      en: 'Give each in this order, or write “column: value”.',
    },
  },
  AX3005: {
    slug: 'bounds',
    severity: 'error',
    zh: '这里要写范围或整数',
    en: 'a range or a whole number belongs here',
    help: {
      zh: '例如 in ¥0.01..¥500、max 500、photo[1..6]。',
      en: 'For example in ¥0.01..¥500, max 500, photo[1..6].',
    },
  },
  AX3006: {
    slug: 'rounding-mode',
    severity: 'error',
    zh: '没有「{name}」这种舍入方式',
    en: 'there is no rounding “{name}”',
    help: { zh: '用 half_up、half_even、down 或 up。', en: 'Use half_up, half_even, down or up.' },
  },
  AX3007: {
    slug: 'working-hours',
    severity: 'error',
    zh: '营业时段要写成 09:00..12:00，且同一天互不重叠',
    en: 'working hours read 09:00..12:00 and do not overlap within a day',
    help: { zh: '改正这一段的起止时间。', en: 'Mend the times of this interval.' },
  },
  AX3008: {
    slug: 'duration-limit',
    severity: 'error',
    zh: '「{found}」太长，时长最多 {years} 年',
    en: '“{found}” is too long: a duration is {years} years at most',
    help: { zh: '写短一些，例如 30d、6mo。', en: 'Write a shorter one, such as 30d or 6mo.' },
  },
  AX3009: {
    slug: 'impossible-value',
    severity: 'error',
    zh: '「{found}」不是有效的{type}值',
    en: '“{found}” is no value of type {type}',
    help: {
      zh: '日期要在日历上存在，时间从 00:00 到 23:59，整数最多十五位。',
      en: 'A date stands in the calendar, a time lies between 00:00 and 23:59, a whole number has fifteen digits at most.',
    },
  },
} as const satisfies Record<string, Entry>

const tables = {
  AX4001: {
    slug: 'cell-count',
    severity: 'error',
    zh: '这一行有 {actual} 格，表头有 {expected} 格',
    en: 'this row has {actual} cells, the header {expected}',
    help: {
      zh: '补齐或删去多余的格；没有条件写「-」。',
      en: 'Add or remove cells; write “-” for no condition.',
    },
  },
  AX4002: {
    slug: 'untyped-column',
    severity: 'error',
    zh: '列「{name}」没有类型',
    en: 'column “{name}” has no type',
    help: {
      zh: '写成「{name}: money」这样，或用一个类型的名字作列名。',
      en: 'Write it as “{name}: money”, or name the column after a type.',
    },
  },
  AX4003: {
    slug: 'unordered-comparison',
    severity: 'error',
    zh: '「{name}」没有次序，不能比大小',
    en: '“{name}” has no order to compare by',
    help: { zh: '把它声明为 enum … ordered。', en: 'Declare it as enum … ordered.' },
  },
  AX4004: {
    slug: 'unknown-policy',
    severity: 'error',
    zh: '没有「{name}」这种命中方式',
    en: 'there is no hit policy “{name}”',
    help: {
      zh: '用 unique、first、any、priority、rule order、output order 或 collect [sum|min|max|count]。',
      en: 'Use unique, first, any, priority, rule order, output order or collect [sum|min|max|count].',
    },
  },
  AX4005: {
    slug: 'constant-cell',
    severity: 'error',
    zh: '格子里要写一个值',
    en: 'a cell takes a plain value',
    help: { zh: '写字面值，或枚举的一个取值。', en: 'Write a literal, or a value of the enum.' },
  },
  AX4006: {
    slug: 'test-columns',
    severity: 'error',
    zh: '表「{name}」没有列「{column}」',
    en: 'table “{name}” has no column “{column}”',
    help: { zh: '测试的列名要和表头一致。', en: 'Name the test’s columns as the table does.' },
  },
  AX4007: {
    slug: 'unordered-outputs',
    severity: 'error',
    zh: '{name} 要按结果的次序取舍，可是没有一列结果是有次序的枚举',
    en: '{name} goes by the order of the outputs, but none of them is an ordered enum',
    help: {
      zh: '让一列结果用 enum … ordered：写在后面的值优先；或改用 first、rule order。',
      en: 'Give an output an enum … ordered, whose later values win; or use first or rule order.',
    },
  },
  AX4008: {
    slug: 'aggregate-type',
    severity: 'error',
    zh: '{policy} 合不起来「{name}」这一列',
    en: '{policy} cannot bring “{name}” together',
    help: {
      zh: 'sum 只用于数和金额，min、max 只用于有大小的值；count 和不带词的 collect 都可以。',
      en: 'sum takes numbers and money, min and max what has an order; count and a bare collect take anything.',
    },
  },
  AX4104: {
    slug: 'table-gap',
    severity: 'error',
    zh: '有漏掉的情况：{witness} 时没有任何一行命中',
    en: 'a case is missing: no row answers for {witness}',
    help: {
      zh: '补一行、加 else 行，或把表标记为 partial。',
      en: 'Add a row or an else row, or mark the table partial.',
    },
  },
  AX4105: {
    slug: 'table-overlap',
    severity: 'error',
    zh: '第 {first} 行和第 {second} 行重复命中：例如 {witness}',
    en: 'rows {first} and {second} both answer, for example for {witness}',
    help: {
      zh: '收窄其中一行，或声明命中方式 first。',
      en: 'Narrow one of them, or declare hit policy first.',
    },
  },
  AX4106: {
    slug: 'shadowed-row',
    severity: 'error',
    zh: '第 {row} 行永远轮不到：它管的情况都先由第 {rows} 行答了',
    en: 'row {row} never answers: row {rows} takes every case of it first',
    help: {
      zh: '把更窄的行移到前面、改它的条件，或删掉它。',
      en: 'Move the narrower row up, change its conditions, or remove it.',
    },
  },
  AX4107: {
    slug: 'impossible-row',
    severity: 'error',
    zh: '没有什么情况符合这一行：有个格子什么值都容不下',
    en: 'no case fits this row: one of its cells holds no value at all',
    help: {
      zh: '检查区间的两端有没有写反。',
      en: 'See whether the ends of a range are the wrong way round.',
    },
  },
  AX4108: {
    slug: 'unproved-table',
    severity: 'warning',
    zh: '这张表的行交叉太多，没能查完有没有漏洞和轮不到的行',
    en: 'the rows of this table cross so often that gaps and rows without effect could not be ruled out',
    help: {
      zh: '把表拆成几张，或让各行少重叠一些，再加一行 else。',
      en: 'Split the table or let its rows overlap less, and add an else row.',
    },
  },
} as const satisfies Record<string, Entry>

const flow = {
  AX5001: {
    slug: 'unreachable',
    severity: 'error',
    zh: '没有路能走到「{name}」',
    en: 'nothing leads to “{name}”',
    help: { zh: '加一条指向它的流转，或删掉它。', en: 'Add a transition to it, or remove it.' },
  },
  AX5002: {
    slug: 'dead-end',
    severity: 'error',
    zh: '工单走到「{name}」就再也结束不了：{path}',
    en: 'a ticket that comes to “{name}” can never end: {path}',
    help: { zh: '给它加一条通往结束的流转。', en: 'Give it a transition towards an end.' },
  },
  AX5003: {
    slug: 'unclocked-wait',
    severity: 'error',
    zh: '节点「{name}」没有时限，工单可能被遗忘',
    en: 'node “{name}” has no clock: a ticket may be forgotten there',
    help: {
      zh: '加一个 clock，或写 after，或给整张工单加 clock。',
      en: 'Add a clock or an after, or a clock to the whole ticket.',
    },
  },
  AX5004: {
    slug: 'guards-may-miss',
    severity: 'warning',
    zh: '「{name}」的每条路都有条件，可能一条都不成立',
    en: 'every way of “{name}” has a condition; none may hold',
    help: { zh: '再写一条不带 when 的「{name}」。', en: 'Add one “{name}” without a when.' },
  },
  AX5005: {
    slug: 'shadowed-transition',
    severity: 'error',
    zh: '「{name}」前面已有一条不带条件的，这一条永远走不到',
    en: 'an earlier “{name}” has no condition: this one is never taken',
    help: { zh: '把带条件的写在前面，或删掉这条。', en: 'Put the conditional one first, or remove this.' },
  },
  AX5007: {
    slug: 'region-crossing',
    severity: 'error',
    zh: '并行节点的分支不能这样进出',
    en: 'a branch of a parallel region is not entered or left like this',
    help: {
      zh: '分支里用 -> done 结束，用 abort 离开整个并行；外面只能走到并行本身。',
      en: 'End a branch with -> done, leave the region with abort; from outside go to the region itself.',
    },
  },
  AX5008: {
    slug: 'endless-loop',
    severity: 'error',
    zh: '到时自动回到「{name}」，可能永远循环',
    en: 'time alone leads back to “{name}”, perhaps for ever',
    help: { zh: '加上 max 次数 else -> 别处。', en: 'Add max n else -> elsewhere.' },
  },
  AX5009: {
    slug: 'no-start',
    severity: 'error',
    zh: '「{name}」没有起点',
    en: '“{name}” has nowhere to start',
    help: {
      zh: '工单写 start -> 节点；分支里至少有一个节点。',
      en: 'Write start -> node; a branch needs a node.',
    },
  },
  AX5010: {
    slug: 'clock-reaction',
    severity: 'error',
    zh: '时限里写 at 百分比，节点里写 on 或 after',
    en: 'a clock takes at with a percent, a node takes on or after',
    help: {
      zh: '例如 clock 响应 2h { at 100% escalate 主管 }。',
      en: 'For example clock 响应 2h { at 100% escalate 主管 }.',
    },
  },
  AX5012: {
    slug: 'unwritable-field',
    severity: 'error',
    zh: '离开「{node}」要有「{field}」，可是「{role}」不能写它，在这之前也没有人能写',
    en: 'leaving “{node}” takes “{field}”, but “{role}” may not write it, nor anybody before',
    help: {
      zh: '在 access 里让「{role}」能写「{field}」，给它 default，或者不在这里要它。',
      en: 'Let “{role}” write “{field}” in access, give it a default, or do not ask for it here.',
    },
  },
  AX5011: {
    slug: 'working-days',
    severity: 'error',
    zh: '「{found}」按日历走，不能算成「{hours}」的工作时间',
    en: '“{found}” goes by the calendar and cannot be counted in “{hours}”',
    help: {
      zh: '写成小时，例如 {hoursOf}h of {hours}；要按日历走就去掉 of {hours}。',
      en: 'Write hours, such as {hoursOf}h of {hours}, or leave out “of {hours}” to go by the calendar.',
    },
  },
} as const satisfies Record<string, Entry>

const money = {
  AX6101: {
    slug: 'price-total',
    severity: 'error',
    zh: '价格「{name}」没有合计',
    en: 'price “{name}” has no total',
    help: {
      zh: '最后写 total 应收: money = sum(lines)。',
      en: 'End it with total 应收: money = sum(lines).',
    },
  },
  AX6102: {
    slug: 'base-missing',
    severity: 'error',
    zh: '「{name}」没有 base',
    en: '“{name}” has no base',
    help: { zh: '第一步写 base 金额。', en: 'Begin with base and an amount.' },
  },
  AX6103: {
    slug: 'shares-sum',
    severity: 'error',
    zh: '「{name}」分出 {sum}，应为 {of}',
    en: '“{name}” shares out {sum} of {of}',
    help: { zh: '改成正好分完，或让一方拿 rest。', en: 'Make them add up, or give one party the rest.' },
  },
  AX6104: {
    slug: 'second-rest',
    severity: 'error',
    zh: '「{name}」里有第二个 rest',
    en: '“{name}” has a second rest',
    help: { zh: '只留一个 rest。', en: 'Keep one rest.' },
  },
  AX6105: {
    slug: 'rest-missing',
    severity: 'error',
    zh: '「{name}」可能少分，差额没有人拿',
    en: '“{name}” may get less, and nobody takes the difference',
    help: { zh: '在同一组里让一方拿 rest。', en: 'Let one party of the same block take the rest.' },
  },
} as const satisfies Record<string, Entry>

const sends = {
  AX6001: {
    slug: 'no-customer',
    severity: 'error',
    zh: '从「{name}」找不到是哪位客户',
    en: '“{name}” does not say which customer',
    help: {
      zh: '给实体加一个 customer 字段，或换一个触发事件。',
      en: 'Give the entity a customer field, or take another event.',
    },
  },
  AX6002: {
    slug: 'blocked-words',
    severity: 'error',
    zh: '文案里有「{lexicon}」禁用的「{word}」，永远发不出去',
    en: 'the text holds “{word}”, which “{lexicon}” blocks: it could never be sent',
    help: { zh: '换一种说法，或从词库里去掉它。', en: 'Say it otherwise, or take it off the lexicon.' },
  },
  AX6003: {
    slug: 'quiet-hours',
    severity: 'error',
    zh: '静默时段要写成 22:00..09:00，并且留出能发的时间',
    en: 'quiet hours read 22:00..09:00 and leave time to send',
    help: { zh: '改正起止时间。', en: 'Mend its two times.' },
  },
  AX6004: {
    slug: 'promo-in-service',
    severity: 'error',
    zh: '服务消息里有推广用语「{word}」',
    en: 'a service message holds the promotional “{word}”',
    help: { zh: '去掉它，或把这条改为 promo。', en: 'Remove it, or send it as promo.' },
  },
  AX6005: {
    slug: 'unnamed-complaint',
    severity: 'error',
    zh: '没有说哪种工单算投诉',
    en: 'nothing says which ticket is a complaint',
    help: {
      zh: '先写 skip promo when open(工单)：让推广安静的工单就是投诉。',
      en: 'Write skip promo when open(ticket): what silences promotions is a complaint.',
    },
  },
  AX6006: {
    slug: 'idle-sop',
    severity: 'error',
    zh: 'SOP「{name}」缺少触发或步骤',
    en: 'SOP “{name}” lacks a trigger or a step',
    help: {
      zh: '写 for 客群 或 on 事件，再写至少一个 step。',
      en: 'Write for segment or on event, and at least one step.',
    },
  },
  AX6007: {
    slug: 'limit-column',
    severity: 'error',
    zh: '限制表右边只能是 per day、per week、per month、quiet、beyond，beyond 必须有',
    en: 'to the right a limit has per day, per week, per month, quiet and beyond, and always beyond',
    help: {
      zh: 'beyond 列写 defer、drop 或 send。',
      en: 'Write defer, drop or send in the column beyond.',
    },
  },
  AX6008: {
    slug: 'unlimited-sends',
    severity: 'error',
    zh: 'SOP「{name}」要发消息，但没有任何 limit 管它',
    en: 'SOP “{name}” sends, but no limit holds it back',
    help: { zh: '声明一个 limit … on send。', en: 'Declare a limit … on send.' },
  },
} as const satisfies Record<string, Entry>

const actions = {
  AX7001: {
    slug: 'retry-without-key',
    severity: 'error',
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
    zh: '节点「{name}」没有处理「{outcome}」，遇到时工单会停在这里并告警',
    en: 'node “{name}” does not react on “{outcome}”: a ticket would stay there with an alert',
    help: { zh: '加一条 on {outcome} -> 别处。', en: 'Add on {outcome} -> elsewhere.' },
  },
} as const satisfies Record<string, Entry>

const later = {
  AX9001: {
    slug: 'not-run-yet',
    severity: 'error',
    zh: '本版本还不能运行「{word}」声明',
    en: 'this version does not run “{word}” declarations yet',
    help: { zh: '去掉「{name}」后再发布。', en: 'Remove “{name}” before publishing.' },
  },
} as const satisfies Record<string, Entry>

export const catalogue = {
  ...{ ...text, ...names, ...keys, ...types, ...tables },
  ...{ ...flow, ...money, ...sends, ...actions, ...later },
}
export type Code = keyof typeof catalogue
