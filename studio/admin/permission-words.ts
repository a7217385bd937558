import { tMaybe } from '../text/text.ts'

/** What a pack asks for in words: `action:erp.退款 net erp.example.com` says which action reaches which host. */
export function permissionWords(permission: string): string {
  const [, name = '', kind = '', what = ''] = /^action:(\S+) (\w+) ?(.*)$/.exec(permission) ?? []
  return tMaybe(`permission.action-${kind}`, tMaybe(`permission.${permission}`, permission), { name, what })
}
