import type { Language } from '#dsl/diagnostics'
import type { Conflict } from './conflict.ts'

type Words = readonly [zh: string, en: string]

const kinds: Readonly<Record<Conflict['kind'], Words>> = {
  'both-changed': ['本企业和新版都改了', 'changed by the desk and by the new release'],
  'both-added': ['本企业和新版各加了一份', 'added by the desk and by the new release'],
  'mine-removed': ['本企业已去掉，新版又改了', 'removed by the desk, changed by the new release'],
  'theirs-removed': ['本企业改了，新版已去掉', 'changed by the desk, removed by the new release'],
}

/** The words that pieces begin with, as people call what they are. */
const sorts: Readonly<Record<string, Words>> = {
  ...{
    enum: ['枚举', 'enum'],
    entity: ['实体', 'entity'],
    extend: ['扩展', 'extension'],
    form: ['表单', 'form'],
  },
  ...{
    access: ['权限', 'access'],
    role: ['角色', 'role'],
    team: ['服务组', 'team'],
    skill: ['技能', 'skill'],
  },
  ...{
    hours: ['营业时段', 'hours'],
    setting: ['设置', 'setting'],
    pack: ['包', 'pack'],
    use: ['引用', 'use'],
  },
  ...{
    ticket: ['工单', 'ticket'],
    node: ['节点', 'node'],
    parallel: ['并行段', 'region'],
    end: ['结局', 'end'],
  },
  ...{ branch: ['分支', 'branch'], clock: ['时限', 'clock'], on: ['遇到', 'on'], after: ['等待', 'after'] },
  ...{ route: ['分派', 'route'], table: ['表', 'table'], price: ['价格', 'price'], line: ['价格行', 'line'] },
  ...{ overlay: ['临时计价', 'overlay'], settle: ['分账', 'settlement'], party: ['分账方', 'party'] },
  ...{ library: ['库', 'library'], action: ['动作', 'action'], lexicon: ['词库', 'lexicon'] },
  ...{ segment: ['客群', 'segment'], stage: ['生命周期', 'stages'], limit: ['触达限制', 'limit'] },
  ...{
    sop: ['SOP', 'SOP'],
    step: ['环节', 'step'],
    template: ['模板', 'template'],
    labels: ['译名', 'labels'],
  },
  ...{ migrate: ['在途处理', 'migration'], test: ['测试', 'test'], property: ['性质', 'property'] },
  ...{ signal: ['外部信号', 'signal'], campaign: ['活动', 'campaign'], check: ['校验', 'check'] },
}

/** Where two sides cannot both be had, in words of the desk: `表「退款费率」 › 行 华东 …`. */
export function sayConflict({ file, path, kind }: Conflict, language: Language): string {
  const at = language === 'zh' ? 0 : 1
  const where = path.length === 0 ? file : path.map(key => piece(key, at)).join(' › ')
  return `${where}: ${kinds[kind][at]}`
}

function piece(key: string, at: 0 | 1): string {
  if (key.startsWith('| ')) return `${at === 0 ? '行' : 'row'} ${key.slice(2)}`
  const [word = '', ...rest] = key.split(' ')
  const sort = rest.length > 0 && Object.hasOwn(sorts, word) ? sorts[word] : undefined
  if (!sort) return at === 0 ? `「${key}」` : `“${key}”`
  const name = rest.join(' ').replaceAll(' . ', '.')
  return at === 0 ? `${sort[0]}「${name}」` : `${sort[1]} “${name}”`
}
