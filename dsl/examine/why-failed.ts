import type { RefusalCode } from '#core/desk'
import type { Language } from '#dsl/diagnostics'
import type { ScenarioFailure } from './scenario.ts'

type Words = readonly [zh: string, en: string]

const reasons: Readonly<Record<ScenarioFailure['reason'], Words>> = {
  refused: ['这一步不被允许', 'this step is refused'],
  'not-held': ['期望没有成立', 'what was expected is not so'],
  'no-ticket': ['没有工单停在这个节点', 'no ticket stands at this node'],
  'no-record': ['故事里还没有这样的记录', 'the story has named no such record'],
  calendar: ['节假日表到这一天为止', 'the calendar of holidays ends here'],
}

const refusals: Readonly<Record<RefusalCode, Words>> = {
  'unknown-ticket': ['没有这种工单', 'there is no such ticket'],
  entry: ['工单没有写 entry，客户开不了', 'the ticket has no entry that lets a customer open it'],
  fields: ['字段没有填好', 'the fields are not filled as they must be'],
  'field-forbidden': ['没有权限写这个字段', 'this field may not be written by them'],
  closed: ['工单已经结束', 'the ticket is closed'],
  'not-here': ['工单不在这个节点', 'the ticket does not stand there'],
  role: ['这个角色不能处理这个节点，要', 'this role may not act at the node; it takes'],
  'unknown-transition': ['节点没有这个流转', 'the node has no such transition'],
  'no-way': ['没有一条流转的条件成立', 'no transition’s condition holds'],
  moot: ['已经没有意义', 'it no longer means anything'],
  'nobody-free': ['没有空闲的人', 'nobody is free to take it'],
  'not-assignable': ['不能派给这个人', 'it cannot be given to them'],
  'reply-nobody': ['工单没有客户', 'the ticket has no customer'],
  'reply-long': ['回复太长', 'the answer is too long'],
  subject: ['工单要指明是关于哪条记录的', 'the ticket does not say which record it is about'],
}

/** Why a story broke, in one sentence; what stood on both sides, or which field is to blame, behind it. */
export function whyFailed({ reason, detail }: ScenarioFailure, language: Language): string {
  const at = language === 'zh' ? 0 : 1
  const [code = '', ...rest] = detail.split(' · ')
  const refusal = reason === 'refused' ? refusals[code as RefusalCode] : undefined
  const more = (refusal ? [refusal[at], ...rest] : [detail]).filter(part => part !== '')
  const colon = language === 'zh' ? '：' : ': '
  return [reasons[reason][at], more.join(' ')].filter(part => part !== '').join(colon)
}
