/** Somebody on a demo desk; `login` is also the name of their phone. */
export interface DemoPerson {
  readonly login: string
  readonly name: string
  readonly roles: readonly string[]
  readonly teams: readonly string[]
  readonly skills?: readonly string[]
}

export const ADMIN = 'admin'

const names =
  '王芳 李娜 张伟 刘洋 陈静 杨磊 黄婷 周杰 吴倩 徐强 孙丽 马超 朱琳 胡敏 郭涛 何颖 高飞 罗兰 梁宇 宋佳'

/** Customers of every demo desk, by key. */
export const people = names.split(' ').map((name, index) => ({
  key: `C${String(index + 1).padStart(3, '0')}`,
  externalId: `wm-c${String(index + 1).padStart(3, '0')}`,
  name,
}))

/** Staff as rows of login, name, role and teams. */
export function peopleOf(rows: readonly (readonly [string, string, string, ...string[]])[]): DemoPerson[] {
  return rows.map(([login, name, role, ...teams]) => ({ login, name, roles: [role], teams }))
}
