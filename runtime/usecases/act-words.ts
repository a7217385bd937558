import type { Blueprint } from '#core/blueprint'
import type { SaidReply } from '#core/wire'
import { labelsOf } from './vocabulary.ts'

/** As the page calls them where they are switched on. */
const acts: Readonly<Record<string, SaidReply>> = {
  'notify-customer': { zh: '通知客户', en: 'tell customers' },
  'notify-staff': { zh: '通知员工', en: 'tell staff' },
  'notify-admin': { zh: '通知管理员', en: 'tell administrators' },
  send: { zh: '给客户群发与 SOP 触达', en: 'reach customers by SOPs and mass sends' },
}

/** What a pack's name of something is read as, in both languages; without words, its last part. */
export function nameWords(blueprint: Blueprint | undefined, name: string): SaidReply {
  const { zh = {}, en = {} } = blueprint ? labelsOf(blueprint) : {}
  const own = zh[name] ?? name.split('.').at(-1)!
  return { zh: own, en: en[name] ?? own }
}

/** What people call a pack of the desk. */
export const packWords = ({ pack, labels }: Blueprint): SaidReply => ({
  zh: pack.label,
  en: labels.en?.[pack.name] ?? pack.label,
})

/** What people call an outward act: one that any pack may do, or an action of the pack. */
export function actWords(blueprint: Blueprint | undefined, act: string): SaidReply {
  const [, action] = /^action:(.+)$/.exec(act) ?? []
  if (action === undefined) return acts[act] ?? { zh: act, en: act }
  const { zh, en } = nameWords(blueprint, action)
  return { zh: `扩展动作「${zh}」`, en: `the action “${en}”` }
}

/** Several names, as each language lists them. */
export const listWords = (names: readonly SaidReply[]): SaidReply => ({
  zh: names.map(({ zh }) => zh).join('、'),
  en: names.map(({ en }) => en).join(', '),
})
