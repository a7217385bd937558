import type { Entry } from './entry.ts'

/** Where what is in flight goes from an older version, and what a pack keeps to itself: AX8. */
export const changes = {
  AX8010: {
    slug: 'migrate-ahead',
    severity: 'error',
    zh: 'migrate from {from}：本包是版本 {version}，没有更晚的版本可以过来',
    en: 'migrate from {from}: this is version {version}, nothing can come from a later one',
    help: {
      zh: '写在途工单开始时的版本号，不大于本包的版本；或提高本包的 version。',
      en: 'Give the version that tickets in flight began with, at most this pack’s; or raise the pack’s version.',
    },
  },
  AX8011: {
    slug: 'migrate-still-there',
    severity: 'warning',
    zh: '「{name}」在这个版本里还在，停在那里的也会被搬走',
    en: '“{name}” is still there in this version, and what stands there is moved away nevertheless',
    help: {
      zh: '不想搬走就删掉这一行；改了名的，左边写旧版本里的名字。',
      en: 'Remove the line unless they are to move; left of the arrow stands the name of the older version.',
    },
  },
  AX8012: {
    slug: 'migrate-twice',
    severity: 'error',
    zh: '「{name}」的去处写了两次',
    en: 'where “{name}” goes is said twice',
    help: {
      zh: '每个旧名字只留一行：或搬到一处，或 drain。',
      en: 'Keep one line for each old name: it goes to one place, or drains.',
    },
  },
  AX8013: {
    slug: 'migrate-across',
    severity: 'error',
    zh: '「{from}」不能搬到另一种工单的「{to}」',
    en: '“{from}” cannot move to “{to}” of another kind of ticket',
    help: {
      zh: '工单的种类不变：右边写同一种工单的节点，或用 drain 让它按旧版本走完。',
      en: 'A ticket keeps its kind: name a node of the same one, or let it end as it began with drain.',
    },
  },
  AX8020: {
    slug: 'closed-changed',
    severity: 'error',
    zh: '「{name}」在行业包里是 closed（{at}），企业不能改',
    en: '“{name}” is closed in the pack ({at}); a desk may not change it',
    help: {
      zh: '改回行业包的写法，连同前面的 closed；确实要改，请行业包的作者把它写成 open。',
      en: 'Write it as the pack does, with closed before it; if it has to differ, ask the pack’s author to make it open.',
    },
  },
} as const satisfies Record<string, Entry>
