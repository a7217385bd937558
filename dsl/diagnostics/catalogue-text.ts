import type { Entry } from './entry.ts'

/** What the text itself may not be: AX1. */
export const text = {
  AX1001: {
    slug: 'unexpected-token',
    severity: 'error',
    zh: '这里不该出现「{found}」',
    en: '“{found}” does not fit here',
    help: {
      zh: '这里可以是：{fits}。',
      en: 'What fits here: {fits}.',
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
  AX1009: {
    slug: 'clause-goes-on',
    severity: 'error',
    zh: '这一条到这里该结束了，后面还有「{found}」',
    en: 'this clause should end before “{found}”',
    help: {
      zh: '如果「{found}」是另一条，另起一行，或在它前面写「;」。',
      en: 'If “{found}” begins another clause, put it on a line of its own, or “;” before it.',
    },
  },
  AX1010: {
    slug: 'look-alike-character',
    severity: 'error',
    zh: '「{found}」（{code}）不是「{like}」，只是看起来像',
    en: '“{found}” ({code}) only looks like “{like}”',
    help: {
      zh: '改成「{like}」：它来自别的文字，读到的和运行的会不一样。',
      en: 'Write “{like}”: the character is of another script, and what is read and what runs would differ.',
    },
  },
  AX1011: {
    slug: 'look-alike-name',
    severity: 'error',
    zh: '「{name}」和「{other}」看起来一样，却不是同一个名字（{witness}）',
    en: '“{name}” and “{other}” look the same and are two names ({witness})',
    help: {
      zh: '改掉其中一个名字，让人一眼分得清。',
      en: 'Rename one of them so that people can tell them apart.',
    },
  },
} as const satisfies Record<string, Entry>
