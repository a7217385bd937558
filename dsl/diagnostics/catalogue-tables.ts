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
    help: { zh: '把它声明为 enum … ordered。', en: 'Declare it as enum … ordered.' },
  },
  AX4004: {
    slug: 'unknown-policy',
    severity: 'error',
    zh: '没有「{name}」这种命中方式',
    en: 'there is no hit policy “{name}”',
    help: { zh: '用 unique、first 或 any。', en: 'Use unique, first or any.' },
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
} as const satisfies Record<string, Entry>
