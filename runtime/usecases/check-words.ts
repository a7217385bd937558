import type { CheckReply, SaidReply } from '#core/wire'
import { englishList } from './english-list.ts'

/** What a check found: its state, which of its words, and what fills them. */
export interface Finding {
  readonly check: keyof typeof titles
  readonly state: CheckReply['state']
  /** Key of its words below `check.`. */
  readonly finding: string
  readonly params?: Params
  /** Where it is mended, when that is not the check's own page. */
  readonly page?: string
}

/** What fills the words: the same in both languages, or in each its own. */
type Params = Readonly<Record<string, string | number | SaidReply>>

const said = (zh: string, en: string): SaidReply => ({ zh, en })

const titles = {
  wecom: said('企业微信连接', 'Connection to WeCom'),
  callback: said('消息回调', 'Callback'),
  clock: said('服务器时间', 'Clock'),
  pack: said('行业包', 'Pack'),
  roles: said('角色', 'Roles'),
  teams: said('服务组与技能', 'Teams and skills'),
  waiting: said('等人处理的工单', 'Tickets waiting for somebody'),
  records: said('业务档案', 'Records'),
  reach: said('员工能否收到通知', 'Whether staff get notices'),
  actions: said('扩展动作', 'Actions'),
  stalled: said('停在扩展动作的工单', 'Tickets held at actions'),
  secrets: said('密钥', 'Secrets'),
  sources: said('数据来源', 'Sources'),
  jobs: said('后台作业', 'Background jobs'),
  timers: said('时限与定时', 'Timers'),
  sends: said('发出的消息', 'Messages going out'),
  limits: said('群发风控', 'Send gate'),
  links: said('客户链接', 'Links for customers'),
  audit: said('操作记录', 'Audit'),
  backup: said('备份', 'Backups'),
} as const

/** The page where a check is mended. */
const pages: Partial<Record<keyof typeof titles, string>> = {
  ...{ wecom: '/admin/connect', callback: '/admin/connect', reach: '/admin/people' },
  ...{ roles: '/admin/people', teams: '/admin/people', waiting: '/admin/people', records: '/admin/records' },
  ...{
    pack: '/admin/packs',
    actions: '/admin/actions?failed=1',
    secrets: '/admin/actions',
    sources: '/admin/sources',
  },
}

interface Words {
  readonly says: SaidReply
  readonly todo?: SaidReply
}

