import { t, tMaybe } from '../text/text.ts'

/** What people call an outward act: one that any pack may do, or an action of the pack. */
export function actName(act: string): string {
  const [, action] = /^action:(.+)$/.exec(act) ?? []
  return action === undefined ? tMaybe(`act.${act}`, act) : t('act.action', { action })
}
