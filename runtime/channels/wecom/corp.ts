import type { Answer, Call } from './call.ts'
import { UNREADABLE, WecomError } from './error.ts'
import { asNumber, asRecord, asText } from './message.ts'

/** What the application may see and where it may be used. */
export interface WecomAgent {
  readonly name: string
  /** 可信域名; empty when none is set. */
  readonly trustedDomain: string
  /** Members and departments that were made visible one by one. */
  readonly users: readonly string[]
  readonly departments: readonly number[]
}

/** A 微信客服 account; `managed`: by this application, so that it may read and send. */
export interface KfAccount {
  readonly openKfId: string
  readonly name: string
  readonly managed: boolean
}

/** A member the application may see, with the ids of their departments. */
export interface WecomMember {
  readonly userId: string
  readonly name: string
  readonly departments: readonly number[]
}

/** How the corp is set up, as far as the application may know; every method throws WecomError. */
export type CorpCalls = {
  readonly agent: () => Promise<WecomAgent>
  /** The first hundred accounts. */
  readonly kfAccounts: () => Promise<readonly KfAccount[]>
  /** Names of the departments the application may see, by id. */
  readonly departments: () => Promise<ReadonlyMap<number, string>>
  /** The members of a department and of those below. */
  readonly members: (department: number) => Promise<readonly WecomMember[]>
}

const MAX_ACCOUNTS = 100

export function corpCalls(call: Call, agentId: number): CorpCalls {
  return {
    agent: async () => {
      const answer = await call('/cgi-bin/agent/get', undefined, { agentid: String(agentId) })
      const users = listOf(asRecord(answer['allow_userinfos'])?.['user'] ?? [], 'agent/get')
      const departments = asRecord(answer['allow_partys'])?.['partyid'] ?? []
      return {
        name: asText(answer['name']) ?? '',
        trustedDomain: asText(answer['redirect_domain']) ?? '',
        users: users.flatMap(user => asText(user['userid']) ?? []),
        departments: Array.isArray(departments)
          ? departments.flatMap((id: unknown) => asNumber(id) ?? [])
          : [],
      }
    },
    kfAccounts: async () => {
      const answer = await call('/cgi-bin/kf/account/list', { offset: 0, limit: MAX_ACCOUNTS })
      return listOf(answer['account_list'] ?? [], 'kf/account/list').flatMap(account => {
        const openKfId = asText(account['open_kfid'])
        const managed = account['manage_privilege'] === true
        return openKfId ? [{ openKfId, name: asText(account['name']) ?? openKfId, managed }] : []
      })
    },
    departments: async () => {
      const answer = await call('/cgi-bin/department/list', undefined)
      const rows = listOf(answer['department'] ?? [], 'department/list').flatMap(row => {
        const id = asNumber(row['id'])
        // Why the id: WeCom tells newer applications no names.
        return id === undefined ? [] : [[id, asText(row['name']) || String(id)] as const]
      })
      return new Map(rows)
    },
    members: async department => {
      const query = { department_id: String(department), fetch_child: '1' }
      const answer = await call('/cgi-bin/user/simplelist', undefined, query)
      return listOf(answer['userlist'] ?? [], 'user/simplelist').flatMap(row => {
        const userId = asText(row['userid'])
        const departments = Array.isArray(row['department']) ? row['department'] : []
        return userId
          ? [
              {
                ...{ userId, name: asText(row['name']) || userId },
                departments: departments.flatMap((id: unknown) => asNumber(id) ?? []),
              },
            ]
          : []
      })
    },
  }
}

function listOf(value: unknown, api: string): Answer[] {
  if (!Array.isArray(value)) throw new WecomError(UNREADABLE, `${api} gave no list`)
  return value.flatMap((entry: unknown) => {
    const row = asRecord(entry)
    return row ? [row] : []
  })
}
