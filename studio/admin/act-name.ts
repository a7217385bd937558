import type { VocabularyReply } from '#core/wire'
import { nameOf } from '../data/desk.ts'
import { t, tMaybe } from '../text/text.ts'

/** What people call an outward act: one that any pack may do, or an action of the pack. */
export function actName(labels: VocabularyReply['labels'], act: string): string {
  const [, action] = /^action:(.+)$/.exec(act) ?? []
  return action === undefined
    ? tMaybe(`act.${act}`, act)
    : t('act.action', { action: labels.zh?.[action] === undefined ? action : nameOf(labels, action) })
}
