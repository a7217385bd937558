import type { SymbolKind } from './symbol.ts'

type Kind = SymbolKind | 'keyword' | 'function' | 'type'

const words: Readonly<Record<Kind, readonly [zh: string, en: string]>> = {
  ...{ pack: ['包', 'pack'], enum: ['枚举', 'enum'], value: ['取值', 'value'], entity: ['实体', 'entity'] },
  ...{ field: ['字段', 'field'], 'form-field': ['表单字段', 'form field'], event: ['事件', 'event'] },
  ...{ form: ['表单', 'form'], setting: ['设置', 'setting'], hours: ['营业时段', 'working hours'] },
  ...{ role: ['角色', 'role'], team: ['班组', 'team'], skill: ['技能', 'skill'], party: ['分账方', 'party'] },
  ...{ table: ['决策表', 'table'], column: ['列', 'column'], action: ['动作', 'action'] },
  ...{ parameter: ['动作的字段', 'action field'], outcome: ['动作的结果', 'outcome of an action'] },
  ...{ ticket: ['工单', 'ticket'], node: ['节点', 'node'], parallel: ['并行', 'parallel region'] },
  ...{ branch: ['分支', 'branch'], transition: ['流转', 'transition'], clock: ['时限', 'clock'] },
  ...{ end: ['结束', 'end'], 'end-outcome': ['结局', 'outcome'], route: ['分派', 'route'] },
  ...{ price: ['价格', 'price'], line: ['价格行', 'price line'], settle: ['分账', 'settlement'] },
  ...{ lexicon: ['词库', 'lexicon'], segment: ['客群', 'segment'], limit: ['触达限制', 'send limit'] },
  ...{ sop: ['SOP', 'SOP'], step: ['步骤', 'step'], other: ['声明', 'declaration'] },
  ...{ keyword: ['关键字', 'keyword'], function: ['函数', 'function'], type: ['类型', 'type'] },
}

const column = (at: 0 | 1) =>
  Object.fromEntries(Object.entries(words).map(([kind, pair]) => [kind, pair[at]])) as Record<Kind, string>

/** The kinds of names in words for people. */
export const kindWords = { zh: column(0), en: column(1) }
