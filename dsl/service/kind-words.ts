import type { SymbolKind } from './symbol.ts'

type Kind = SymbolKind | 'keyword' | 'function' | 'type'

const words: Readonly<Record<Kind, readonly [zh: string, en: string]>> = {
  ...{ pack: ['包', 'pack'], enum: ['枚举', 'enum'], value: ['取值', 'value'], entity: ['实体', 'entity'] },
  ...{ field: ['字段', 'field'], 'form-field': ['表单字段', 'form field'], event: ['事件', 'event'] },
  ...{ form: ['表单', 'form'], setting: ['设置', 'setting'], hours: ['营业时段', 'working hours'] },
  ...{
    role: ['角色', 'role'],
    team: ['服务组', 'team'],
    skill: ['技能', 'skill'],
    party: ['分账方', 'party'],
  },
  ...{ table: ['决策表', 'table'], column: ['列', 'column'], action: ['动作', 'action'] },
  ...{ parameter: ['动作的字段', 'action field'], outcome: ['动作的结果', 'outcome of an action'] },
  ...{ ticket: ['工单', 'ticket'], node: ['节点', 'node'], parallel: ['并行', 'parallel region'] },
  ...{ branch: ['分支', 'branch'], transition: ['流转', 'transition'], clock: ['时限', 'clock'] },
  ...{ end: ['结束', 'end'], 'end-outcome': ['结局', 'outcome'], route: ['分派', 'route'] },
  ...{ price: ['价格', 'price'], line: ['价格行', 'price line'], settle: ['分账', 'settlement'] },
  ...{ lexicon: ['词库', 'lexicon'], segment: ['客群', 'segment'], limit: ['触达限制', 'send limit'] },
  ...{ sop: ['SOP', 'SOP'], step: ['步骤', 'step'], migrate: ['迁移', 'migration'] },
  ...{ pool: ['池', 'pool'], mode: ['模式', 'mode'], 'lead-pool': ['线索池', 'lead pool'] },
  ...{ overlay: ['临时计价', 'overlay'], rebate: ['返利', 'rebate'], rates: ['汇率', 'exchange rates'] },
  ...{ quote: ['报价单', 'quote'], template: ['模板', 'template'], campaign: ['活动', 'campaign'] },
  ...{ stage: ['生命周期', 'stages'], 'stage-case': ['阶段', 'stage'], arm: ['分组', 'arm'] },
  ...{ signal: ['外部信号', 'signal'], 'signal-output': ['信号的值', 'value of a signal'] },
  ...{ alert: ['预警', 'alert'], metric: ['指标', 'metric'], board: ['看板', 'board'] },
  ...{ classify: ['分类', 'classifier'], source: ['数据来源', 'source'] },
  ...{ keyword: ['关键字', 'keyword'], function: ['函数', 'function'], type: ['类型', 'type'] },
}

const column = (at: 0 | 1) =>
  Object.fromEntries(Object.entries(words).map(([kind, pair]) => [kind, pair[at]])) as Record<Kind, string>

/** The kinds of names in words for people. */
export const kindWords = { zh: column(0), en: column(1) }