const words: Readonly<Record<string, Words>> = {
  'wecom.pass': {
    says: said('企业微信应答正常，应用「{app}」。', 'WeCom answers; the application is “{app}”.'),
  },
  'wecom.emulated': {
    says: said(
      '现在接的是模拟的企业微信，消息到不了任何人的手机。',
      'An emulated WeCom is connected: nothing reaches anybody’s phone.',
    ),
    todo: said(
      '试好以后，按五步连接真的企业微信。',
      'Once you have tried it, connect a real one in five steps.',
    ),
  },
  'wecom.none': {
    says: said('还没有连接企业微信。', 'WeCom is not connected yet.'),
    todo: said('按五步连接企业微信。', 'Connect WeCom in five steps.'),
  },
  'wecom.fault': {
    says: said('{zh}', '{en}'),
    todo: said(
      '到“连接企业微信”重新检查，那里会说点哪里。',
      'Check again under “Connect”: it says what to click.',
    ),
  },
  'callback.pass': { says: said('最近一次在 {age}前。', 'The last one came {ageEn} ago.') },
  'callback.never': {
    says: said('还没有收到过企业微信的回调。', 'No callback of WeCom has come yet.'),
    todo: said('用一个客户的微信给客服账号发一句话试试。', 'Write to the account as a customer, to try it.'),
  },
  'callback.old': {
    says: said(
      '最近一次在 {age}前。企业微信只保留三天的消息。',
      'The last one came {ageEn} ago. WeCom keeps messages for three days.',
    ),
    todo: said(
      '检查回调地址能否从公网访问，并在企业微信管理后台重新保存一次。',
      'Check that the callback is reachable from the Internet, and save it in WeCom’s console again.',
    ),
  },
  'clock.pass': { says: said('与{whose}相差 {seconds} 秒。', '{seconds} s apart from {whoseEn}.') },
  'clock.off': {
    says: said(
      '与{whose}相差 {seconds} 秒，超过 300 秒企业微信的回调会被拒绝。',
      '{seconds} s apart from {whoseEn}; beyond 300 s callbacks of WeCom are refused.',
    ),
    todo: said('在服务器上打开时间同步（NTP）。', 'Turn on time synchronisation (NTP) on the server.'),
  },
  'pack.live': {
    says: said('「{pack}」已上线，对外动作全部打开。', '“{pack}” is live with every outward act on.'),
  },
  'pack.silent': {
    says: said('「{pack}」已上线，没有打开的对外动作：{acts}。', '“{pack}” is live; switched off: {acts}.'),
    todo: said('确认这些是有意关着的。', 'Make sure they are off on purpose.'),
  },
  'pack.trial': {
    says: said(
      '「{pack}」在试运行，什么都不会发出去，已拦下 {held} 条。',
      '“{pack}” is in trial: nothing goes out; {held} were held.',
    ),
    todo: said(
      '看过拦下的内容后，逐项打开对外动作。',
      'Look at what was held, then switch the outward acts on one by one.',
    ),
  },
  'pack.none': {
    says: said('没有正在运行的行业包，客户的消息会等着。', 'No pack runs: what customers write waits.'),
    todo: said('安装一个行业包。', 'Install a pack.'),
  },
  'roles.pass': { says: said('每个角色都有人担任。', 'Somebody holds every role.') },
  'roles.open': {
    says: said(
      '没有人担任：{roles}。这些节点上的工单没人能办。',
      'Nobody holds: {roles}. Tickets at their nodes cannot be worked.',
    ),
    todo: said(
      '在“员工”里给人加上角色，或在行业包的“角色对应”里指定部门。',
      'Give the roles to people under “Staff”, or to departments under the pack’s roles.',
    ),
  },
  'teams.pass': {
    says: said(
      '派单要的服务组和技能都有人。',
      'Somebody is in every team and has every skill that routes ask for.',
    ),
  },
  'teams.open': {
    says: said(
      '有 {count} 种派单没有人能接：{places}。这样的工单会一直等着。',
      'Nobody can take {count} kinds of assignment: {places}. Such tickets wait for good.',
    ),
    todo: said(
      '在“员工”里把人加进服务组、补上技能。',
      'Under “Staff”, put people into the teams and give them the skills.',
    ),
  },
  'waiting.pass': { says: said('没有等人处理的工单。', 'No ticket waits for somebody.') },
  'waiting.some': {
    says: said('{count} 处在等人处理。', '{count} places wait for somebody.'),
    todo: said(
      '在工单台的“待分派”里接下，或在“员工”里安排更多人当班。',
      'Take them on the desk under “Unassigned”, or bring more people on shift under “Staff”.',
    ),
  },
  'records.pass': { says: said('工单要用的档案都有了。', 'The records that tickets need are there.') },
  'records.none': {
    says: said(
      '一条也没有：{entities}。要用到它们的工单开不了。',
      'There are none of: {entities}. Tickets that need them cannot be opened.',
    ),
    todo: said('在“业务档案”里填写或导入。', 'Add or import them under “Records”.'),
  },
  'reach.pass': {
    says: said('有角色的员工都能收到企业微信消息。', 'Everybody with a role can be reached in WeCom.'),
  },
  'reach.some': {
    says: said(
      '没有对应的企业微信成员，收不到通知：{names}。',
      'Without a WeCom member, so no notices reach: {names}.',
    ),
    todo: said('在“员工”里填写他们的企业微信成员。', 'Under “Staff”, say which WeCom member each is.'),
  },
  'actions.pass': {
    says: said('最近 24 小时运行 {ran} 次，没有失败。', '{ran} runs within 24 hours, none failed.'),
  },
  'actions.failed': {
    says: said(
      '最近 24 小时失败 {failed} 次（共 {ran} 次）：{names}。',
      '{failed} of {ran} runs failed within 24 hours: {names}.',
    ),
    todo: said(
      '在“扩展动作”里看失败原因；密钥过期或对方系统停机最常见。',
      'See the reasons under “Actions”; an expired secret or the other system being down is the most common.',
    ),
  },
  'stalled.pass': {
    says: said('没有工单停在没有打开的扩展动作。', 'No ticket stands at an action that is switched off.'),
  },
  'stalled.some': {
    says: said(
      '{count} 张工单停在没有打开的{act}。',
      'Tickets that stand at {act}, which is switched off: {count}.',
    ),
    todo: said(
      '在「{pack}」的“上线”里打开它，或由担任这个节点角色的人在工单上处理。',
      'Switch it on under “Go live” of “{pack}”, or let whoever holds the role of its node act on the tickets.',
    ),
  },
  'secrets.pass': {
    says: said('行业包要用的 {count} 个密钥都已设置。', 'All {count} secrets that the pack needs are set.'),
  },
  'secrets.unset': {
    says: said(
      '没有设置：{names}。用到它们的动作会失败，对应来源的消息会被拒绝。',
      'Not set: {names}. Actions that need them fail, and messages of their sources are refused.',
    ),
    todo: said('在“扩展动作”或“数据来源”里设置。', 'Set them under “Actions” or “Sources”.'),
  },
  'secrets.plain': {
    says: said(
      '没有加密就存在数据库里：{names}。拿到数据库备份的人读得出来。',
      'Kept in the database without encryption: {names}. Whoever gets a backup can read them.',
    ),
    todo: said(
      '设置 AXLE_MASTER_KEY 并重启服务，再把这些密钥重新设置一遍。',
      'Set AXLE_MASTER_KEY, start the service again, then set these secrets once more.',
    ),
  },
  'secrets.unreadable': {
    says: said(
      '用另一个 AXLE_MASTER_KEY 加密的，现在读不出来：{names}。',
      'Encrypted under another AXLE_MASTER_KEY, so they cannot be read now: {names}.',
    ),
    todo: said(
      '换回原来的 AXLE_MASTER_KEY，或把这些密钥重新设置一遍。',
      'Go back to the former AXLE_MASTER_KEY, or set these secrets once more.',
    ),
  },
  'sources.pass': {
    says: said('没有读不懂、等着修正的消息。', 'No message waits to be mended.'),
  },
  'sources.dead': {
    says: said(
      '{count} 条消息读不懂，等着修正：{names}。',
      '{count} messages could not be read and wait to be mended: {names}.',
    ),
    todo: said(
      '在“数据来源”里改好后再试，或者不要它们。',
      'Mend them under “Sources” and try again, or leave them out.',
    ),
  },
  'jobs.pass': { says: said('没有失败的作业。', 'No job has failed for good.') },
  'jobs.dead': {
    says: said('{count} 个作业重试后仍然失败。', '{count} jobs failed for good after their retries.'),
    todo: said(
      '看服务日志里的错误；修好后新的作业会正常运行。',
      'See the errors in the service’s log; jobs go on once they are mended.',
    ),
  },
  'timers.pass': { says: said('没有超过一分钟还没处理的时限。', 'No timer is more than a minute late.') },
  'timers.late': {
    says: said('{count} 个时限已经晚了超过一分钟。', '{count} timers are more than a minute late.'),
    todo: said(
      '检查后台进程（AXLE_ROLE=all 或 worker）是否在运行。',
      'Check that a worker (AXLE_ROLE all or worker) is running.',
    ),
  },
  'sends.pass': {
    says: said('最近 24 小时发出 {sent} 条，没有失败。', '{sent} went out within 24 hours, none failed.'),
  },
  'sends.failed': {
    says: said(
      '最近 24 小时失败 {failed} 条；没有连接或没有地址而留下 {stuck} 条{whom}。',
      '{failed} failed within 24 hours; {stuck} stayed for want of a connection or an address{whom}.',
    ),
    todo: said(
      '先看“企业微信连接”和“员工能否收到通知”。',
      'See the connection to WeCom and whether staff get notices first.',
    ),
  },
  'limits.pass': {
    says: said(
      '最近 24 小时拦截 {dropped} 条，顺延 {deferred} 条。',
      'Within 24 hours {dropped} were held back and {deferred} put off.',
    ),
  },
  'limits.paused': {
    says: said('已自动暂停：{sops}。', 'Paused by themselves: {sops}.'),
    todo: said('看投诉原因，处理后再放行。', 'See what the complaints are about before it goes on.'),
  },
  'links.pass': {
    says: said('可以给客户发服务进度链接。', 'Links to their tickets can be sent to customers.'),
  },
  'links.none': {
    says: said(
      '服务启动时没有 AXLE_MASTER_KEY，不能给客户发链接。',
      'The service was started without AXLE_MASTER_KEY: there are no links for customers.',
    ),
    todo: said('设置 AXLE_MASTER_KEY 后重启服务。', 'Set AXLE_MASTER_KEY and start the service again.'),
  },
  'links.unproved': {
    says: said(
      '请客户确认的通知里不会带客户页链接：服务的公网地址还没有验证。',
      'Notices that ask customers bring no link to their page: the public address of the service is not proved.',
    ),
    todo: said(
      '在「连接」第 3 步填公网地址，让企业微信验证；在那以前，用工单上的“复制客户页链接”发给客户。',
      'Give the public address at step 3 of the connection and let WeCom prove it; until then copy the customer’s link on the ticket.',
    ),
  },
  'links.unknown': {
    says: said('服务还没有启动过。', 'The service was never started yet.'),
    todo: said('设置 AXLE_MASTER_KEY 后启动服务。', 'Set AXLE_MASTER_KEY and start the service.'),
  },
  'audit.pass': {
    says: said(
      '{count} 条记录，首尾相接，没有被改动。',
      '{count} rows, each chained to the one before, none altered.',
    ),
  },
  'audit.broken': {
    says: said('第 {seq} 条记录被改动或删除过。', 'Row {seq} was altered or removed.'),
    todo: said(
      '保留现场，对照备份查明谁动过数据库。',
      'Keep things as they are and compare with a backup to find who touched the database.',
    ),
  },
  'backup.unknown': {
    says: said('服务不知道有没有备份。', 'The service does not know whether there are backups.'),
    todo: said(
      '确认数据目录或 PostgreSQL 每天备份，并试着恢复过一次。',
      'Make sure the data folder or PostgreSQL is backed up daily, and that a restore was tried once.',
    ),
  },
}

/** A finding in words. */
export function sayFinding({ check, state, finding, params = {}, page }: Finding): CheckReply {
  const { says, todo } = words[`${check}.${finding}`]!
  const fill = (text: SaidReply): SaidReply => ({
    zh: fillIn(text.zh, params, 'zh'),
    en: fillIn(text.en, params, 'en'),
  })
  return {
    ...{ check, state, title: titles[check], says: fill(says), todo: todo ? fill(todo) : null },
    page: state === 'pass' ? null : (page ?? pages[check] ?? null),
  }
}

const fillIn = (text: string, params: Params, language: keyof SaidReply) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    if (typeof value === 'object') return value[language]
    return language === 'zh' ? String(value) : englishList(String(value))
  })
