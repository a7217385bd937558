import type { SaidReply } from '#core/wire'
import { HTTP_FAULT, NO_ANSWER, UNREADABLE, type WecomError } from '../channels/wecom/index.ts'

/** Why WeCom could not be reached, as a key of `unreachableWords`; undefined for what WeCom itself answered. */
export function unreachable({ code, why = '' }: WecomError): string | undefined {
  if (code === UNREADABLE) return 'wecom.not-wecom'
  if (code === HTTP_FAULT) return byStatus(Number(why))
  return code === NO_ANSWER ? (byFault.find(([is]) => is.test(why))?.[1] ?? 'wecom.no-answer') : undefined
}

function byStatus(status: number): string {
  if (status === 403 || status === 407 || status === 451) return 'wecom.blocked'
  return status >= 500 || status === 429 ? 'wecom.down' : 'wecom.not-wecom'
}

/** What Node calls faults of the network and of TLS. */
const byFault: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|ERR_INVALID_URL)$/, 'wecom.no-host'],
  [/^(ECONNREFUSED|ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'wecom.refused'],
  [/^(TimeoutError|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR_\w*TIMEOUT)$/, 'wecom.silent'],
  [/CERT|SSL|TLS|SELF_SIGNED|^UNABLE_TO_(GET|VERIFY)|^EPROTO$/, 'wecom.certificate'],
]

interface Words {
  readonly says: SaidReply
  readonly todo: readonly SaidReply[]
}

const rightAddress: SaidReply = {
  zh: '点“更多”，把“企业微信接口地址”改回 https://qyapi.weixin.qq.com（只有私有部署的企业微信才用别的地址）',
  en: 'Under “More”, set the address of the WeCom API back to https://qyapi.weixin.qq.com (only private installations have another)',
}
const askOperator = (zh: string, en: string): SaidReply => ({
  zh: `地址没错的话，请管服务器的人${zh}`,
  en: `If the address is right, ask whoever runs the server to ${en}`,
})

/** What each of them says, and what to do about it; filled with `host`, `baseUrl`, `why`. */
export const unreachableWords: Readonly<Record<string, Words>> = {
  'wecom.no-host': {
    says: {
      zh: '找不到「{host}」：接口地址写错了，或服务器查不到这个域名。',
      en: '“{host}” cannot be found: the address is wrong, or the server cannot look it up.',
    },
    todo: [rightAddress, askOperator('检查服务器的 DNS 设置', 'check its DNS settings')],
  },
  'wecom.refused': {
    says: {
      zh: '「{host}」拒绝了连接：那里没有企业微信的接口，或防火墙不让访问。',
      en: '“{host}” refused the connection: WeCom’s API is not there, or a firewall is in the way.',
    },
    todo: [
      rightAddress,
      askOperator('让服务器能访问这个地址（防火墙、出口设置）', 'let it reach this address (firewall)'),
    ],
  },
  'wecom.silent': {
    says: {
      zh: '「{host}」没有在 5 秒内回答。',
      en: '“{host}” did not answer within 5 seconds.',
    },
    todo: [
      { zh: '过一分钟再检查一次', en: 'Check again in a minute' },
      rightAddress,
      askOperator('检查服务器能不能上外网', 'check that it reaches the Internet'),
    ],
  },
  'wecom.certificate': {
    says: {
      zh: '「{host}」的安全证书不可信，或不是它自己的，所以没有把 Secret 发过去。',
      en: 'The certificate of “{host}” cannot be trusted or is another’s, so the secret was not sent.',
    },
    todo: [
      rightAddress,
      askOperator(
        '看看是不是公司的代理换掉了证书（可用 NODE_EXTRA_CA_CERTS 信任它），服务器时间对不对',
        'see whether a company proxy replaces certificates (NODE_EXTRA_CA_CERTS can trust it), and whether its clock is right',
      ),
    ],
  },
  'wecom.not-wecom': {
    says: {
      zh: '「{host}」有回答，但不是企业微信的接口（{why}）：接口地址填错了。',
      en: '“{host}” answers, but it is not WeCom’s API ({why}): the address is wrong.',
    },
    todo: [
      rightAddress,
      {
        zh: '地址只到域名为止，后面不加路径；不是管理后台的网址 work.weixin.qq.com',
        en: 'It ends with the domain, no path after it, and is not the console’s work.weixin.qq.com',
      },
    ],
  },
  'wecom.blocked': {
    says: {
      zh: '去「{host}」的路上被拦下了（{why}）：公司的代理或防火墙不让访问。',
      en: 'On the way to “{host}” something refused ({why}): a company proxy or firewall.',
    },
    todo: [
      {
        zh: '请管服务器的人放行 {baseUrl}',
        en: 'Ask whoever runs the server to allow {baseUrl}',
      },
      rightAddress,
    ],
  },
  'wecom.down': {
    says: {
      zh: '企业微信现在出错或太忙（{why}）。',
      en: 'WeCom has a fault or is too busy just now ({why}).',
    },
    todo: [{ zh: '过几分钟再检查一次', en: 'Check again in a few minutes' }, rightAddress],
  },
  'wecom.no-answer': {
    says: { zh: '连不上「{host}」（{why}）。', en: '“{host}” cannot be reached ({why}).' },
    todo: [rightAddress, askOperator('检查服务器能不能访问 {baseUrl}', 'check that it reaches {baseUrl}')],
  },
}
