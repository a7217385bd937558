/** Somebody on the demo desk; `login` is also the name of their phone. */
export interface DemoPerson {
  readonly login: string
  readonly name: string
  readonly roles: readonly string[]
  readonly teams: readonly string[]
}

export const ADMIN = 'admin'

export const staff: readonly DemoPerson[] = [
  { login: 'chenjia', name: '陈佳', roles: ['导购'], teams: ['客诉组', '公共池'] },
  { login: 'linyue', name: '林悦', roles: ['导购'], teams: ['客诉组', 'VIP客服组'] },
  { login: 'qianping', name: '钱萍', roles: ['导购'], teams: ['VIP客服组', '公共池'] },
  { login: 'zhaomin', name: '赵敏', roles: ['店长'], teams: [] },
  { login: 'sunlei', name: '孙磊', roles: ['品控'], teams: [] },
  { login: 'wugang', name: '吴刚', roles: ['大区经理'], teams: [] },
  { login: 'zhengning', name: '郑宁', roles: ['总部'], teams: [] },
]

export const stores = [
  { key: 'S001', name: '南京西路店', 等级: 'A', 业态: '直营' },
  { key: 'S002', name: '徐家汇店', 等级: 'A', 业态: '直营' },
  { key: 'S003', name: '五角场店', 等级: 'B', 业态: '直营' },
  { key: 'S004', name: '苏州观前店', 等级: 'B', 业态: '加盟' },
  { key: 'S005', name: '杭州湖滨店', 等级: 'C', 业态: '加盟' },
] as const

const names =
  '王芳 李娜 张伟 刘洋 陈静 杨磊 黄婷 周杰 吴倩 徐强 孙丽 马超 朱琳 胡敏 郭涛 何颖 高飞 罗兰 梁宇 宋佳'
const tiers = ['普通', '银卡', '普通', '金卡', '普通', 'VIP'] as const

export const customers = names.split(' ').map((name, index) => ({
  key: `C${String(index + 1).padStart(3, '0')}`,
  externalId: `wm-c${String(index + 1).padStart(3, '0')}`,
  name,
  等级: tiers[index % tiers.length]!,
  积分: (index * 370) % 5_000,
}))
export type DemoCustomer = (typeof customers)[number]
