import type { Language } from '#dsl/diagnostics'
import type { Change, ChangeClass } from './change.ts'

const words: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  added: ['新增{section}「{name}」', 'new {section} “{name}”'],
  removed: ['去掉{section}「{name}」', '{section} “{name}” is gone'],
  changed: ['{section}「{name}」有改动', '{section} “{name}” changed'],
  relabelled: ['「{name}」的叫法：{before} → {after}', 'the label of “{name}”: {before} → {after}'],
  'pack-name': ['包名不同：{before} → {after}', 'another pack: {before} → {after}'],
  'pack-version': ['版本变小：{before} → {after}', 'the version went back: {before} → {after}'],
  'pack-renumbered': ['版本：{before} → {after}', 'the version: {before} → {after}'],
  'pack-currency': ['币种：{before} → {after}', 'the currency: {before} → {after}'],
  'pack-zone': ['时区：{before} → {after}', 'the time zone: {before} → {after}'],
  'pack-label': ['包的叫法：{before} → {after}', 'the label of the pack: {before} → {after}'],
  'pack-locales': ['语言：{before} → {after}', 'the languages: {before} → {after}'],
  'values-moved': ['「{name}」的取值换了次序', 'the values of “{name}” changed places'],
  'value-added': ['「{name}」新增取值「{value}」', '“{name}” gains the value “{value}”'],
  'value-removed': [
    '「{name}」去掉取值「{value}」，已有数据要改成别的',
    '“{name}” loses “{value}”: data that holds it needs another',
  ],
  'order-changed': [
    '「{name}」的大小次序变了，比较的结果会不同',
    'the order of “{name}” changed, and so do comparisons',
  ],
  'key-changed': ['「{name}」换了主键', '“{name}” is known by another key'],
  'event-added': ['「{name}」新增事件「{event}」', '“{name}” gains the event “{event}”'],
  'event-removed': [
    '「{name}」去掉事件「{event}」，上报它的系统会被拒绝',
    '“{name}” loses the event “{event}”: who reports it is refused',
  ],
  'subject-changed': ['表单「{name}」关于的对象变了', 'form “{name}” is about something else'],
  'checks-changed': ['表单「{name}」的校验变了', 'the checks of form “{name}” changed'],
  'fields-moved': ['「{owner}」的字段换了次序', 'the fields of “{owner}” changed places'],
  'field-help': ['「{owner}.{name}」的说明变了', 'the help of “{owner}.{name}” changed'],
  'field-added': ['「{owner}」新增字段「{name}」', '“{owner}” gains the field “{name}”'],
  'required-field-added': [
    '「{owner}」新增必填字段「{name}」，进行中的要补',
    '“{owner}” gains the required field “{name}”: what is in flight lacks it',
  ],
  'field-removed': ['「{owner}」去掉字段「{name}」', '“{owner}” loses the field “{name}”'],
  'field-type': [
    '「{owner}.{name}」的类型：{before} → {after}',
    'the type of “{owner}.{name}”: {before} → {after}',
  ],
  'field-required': ['「{owner}.{name}」的必填条件变了', 'when “{owner}.{name}” is required changed'],
  'field-optional': ['「{owner}.{name}」不再必填', '“{owner}.{name}” may now be left out'],
  'field-rules': [
    '「{owner}.{name}」的范围或显示条件变了',
    'the bounds or visibility of “{owner}.{name}” changed',
  ],
  'field-value': ['「{owner}.{name}」的算法或默认值变了', 'how “{owner}.{name}” is worked out changed'],
  'ticket-form': [
    '工单「{ticket}」换了表单：{before} → {after}',
    'ticket “{ticket}” has another form: {before} → {after}',
  ],
  'start-changed': [
    '工单「{ticket}」从「{after}」开始，原来是「{before}」',
    'ticket “{ticket}” starts at “{after}”, not “{before}”',
  ],
  'entries-changed': ['工单「{ticket}」的入口：{after}', 'entries of ticket “{ticket}”: {after}'],
  'node-added': ['工单「{ticket}」新增节点「{name}」', 'ticket “{ticket}” gains the node “{name}”'],
  'moved-to': [
    '「{name}」改为「{to}」，在途的随之过去',
    '“{name}” becomes “{to}”: what is in flight goes along',
  ],
  drained: [
    '「{name}」没有了，停在那里的工单按原版走完',
    '“{name}” is gone: tickets there end under the version they began with',
  ],
  'node-removed': [
    '工单「{ticket}」去掉节点「{name}」，停在那里的工单要有去处',
    'ticket “{ticket}” loses the node “{name}”: tickets there need a place',
  ],
  'node-by': [
    '节点「{node}」的负责人：{before} → {after}',
    'node “{node}” is worked by {after}, not {before}',
  ],
  'node-moved': ['节点「{node}」进出了并行段', 'node “{node}” moved into or out of a parallel region'],
  'node-public': ['节点「{node}」告诉客户的话变了', 'what customers are told at “{node}” changed'],
  'node-run': ['节点「{node}」执行的动作变了', 'what node “{node}” runs changed'],
  'node-asks': ['节点「{node}」离开前要填：{after}', 'to leave “{node}”, fill: {after}'],
  'region-added': ['工单「{ticket}」新增并行段「{name}」', 'ticket “{ticket}” gains the region “{name}”'],
  'region-removed': [
    '工单「{ticket}」去掉并行段「{name}」，里面的工单要有去处',
    'ticket “{ticket}” loses the region “{name}”: tickets inside need a place',
  ],
  'region-changed': ['并行段「{name}」的分支或汇合变了', 'the branches or the join of “{name}” changed'],
  'end-added': ['工单「{ticket}」新增结局「{name}」', 'ticket “{ticket}” gains the outcome “{name}”'],
  'end-removed': [
    '工单「{ticket}」去掉结局「{name}」，统计口径要对应',
    'ticket “{ticket}” loses the outcome “{name}”: figures need a counterpart',
  ],
  'end-result': [
    '工单「{ticket}」的结局「{name}」算不算办好变了',
    'whether the outcome “{name}” of ticket “{ticket}” is a good one changed',
  ],
  'nodes-moved': ['工单「{ticket}」的节点换了次序', 'the nodes of ticket “{ticket}” changed places'],
  'tickets-moved': [
    '工单换了次序：客户来消息时开哪一种可能不同',
    'tickets changed places: which one a message opens may differ',
  ],
  'clock-added': ['「{ticket}.{node}」新增时限「{clock}」', '“{ticket}.{node}” gains the clock “{clock}”'],
  'clock-removed': ['「{ticket}.{node}」去掉时限「{clock}」', '“{ticket}.{node}” loses the clock “{clock}”'],
  'clock-changed': [
    '「{ticket}.{node}」的时限「{clock}」变了',
    'the clock “{clock}” of “{ticket}.{node}” changed',
  ],
  'transition-added': ['节点「{node}」新增「{event}」', 'node “{node}” gains “{event}”'],
  'transition-removed': ['节点「{node}」去掉「{event}」', 'node “{node}” loses “{event}”'],
  'transition-changed': ['节点「{node}」的「{event}」变了', '“{event}” of node “{node}” changed'],
  'role-added': ['新增角色「{name}」，要安排人', 'new role “{name}” needs people'],
  'role-removed': ['去掉角色「{name}」，原来的人要换角色', 'role “{name}” is gone: its people need another'],
  'role-extends': [
    '角色「{name}」包含的角色：{before} → {after}',
    'role “{name}” includes {after}, not {before}',
  ],
  'work-gained': ['角色「{name}」多了可以处理的节点：{nodes}', 'role {name} may now work on: {nodes}'],
  'work-lost': ['角色「{name}」不再处理节点：{nodes}', 'role {name} no longer works on: {nodes}'],
  'access-gained': [
    '角色「{role}」多了权限：{right}「{form}」的{fields}',
    'role {role} gains: {right} {fields} of “{form}”',
  ],
  'access-lost': [
    '角色「{role}」少了权限：{right}「{form}」的{fields}',
    'role {role} loses: {right} {fields} of “{form}”',
  ],
  opened: ['「{name}」开放给企业自己改', '“{name}” may now be changed by the desk'],
  shut: [
    '「{name}」不再开放给企业改，企业改过的要有去处',
    '“{name}” may no longer be changed by the desk: what it changed needs a place',
  ],
  'action-net': [
    '动作「{name}」要新访问主机 {what}，须重新同意',
    'action “{name}” reaches the host {what}: agree again',
  ],
  'action-secrets': [
    '动作「{name}」要新用密钥 {what}，须重新同意',
    'action “{name}” uses the secret {what}: agree again',
  ],
  'action-reads': ['动作「{name}」要新读 {what}，须重新同意', 'action “{name}” reads {what}: agree again'],
  'action-writes': ['动作「{name}」要新写 {what}，须重新同意', 'action “{name}” writes {what}: agree again'],
  'action-sends': [
    '动作「{name}」要给客户发消息，须重新同意',
    'action “{name}” writes to customers: agree again',
  ],
  'action-keeps': [
    '动作「{name}」要在两次运行之间记住数据，须重新同意',
    'action “{name}” keeps data between its runs: agree again',
  ],
  'action-shape': ['动作「{name}」的输入或输出变了', 'the inputs or outputs of action “{name}” changed'],
  'setting-bounds': [
    '设置「{name}」的范围变了，企业已选的值可能不再允许',
    'the bounds of setting “{name}” changed: a value chosen may not fit',
  ],
  'table-shape': [
    '表「{name}」的列或命中方式变了',
    'the columns or the hit policy of table “{name}” changed',
  ],
  'table-computed': ['表「{name}」的算式变了', 'what table “{name}” works out changed'],
  'row-added': ['表「{name}」新增一行：{row}', 'table “{name}” gains a row: {rowEn}'],
  'row-removed': ['表「{name}」去掉一行：{row}', 'table “{name}” loses a row: {rowEn}'],
  'row-changed': [
    '表「{name}」{row}：{column} {before} → {after}',
    'table “{name}”, {rowEn}: {column} {before} → {after}',
  ],
  'rows-moved': ['表「{name}」的行换了次序', 'the rows of table “{name}” changed places'],
}

