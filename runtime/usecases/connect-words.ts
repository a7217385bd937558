import type { ConnectStepName, SaidReply } from '#core/wire'
import type { Language } from '#dsl/diagnostics'
import {
  API_FORBIDDEN,
  BAD_AGENT,
  BAD_CORP,
  BAD_SECRET,
  FOREIGN_AGENT,
  IP_REFUSED,
  NO_PRIVILEGE,
  type WecomError,
} from '../channels/wecom/index.ts'
import { unreachable, unreachableWords } from './unreachable.ts'

/** Why a check says what it says, with what fills its words. */
export interface Reason {
  readonly reason: string
  readonly params: Readonly<Record<string, string>>
}

interface Words {
  readonly says: SaidReply
  /** What to click in WeCom's console, in order. */
  readonly todo: readonly SaidReply[]
}

const app = {
  zh: '打开企业微信管理后台 → 应用管理 → 自建 → 本应用',
  en: 'WeCom console → Apps → Self-built → this application',
}

const words: Readonly<Record<string, Words>> = {
  ...unreachableWords,
  'corp.open': {
    says: { zh: '还没有填写。', en: 'Not filled in yet.' },
    todo: [
      {
        zh: '企业 ID：企业微信管理后台 → 我的企业 → 企业信息，最下面一行',
        en: 'Corp id: WeCom console → My company → Company information, last line',
      },
      {
        zh: 'Secret 和 AgentId：应用管理 → 自建 → 本应用（没有就先“创建应用”）',
        en: 'Secret and AgentId: Apps → Self-built → this application (create one first)',
      },
    ],
  },
  'corp.pass': {
    says: { zh: '已连上企业微信，应用「{app}」。', en: 'WeCom answers; the application is “{app}”.' },
    todo: [],
  },
  'corp.kept': {
    says: { zh: '正在使用的企业是「{corp}」。', en: 'The company in use is “{corp}”.' },
    todo: [],
  },
  'account.kept': {
    says: { zh: '正在使用的客服账号是「{account}」。', en: 'The account in use is “{account}”.' },
    todo: [],
  },
  'callback.kept': {
    says: { zh: '正在使用的回调设置不变。', en: 'The callback in use stays as it is.' },
    todo: [],
  },
  'account.open': {
    says: { zh: '还没有选客服账号。', en: 'No account was chosen yet.' },
    todo: [
      {
        zh: '企业微信管理后台 → 应用管理 → 微信客服：先创建一个客服账号',
        en: 'WeCom console → Apps → Customer service: create an account',
      },
      {
        zh: '同一页 → API → 可调用接口的应用：勾选本应用；再把账号交给 API 管理',
        en: 'Same page → API → applications that may call: tick this one; then hand the account to the API',
      },
    ],
  },
  'account.pass': {
    says: { zh: '客服账号「{name}」可以收发消息。', en: 'The account “{name}” can receive and send.' },
    todo: [],
  },
  'account.none': {
    says: { zh: '还没有客服账号。', en: 'There is no account yet.' },
    todo: [
      {
        zh: '企业微信管理后台 → 应用管理 → 微信客服 → 创建账号，再回来检查',
        en: 'WeCom console → Apps → Customer service → Create account, then check again',
      },
    ],
  },
  'account.choose': {
    says: { zh: '找到 {count} 个客服账号，请选一个。', en: '{count} accounts were found; choose one.' },
    todo: [],
  },
  'account.gone': {
    says: { zh: '找不到选中的客服账号。', en: 'The chosen account is not there.' },
    todo: [{ zh: '从列表里重新选一个', en: 'Choose another from the list' }],
  },
  'account.not-managed': {
    says: {
      zh: '客服账号「{name}」没有交给本应用管理，读不到消息。',
      en: 'The account “{name}” is not managed by this application, so its messages cannot be read.',
    },
    todo: [
      {
        zh: '企业微信管理后台 → 微信客服 → API → 通过 API 管理账号：选择该账号和本应用',
        en: 'WeCom console → Customer service → API → manage accounts by API: choose the account and this application',
      },
    ],
  },
  'callback.open': {
    says: { zh: '还没有设置回调。', en: 'The callback is not set yet.' },
    todo: [
      {
        zh: '先填本服务的公网地址，再点“保存并等待企业微信”',
        en: 'Fill in the public address of this service, then “Save and wait for WeCom”',
      },
    ],
  },
  'callback.waiting': {
    says: {
      zh: '等待企业微信访问回调地址。企业微信还没有访问过。',
      en: 'Waiting for WeCom to call. It has not called yet.',
    },
    todo: [
      {
        zh: '企业微信管理后台 → 微信客服 → API → 接收消息和事件 → 设置',
        en: 'WeCom console → Customer service → API → Receive messages and events → Set',
      },
      {
        zh: '把下面的 URL、Token、EncodingAESKey 原样粘贴进去，点“保存”',
        en: 'Paste the URL, Token and EncodingAESKey below as they are, then “Save”',
      },
      {
        zh: '提示“openapi 回调地址请求不通过”：说明这个地址从公网访问不到，检查域名解析、HTTPS 和防火墙',
        en: 'If it says the callback URL cannot be requested: the address is not reachable from the Internet; check DNS, HTTPS and the firewall',
      },
    ],
  },
  'callback.mismatch': {
    says: {
      zh: '企业微信访问到了回调地址，但 Token 或 EncodingAESKey 与这里的不一样。',
      en: 'WeCom reached the callback, but with another Token or EncodingAESKey than here.',
    },
    todo: [
      {
        zh: '把下面的 Token 和 EncodingAESKey 重新复制到企业微信管理后台，再点“保存”',
        en: 'Copy the Token and EncodingAESKey below into WeCom’s console again, then “Save”',
      },
    ],
  },
  'callback.not-reached': {
    says: {
      zh: '模拟的企业微信访问不到 {url}。',
      en: 'The emulated WeCom cannot reach {url}.',
    },
    todo: [{ zh: '检查公网地址是不是本服务的地址', en: 'Check that the address is this service’s' }],
  },
  'callback.pass': {
    says: { zh: '企业微信已访问回调地址，并收到正确的回应。', en: 'WeCom called and got the right answer.' },
    todo: [],
  },
  'domain.open': {
    says: { zh: '还没有检查。', en: 'Not checked yet.' },
    todo: [
      {
        zh: `${app.zh} → 网页授权及 JS-SDK → 设置可信域名`,
        en: `${app.en} → Web authorisation → Set the trusted domain`,
      },
    ],
  },
  'domain.none': {
    says: { zh: '应用还没有设置可信域名。', en: 'The application has no trusted domain.' },
    todo: [
      {
        zh: `${app.zh} → 网页授权及 JS-SDK → 设置可信域名：填 {wanted}`,
        en: `${app.en} → Web authorisation → Set the trusted domain: {wanted}`,
      },
    ],
  },
  'domain.other': {
    says: {
      zh: '应用的可信域名是 {domain}，不是本服务的 {wanted}，侧边栏会打不开。',
      en: 'The trusted domain is {domain}, not this service’s {wanted}: the sidebar would not open.',
    },
    todo: [
      {
        zh: `${app.zh} → 网页授权及 JS-SDK → 修改可信域名为 {wanted}`,
        en: `${app.en} → Web authorisation → Change the trusted domain to {wanted}`,
      },
    ],
  },
  'domain.no-url': {
    says: { zh: '还不知道本服务的公网地址。', en: 'The public address of this service is not known yet.' },
    todo: [{ zh: '先完成第 3 步', en: 'Do step 3 first' }],
  },
  'domain.pass': { says: { zh: '可信域名是 {domain}。', en: 'The trusted domain is {domain}.' }, todo: [] },
  'members.open': {
    says: { zh: '还没有检查。', en: 'Not checked yet.' },
    todo: [{ zh: `${app.zh} → 可见范围 → 编辑`, en: `${app.en} → Visible to → Edit` }],
  },
  'members.none': {
    says: {
      zh: '应用对谁都不可见，员工收不到通知。',
      en: 'The application is visible to nobody: staff get no notices.',
    },
    todo: [
      {
        zh: `${app.zh} → 可见范围 → 编辑：选择服务人员所在的部门`,
        en: `${app.en} → Visible to → Edit: choose the departments of your staff`,
      },
    ],
  },
  'members.some': {
    says: {
      zh: '看得到 {count} 位成员；这些员工不在可见范围里，收不到通知：{names}。',
      en: '{count} members are visible; these staff are not and get no notices: {names}.',
    },
    todo: [{ zh: `${app.zh} → 可见范围 → 编辑：加上他们`, en: `${app.en} → Visible to → Edit: add them` }],
  },
  'members.pass': {
    says: { zh: '看得到 {count} 位成员。', en: '{count} members are visible.' },
    todo: [],
  },
  'wecom.bad-corp': {
    says: { zh: '企业 ID 不对。', en: 'The corp id is wrong.' },
    todo: [
      {
        zh: '企业微信管理后台 → 我的企业 → 企业信息，最下面一行“企业 ID”，以 ww 开头',
        en: 'WeCom console → My company → Company information, last line, it begins with ww',
      },
    ],
  },
  'wecom.bad-secret': {
    says: { zh: 'Secret 不对，或不是这个企业的。', en: 'The secret is wrong, or another company’s.' },
    todo: [
      {
        zh: `${app.zh} → Secret → 查看，在手机上确认后复制`,
        en: `${app.en} → Secret → View, confirm on the phone, copy`,
      },
    ],
  },
  'wecom.bad-agent': {
    says: {
      zh: 'AgentId 与 Secret 不是同一个应用的。',
      en: 'AgentId and secret belong to different applications.',
    },
    todo: [
      { zh: `${app.zh}，把 AgentId 和 Secret 一起复制`, en: `${app.en}: copy AgentId and Secret together` },
    ],
  },
  'wecom.ip': {
    says: {
      zh: '企业微信拒绝了本服务的出口 IP：{ip}。',
      en: 'WeCom refuses the address this service calls from: {ip}.',
    },
    todo: [
      {
        zh: `${app.zh} → 企业可信 IP → 配置：加上 {ip}`,
        en: `${app.en} → Trusted IPs → Configure: add {ip}`,
      },
    ],
  },
  'wecom.forbidden': {
    says: { zh: '应用没有调用这组接口的权限。', en: 'The application may not call this part of the API.' },
    todo: [
      {
        zh: '企业微信管理后台 → 微信客服 → API → 可调用接口的应用：勾选本应用',
        en: 'WeCom console → Customer service → API → applications that may call: tick this one',
      },
    ],
  },
  'wecom.no-privilege': {
    says: { zh: '应用看不到这个部门或成员。', en: 'The application may not see this department or member.' },
    todo: [{ zh: `${app.zh} → 可见范围 → 编辑`, en: `${app.en} → Visible to → Edit` }],
  },
  'wecom.other': {
    says: { zh: '企业微信回答错误 {code}：{detail}', en: 'WeCom answers with error {code}: {detail}' },
    todo: [
      {
        zh: '在企业微信的“全局错误码”页查这个号码',
        en: 'Look the number up on WeCom’s page of global error codes',
      },
    ],
  },
  needs: {
    says: { zh: '请先完成第 1 步。', en: 'Do step 1 first.' },
    todo: [],
  },
}

