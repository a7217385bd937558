/** The words of running a desk in Chinese: the row of administrators' pages, data sources, actions and secrets. */
export const operationsZh = {
  'nav.manage': '管理',
  'nav.records': '业务档案',
  'nav.people': '员工',
  'nav.connection': '连接',
  'nav.sources': '数据来源',
  'nav.actions': '扩展动作',
  'nav.statements': '对账',
  'nav.check': '体检',
} as const

/** The same in English. */
export const operationsEn: Readonly<Record<keyof typeof operationsZh, string>> = {
  'nav.manage': 'Manage',
  'nav.records': 'Records',
  'nav.people': 'Staff',
  'nav.connection': 'Connection',
  'nav.sources': 'Sources',
  'nav.actions': 'Actions',
  'nav.statements': 'Statements',
  'nav.check': 'Check-up',
}
