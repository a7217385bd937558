import type { Language } from '#dsl/diagnostics'
import type { Conflict } from './merge.ts'

const kinds: Readonly<Record<Conflict['kind'], readonly [zh: string, en: string]>> = {
  'both-changed': ['本企业和新版都改了', 'changed by the desk and by the new release'],
  'both-added': ['本企业和新版各加了一份', 'added by the desk and by the new release'],
  'mine-removed': ['本企业已去掉，新版又改了', 'removed by the desk, changed by the new release'],
  'theirs-removed': ['本企业改了，新版已去掉', 'changed by the desk, removed by the new release'],
}

/** Where two sides cannot both be had, in words of the desk: `table 退款费率 › 行 华东 …`. */
export function sayConflict({ file, path, kind }: Conflict, language: Language): string {
  const at = language === 'zh' ? 0 : 1
  const where = path.length === 0 ? file : path.map(key => piece(key, at)).join(' › ')
  return `${where}: ${kinds[kind][at]}`
}

function piece(key: string, at: 0 | 1): string {
  return key.startsWith('| ') ? `${at === 0 ? '行' : 'row'} ${key.slice(2)}` : key
}
