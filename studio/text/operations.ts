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
  'audit.checked.pass': '已检查，通过',
  'audit.checked.warn': '已检查，有提醒',
  'audit.checked.fail': '已检查，未通过',
  'audit.checked.waiting': '已保存，等企业微信访问',
  'audit.checked.open': '已保存，未检查',
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
  'audit.checked.pass': 'Checked: passed',
  'audit.checked.warn': 'Checked: mind this',
  'audit.checked.fail': 'Checked: failed',
  'audit.checked.waiting': 'Kept, waiting for WeCom',
  'audit.checked.open': 'Kept, not checked',
}