const sections: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  ...{
    enums: ['枚举', 'enum'],
    entities: ['实体', 'entity'],
    forms: ['表单', 'form'],
    tickets: ['工单', 'ticket'],
  },
  ...{
    tables: ['表', 'table'],
    settings: ['设置', 'setting'],
    actions: ['动作', 'action'],
    hours: ['营业时段', 'hours'],
  },
  ...{
    teams: ['服务组', 'team'],
    skills: ['技能', 'skill'],
    routes: ['分派', 'route'],
    library: ['库', 'library'],
  },
  ...{ parties: ['分账方', 'party'], prices: ['价格', 'price'], overlays: ['临时计价', 'overlay'] },
  ...{ sources: ['来源', 'source'] },
  ...{ signals: ['外部信号', 'signal'], settlements: ['分账', 'settlement'], lexicons: ['词库', 'lexicon'] },
  ...{
    segments: ['客群', 'segment'],
    limits: ['触达限制', 'limit'],
    sops: ['SOP', 'SOP'],
    labels: ['译名', 'labels'],
    migrations: ['在途处理', 'migration'],
    roles: ['角色', 'role'],
  },
}

const classes: Readonly<Record<ChangeClass, readonly [zh: string, en: string]>> = {
  safe: ['安全', 'safe'],
  auto: ['自动', 'auto'],
  mapping: ['需要对应', 'needs mapping'],
  breaking: ['不兼容', 'breaking'],
}

const rights: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  write: ['填写', 'fill'],
  read: ['查看', 'see'],
}

/** A change in words of the desk. */
export function sayChange({ says, params }: Change, language: Language): string {
  const at = language === 'zh' ? 0 : 1
  return words[says]![at].replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = params[key] ?? ''
    if (key === 'section') return sections[value]?.[at] ?? value
    if (key === 'role' && value === 'customer') return ['客户', 'customer'][at]!
    if (key === 'right') return rights[value]?.[at] ?? value
    return at === 0 ? value : value.replaceAll('、', ', ')
  })
}

export function sayClass(kind: ChangeClass, language: Language): string {
  return classes[kind][language === 'zh' ? 0 : 1]
}

/** Every key there are words for; tests hold that each is said somewhere and renders without a hole. */
export const sayings: readonly string[] = Object.keys(words)
