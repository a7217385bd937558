import type { Clash } from './clashes.ts'

const words: Readonly<Record<Clash['what'], readonly [zh: string, en: string]>> = {
  ticket: ['工单', 'the ticket'],
  form: ['表单', 'the form'],
  sop: ['SOP', 'the SOP'],
  source: ['数据来源', 'the source'],
  action: ['扩展动作', 'the action'],
  secret: ['密钥', 'the secret'],
  key: ['档案的编号', 'the key of'],
  field: ['档案的字段', 'the field'],
  zone: ['时区', 'the time zone'],
  currency: ['币种', 'the currency'],
}
const differing: ReadonlySet<Clash['what']> = new Set(['key', 'field', 'zone', 'currency'])

/** "工单「退换」与「零售连锁」的同名"; of what both mean otherwise: "档案的字段「设备.型号」与「零售连锁」的不一样". */
export function sayClash({ what, name, other }: Clash): { readonly zh: string; readonly en: string } {
  const [zh, en] = words[what]
  return differing.has(what)
    ? { zh: `${zh}「${name}」与「${other}」的不一样`, en: `${en} “${name}” is another in “${other}”` }
    : { zh: `${zh}「${name}」与「${other}」的同名`, en: `${en} “${name}” is in “${other}” too` }
}
