import type { Entry } from './entry.ts'

/** Whom messages reach and how often: AX60. */
export const sends = {
  AX6001: {
    slug: 'no-customer',
    severity: 'error',
    ofWhole: true,
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
    ofWhole: true,
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
  AX6009: {
    slug: 'template-channel',
    severity: 'error',
    zh: '模板「{name}」没有「{channel}」的文字',
    en: 'template “{name}” has no text for “{channel}”',
    help: { zh: '在模板里补一行 {channel} "…"。', en: 'Add a line {channel} "…" to the template.' },
  },
  AX6010: {
    slug: 'arm-shares',
    severity: 'error',
    ofWhole: true,
    zh: '活动「{name}」各臂合计 {sum}，不是 100%',
    en: 'the arms of “{name}” add up to {sum}, not 100%',
    help: { zh: '让各臂的比例合计 100%。', en: 'Let the shares of the arms add up to 100%.' },
  },
  AX6011: {
    slug: 'stage-else',
    severity: 'error',
    ofWhole: true,
    zh: '阶段「{name}」只能以一行 else 结束，才能正好覆盖所有人',
    en: 'stages of “{name}” end in one else, so that everybody is in exactly one',
    help: {
      zh: '把最后一个阶段写成 else，其余都写 when。',
      en: 'Write else for the last stage and when for all others.',
    },
  },
  AX6012: {
    slug: 'idle-campaign',
    severity: 'error',
    ofWhole: true,
    zh: '活动「{name}」缺少 for、at 或 arm',
    en: 'campaign “{name}” lacks for, at or an arm',
    help: { zh: '写明发给谁、何时发、发什么。', en: 'Say whom it reaches, when, and with what.' },
  },
  AX6013: {
    slug: 'never-unsure',
    severity: 'error',
    ofWhole: true,
    zh: '分类「{name}」没有说拿不准时交给谁',
    en: 'classify “{name}” does not say who gets what is unsure',
    help: { zh: '加一行 unsure -> 岗位。', en: 'Add unsure -> role.' },
  },
  AX6014: {
    slug: 'stray-brace',
    severity: 'error',
    zh: '文案里的大括号不成对，客户会原样看到它',
    en: 'a brace of this text has no partner: the customer would read it as it is',
    help: {
      zh: '变量写成 {customer.name} 这样，前后各一个括号。',
      en: 'Write a name between two braces: {customer.name}.',
    },
  },
  AX6015: {
    slug: 'empty-word',
    severity: 'error',
    zh: '空的词在每条文案里都有',
    en: 'an empty word stands in every text',
    help: { zh: '删掉它，或写上要找的词。', en: 'Remove it, or write the word to look for.' },
  },
} as const satisfies Record<string, Entry>
