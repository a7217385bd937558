import type { Entry } from './entry.ts'

/** A pack’s own tests: AX8. */
export const tests = {
  AX8001: {
    slug: 'idle-property',
    severity: 'error',
    ofWhole: true,
    zh: '性质「{name}」缺少 for 或 expect',
    en: 'property “{name}” lacks for or expect',
    help: { zh: '写明对哪些值、什么总成立。', en: 'Say for which values, and what always holds.' },
  },
  AX8002: {
    slug: 'property-domain',
    severity: 'error',
    zh: '「{name}」的取值没法逐个试',
    en: 'the values of “{name}” cannot be gone through',
    help: {
      zh: '数、金额、日期要写 in 从..到；其余只能是枚举、是否和地区。',
      en: 'Numbers, amounts and dates need in from..to; anything else is an enum, a bool or a region.',
    },
  },
} as const satisfies Record<string, Entry>