/** A call that failed, as a reason. */
export function reasonOf(error: WecomError, baseUrl: string): Reason {
  const reason = unreachable(error) ?? byCode[error.code] ?? 'wecom.other'
  const [, ip = '?'] = /from ip: ([0-9a-fA-F.:]+)/.exec(error.message) ?? []
  const why = /^\d+$/.test(error.why ?? '') ? `HTTP ${error.why}` : (error.why ?? 'JSON')
  return {
    reason,
    params: { ip, baseUrl, host: hostOf(baseUrl), why, code: String(error.code), detail: error.message },
  }
}

const hostOf = (baseUrl: string) => (URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl)

const byCode: Readonly<Record<number, string>> = {
  ...{ [BAD_CORP]: 'wecom.bad-corp', [BAD_SECRET]: 'wecom.bad-secret', [IP_REFUSED]: 'wecom.ip' },
  ...{ [BAD_AGENT]: 'wecom.bad-agent', [FOREIGN_AGENT]: 'wecom.bad-agent' },
  ...{ [API_FORBIDDEN]: 'wecom.forbidden', [NO_PRIVILEGE]: 'wecom.no-privilege' },
}

/** What to do where there is no console of WeCom to send people to. */
const inEmulator: Readonly<Record<string, readonly SaidReply[]>> = {
  'callback.waiting': [{ zh: '点下面的“在模拟器里点‘保存’”', en: 'Press “Save” in the emulator below' }],
  'callback.mismatch': [{ zh: '点下面的“在模拟器里点‘保存’”', en: 'Press “Save” in the emulator below' }],
  ...Object.fromEntries(
    ['open', 'none', 'other'].map(finding => [
      `domain.${finding}`,
      [
        {
          zh: '先完成第 3 步，再点下面的“在模拟器里设置可信域名”',
          en: 'Do step 3, then set the domain below',
        },
        { zh: '再点“检查”', en: 'Then “Check”' },
      ],
    ]),
  ),
  ...Object.fromEntries(
    ['open', 'none', 'some'].map(finding => [
      `members.${finding}`,
      [
        {
          zh: '模拟器里的成员就是本企业填了企业微信 UserID 的员工：在“员工”里填写，再点“检查”',
          en: 'The emulator’s members are this desk’s staff with a WeCom user id: fill it in under “Staff”, then “Check”',
        },
      ],
    ]),
  ),
}

/** What a reason says, and what to click; of a step without a reason what it asks for. */
export function sayReason(step: ConnectStepName, reason: Reason | null, emulated = false): Words {
  const name = reason?.reason ?? `${step}.open`
  const { says, todo: real } = words[name]!
  const todo = (emulated ? inEmulator[name] : undefined) ?? real
  const params = reason?.params ?? {}
  const fill = (said: SaidReply): SaidReply => ({
    zh: fillIn(said.zh, params),
    en: fillIn(said.en, params),
  })
  return { says: fill(says), todo: todo.map(fill) }
}

const fillIn = (text: string, params: Readonly<Record<string, string>>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')

/** The words of a reason in one language. */
export const reasonText = (step: ConnectStepName, reason: Reason, language: Language): string =>
  sayReason(step, reason).says[language]
