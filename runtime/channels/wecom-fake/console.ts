import { done, fault, type Answer, type Fields } from './answer.ts'

/** What a corp's administrator set in WeCom's own console; change its fields at any time. */
export type WecomConsole = {
  /** Whether 企业可信IP holds the address calls come from; `address` is the one WeCom sees. */
  ipTrusted: boolean
  address: string
  /** Whether the application is among 微信客服’s 可调用接口的应用. */
  kfAllowed: boolean
  /** 可信域名; empty for none. */
  trustedDomain: string
  kfAccounts: { openKfId: string; name: string; managed: boolean }[]
  departments: { id: number; name: string }[]
  members: { userId: string; name: string; departments: number[] }[]
  /** 可见范围: members one by one, and departments. */
  visible: { users: string[]; departments: number[] }
}

/** A console in which everything is allowed and nothing is set. */
export function emptyConsole(): WecomConsole {
  return {
    ...{ ipTrusted: true, address: '203.0.113.7', kfAllowed: true, trustedDomain: '' },
    ...{ kfAccounts: [], departments: [], members: [], visible: { users: [], departments: [] } },
  }
}

/** The answers that depend on the console. */
export type ConsoleDesk = {
  /** The refusal of a call to an API, or undefined when the console lets it through. */
  readonly refusal: (api: string) => Answer | undefined
  readonly agent: (request: Fields) => Answer
  readonly accounts: () => Answer
  readonly departments: () => Answer
  readonly members: (request: Fields) => Answer
}

export function createConsoleDesk(console: WecomConsole, agentId: number | undefined): ConsoleDesk {
  const isVisible = ({ userId, departments }: WecomConsole['members'][number]) =>
    console.visible.users.includes(userId) || departments.some(id => console.visible.departments.includes(id))
  return {
    refusal: api => {
      if (!console.ipTrusted) {
        const said = fault(60020)
        return { ...said, errmsg: `${said.errmsg}, hint: [0], from ip: ${console.address}` }
      }
      return api.startsWith('/cgi-bin/kf/') && !console.kfAllowed ? fault(48002) : undefined
    },
    agent: ({ agentid }) => {
      if (agentId !== undefined && Number(agentid) !== agentId) return fault(301002)
      const { visible, trustedDomain } = console
      return done({
        ...{ agentid: Number(agentid), name: '服务中枢', redirect_domain: trustedDomain },
        allow_userinfos: { user: visible.users.map(userid => ({ userid })) },
        allow_partys: { partyid: visible.departments },
      })
    },
    accounts: () =>
      done({
        account_list: console.kfAccounts.map(({ openKfId, name, managed }) => ({
          ...{ open_kfid: openKfId, name, avatar: '', manage_privilege: managed },
        })),
      }),
    departments: () =>
      done({ department: console.departments.filter(({ id }) => console.visible.departments.includes(id)) }),
    members: ({ department_id: id }) => {
      if (!console.visible.departments.includes(Number(id))) return fault(60011)
      const found = console.members.filter(
        member => member.departments.includes(Number(id)) && isVisible(member),
      )
      return done({
        userlist: found.map(({ userId, name, departments }) => ({
          ...{ userid: userId, name, department: departments },
        })),
      })
    },
  }
}
