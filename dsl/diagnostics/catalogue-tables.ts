import type { Entry } from './entry.ts'

/** Decision tables: AX4. */
export const tables = {
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
    help: {
      zh: '有次序的是数、金额、日期、时间、文字，以及声明为 enum … ordered 的枚举；时长在表里只看是否一样长。',
      en: 'Numbers, amounts, dates, times and texts have an order, and an enum declared as enum … ordered; durations in a table are only as long or not.',
    },
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
    zh: '「{name}」没有列「{column}」',
    en: '“{name}” has no column “{column}”',
    help: {
      zh: '测试的列名要和表头一致；价格的测试写表单的字段和价格的行。',
      en: 'Name the test’s columns as the table does; for a price, the form’s fields and the price’s lines.',
    },
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
  AX4020: {
    slug: 'range-operator',
    severity: 'error',
    zh: '区间前面不能写「{operator}」',
    en: '“{operator}” cannot stand before a range',
    help: {
      zh: '不含起点写 > 1..5，不含终点写 1..<5；或只写一头，例如 < 5。',
      en: 'Without its start write > 1..5, without its end 1..<5; or write one end alone, such as < 5.',
    },
  },
  AX4021: {
    slug: 'unequal-among-others',
    severity: 'error',
    zh: '!= 要单独占一格',
    en: '!= stands alone in a cell',
    help: { zh: '都不是的写 not 3, 5。', en: 'For none of them write not 3, 5.' },
  },
  AX4031: {
    slug: 'sheet-missing',
    severity: 'error',
    zh: '包里没有表格文件「{name}」',
    en: 'the pack has no sheet “{name}”',
    help: {
      zh: '把 .csv 文件放在这个文件旁边（或下面的文件夹里），名字写成一样。',
      en: 'Put the .csv file beside this one, or into a folder below it, under exactly this name.',
    },
  },
  AX4032: {
    slug: 'sheet-cell',
    severity: 'error',
    zh: '「{name}」这一格不是一个格子的内容',
    en: 'this field of “{name}” is not what one cell holds',
    help: {
      zh: '写成语言里的值，不能有 |、{ }、分号、换行和注释。',
      en: 'Write a value of the language, without |, braces, semicolons, line breaks and comments.',
    },
  },
  AX4033: {
    slug: 'sheet-size',
    severity: 'error',
    zh: '表格太大：最多 {rows} 行、{characters} 个字符',
    en: 'the sheet is too large: {rows} rows and {characters} characters at most',
    help: { zh: '拆成几个库或几张表。', en: 'Split it into several libraries or tables.' },
  },
  AX4034: {
    slug: 'sheet-column',
    severity: 'error',
    zh: '表头里的「{name}」对不上；列是 {columns}',
    en: '“{name}” in the header does not match; the columns are {columns}',
    help: {
      zh: '第一行逐个写出列名，每列一次，次序随意。',
      en: 'The first line names each column once, in any order.',
    },
  },
  AX4104: {
    slug: 'table-gap',
    severity: 'error',
    ofWhole: true,
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
    ofWhole: true,
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
