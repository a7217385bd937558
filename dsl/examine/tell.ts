import type { Blueprint } from '#core/blueprint'
import { localDate, localTime } from '#core/values'
import type { Language } from '#dsl/diagnostics'
import type { Happened } from './story.ts'

type Words = readonly [zh: string, en: string]

const words: Readonly<Record<string, Words>> = {
  opened: ['打开', 'opened'],
  'fields-filled': ['填写 {fields}', 'filled {fields}'],
  'node-entered': ['进入 {node}', 'entered {node}'],
  'node-left': ['离开 {node}（{event}）', 'left {node} ({event})'],
  'clock-started': ['{node} 的时限 {clock} 开始', 'clock {clock} of {node} started'],
  'clock-reached': ['{node} 的时限 {clock} 到 {share}', 'clock {clock} of {node} reached {share}'],
  assigned: ['{node} 派给 {assignee}（{team}）', '{node} given to {assignee} ({team})'],
  marked: ['标为{priority}', 'marked {priority}'],
  escalated: ['{node} 升级 {to}', '{node} escalated to {to}'],
  notified: ['通知 {to}', 'told {to}'],
  'customer-told': ['告诉客户“{text}”', 'told the customer “{text}”'],
  replied: ['回复客户“{text}”', 'answered the customer “{text}”'],
  noted: ['备注“{text}”', 'noted “{text}”'],
  'region-entered': ['同时进行 {branches}', 'began {branches} at once'],
  'branch-done': ['{branch} 完成', '{branch} is done'],
  'region-left': ['离开 {parallel}', 'left {parallel}'],
  priced: ['{price} 计为 {total}', '{price} came to {total}'],
  unpriced: ['{price} 算不出：{line} {step}', '{price} has no value: {line} {step}'],
  settled: ['{settlement} 分账 {base}', '{settlement} divided {base}'],
  'action-started': ['执行 {action}', 'ran {action}'],
  'action-ended': ['{action} 结果 {outcome}', '{action} ended in {outcome}'],
  closed: ['结束：{outcome}', 'closed: {outcome}'],
  'sop-enrolled': ['客户进入', 'the customer entered'],
  'sop-sent': ['{step} 发出“{text}”', '{step} sent “{text}”'],
  'sop-deferred': ['{step} 推迟（{reasons}）', '{step} put off ({reasons})'],
  'sop-dropped': ['{step} 不发（{reasons}）', '{step} not sent ({reasons})'],
  'sop-held': ['{step} 暂停，不发', '{step} held: the SOP is paused'],
  'sop-todo': ['{step} 待办“{text}”', '{step} to do “{text}”'],
  'sop-ended': ['结束（{status}）', 'ended ({status})'],
}

/** What a story’s tickets went through, a line each: when, which, what. What only the engine keeps is left out. */
export function tellHistory(
  blueprint: Blueprint,
  history: readonly Happened[],
  language: Language,
): string[] {
  const { zone } = blueprint.pack
  return history.flatMap(({ kind, event: { at, happened } }) => {
    const said = words[happened.kind]?.[language === 'zh' ? 0 : 1]
    const text = said?.replace(/\{(\w+)\}/g, (_, key: string) => saidOf(happened, key))
    return text === undefined ? [] : [`${localDate(at, zone)} ${localTime(at, zone)} ${kind} ${text}`]
  })
}

function saidOf(happened: object, key: string): string {
  const value = (happened as Record<string, unknown>)[key] ?? null
  if (key === 'fields')
    return Object.entries(value as object)
      .map(([name, one]) => `${name}=${JSON.stringify(one)}`)
      .join('、')
  if (key === 'share') return `${Math.round(Number(value) * 100)}%`
  return Array.isArray(value) ? value.join('、') : value === null ? '—' : String(value)
}
