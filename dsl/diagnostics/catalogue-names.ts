import type { Entry } from './entry.ts'

/** Names, keys and types: AX2 and AX3. */
export const names = {
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
  AX2007: {
    slug: 'empty-enum',
    severity: 'error',
    ofWhole: true,
    zh: '枚举「{name}」没有取值',
    en: 'enum “{name}” has no values',
    help: { zh: '写上它的取值，用逗号分开。', en: 'Write its values, separated by commas.' },
  },
  AX2008: {
    slug: 'role-cycle',
    severity: 'error',
    zh: '角色「{name}」扩展到了自己：{path}',
    en: 'role “{name}” extends itself: {path}',
    help: { zh: '去掉其中一个 extends。', en: 'Remove one of these extends.' },
  },
} as const satisfies Record<string, Entry>

export const keys = {
  AX2005: {
    slug: 'library-key',
    severity: 'error',
    ofWhole: true,
    zh: '库「{name}」没有主键',
    en: 'library “{name}” has no key',
    help: { zh: '给一个字段加上 key。', en: 'Mark one field as key.' },
  },
  AX2006: {
    slug: 'unknown-pack',
    severity: 'error',
    zh: '找不到行业包「{name}」第 {version} 版',
    en: 'there is no pack “{name}” of version {version}',
    help: {
      zh: '检查包名和版本，并把它放在同一个上级文件夹里。',
      en: 'Check its name and version, and put it beside this pack’s folder.',
    },
  },
} as const satisfies Record<string, Entry>

export const types = {
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
    ofWhole: true,
    zh: '「{name}」的结果可能不是整分',
    en: 'the result of “{name}” may be a fraction of a cent',
    help: { zh: '在后面加上 round half_up ¥0.01。', en: 'Add round half_up ¥0.01 behind it.' },
  },
  AX3004: {
    slug: 'table-arguments',
    severity: 'error',
    zh: '「{name}」后面的括号里要写：{expected}',
    en: '“{name}” takes in brackets: {expected}',
    help: {
      zh: '按这个次序逐个写出；表也可以写成「列名: 值」。',
      en: 'Give each in this order; of a table also as “column: value”.',
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
  AX3010: {
    slug: 'function-arguments',
    severity: 'error',
    zh: '函数「{name}」要的是（{expected}），给的是（{given}）',
    en: 'function “{name}” takes ({expected}), not ({given})',
    help: {
      zh: '看一眼内置函数页里它的例子，改正个数或类型。',
      en: 'Look at its example on the page of builtins and mend the number or the types.',
    },
  },
  AX3011: {
    slug: 'field-cycle',
    severity: 'error',
    zh: '字段「{name}」要靠自己才能算出：{path}',
    en: 'field “{name}” is worked out from itself: {path}',
    help: { zh: '让其中一个字段不再读另一个。', en: 'Let one of these fields no longer read the other.' },
  },
  AX3012: {
    slug: 'empty-range',
    severity: 'error',
    zh: '没有一个值在这个范围里',
    en: 'no value lies in this range',
    help: { zh: '小的写在前面，大的写在后面。', en: 'Write the smaller end first.' },
  },
  AX3013: {
    slug: 'outside-range',
    severity: 'error',
    zh: '「{found}」不在 {range} 之内',
    en: '“{found}” does not lie in {range}',
    help: { zh: '改默认值，或放宽范围。', en: 'Change the default, or widen the range.' },
  },
  AX3014: {
    slug: 'other-currency',
    severity: 'error',
    zh: '这个包用 {expected} 记账，不能写 {found}',
    en: 'this pack reckons in {expected}, not in {found}',
    help: {
      zh: '换算成 {expected}：没有汇率，两种货币不能相加也不能比较。',
      en: 'Convert it to {expected}: without a dated rate two currencies neither add up nor compare.',
    },
  },
  AX3015: {
    slug: 'not-of-unknown',
    severity: 'error',
    zh: '「{name}」可能没有值，那时 not 就成立了',
    en: '“{name}” may be absent, and then this “not” would hold',
    help: {
      zh: '写成 known({name}) and not …，或把比较反过来写。',
      en: 'Write known({name}) and not …, or turn the comparison around.',
    },
  },
  AX3016: {
    slug: 'computed-clause',
    severity: 'error',
    zh: '「{name}」是算出来的，没有人填它',
    en: '“{name}” is worked out: nobody fills it in',
    help: {
      zh: '去掉这一项，或把 = 改成 default。',
      en: 'Remove this clause, or write default instead of =.',
    },
  },
  AX3017: {
    slug: 'no-hours',
    severity: 'error',
    ofWhole: true,
    zh: '「{name}」里没有一个时段，按它计的时限永远不会到',
    en: '“{name}” has no interval: a clock that goes by it would never end',
    help: { zh: '写上时段，例如 mon..fri 09:00..18:00。', en: 'Write one, such as mon..fri 09:00..18:00.' },
  },
  AX3018: {
    slug: 'nothing-at-all',
    severity: 'error',
    zh: '这里要大于零',
    en: 'this must be more than zero',
    help: { zh: '写一个大于零的值，或去掉这一条。', en: 'Write more than zero, or leave the clause out.' },
  },
  AX3020: {
    slug: 'null-comparison',
    severity: 'warning',
    zh: '和 null 用「{operator}」比较总是假',
    en: 'a comparison with null by “{operator}” is always false',
    help: {
      zh: '问有没有值用 known(…)，问没有值用 not known(…)。',
      en: 'Ask known(…) whether a value is there, and not known(…) whether none is.',
    },
  },
} as const satisfies Record<string, Entry>
