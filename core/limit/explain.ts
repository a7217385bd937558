import { localDate, localTime } from '#core/values'
import type { Judgement, Reason } from './judge.ts'

/** What a person reads about a judgement: one sentence per reason, rows counted from 1, instants in the desk's zone. */
export function explainJudgement(
  { reasons }: Pick<Judgement, 'reasons'>,
  zone: string,
): { readonly zh: readonly string[]; readonly en: readonly string[] } {
  const told = reasons.map(reason => sentence(reason, zone))
  return { zh: told.map(([zh]) => zh), en: told.map(([, en]) => en) }
}

const perWords = { day: ['每天', 'a day'], week: ['每周', 'a week'], month: ['每月', 'a month'] } as const

function sentence(reason: Reason, zone: string): readonly [zh: string, en: string] {
  const until = 'until' in reason ? `${localDate(reason.until, zone)} ${localTime(reason.until, zone)}` : ''
  switch (reason.reason) {
    case 'row':
      return [
        `「${reason.limit}」第 ${reason.row + 1} 行允许`,
        `row ${reason.row + 1} of “${reason.limit}” allows it`,
      ]
    case 'quiet':
      return [
        `静默时段 ${reason.from}–${reason.to}（「${reason.limit}」第 ${reason.row + 1} 行），到 ${until}`,
        `quiet hours ${reason.from}–${reason.to} (row ${reason.row + 1} of “${reason.limit}”), until ${until}`,
      ]
    case 'cap': {
      const [zh, en] = perWords[reason.per]
      return [
        `已达上限：${zh} ${reason.cap} 条，已占 ${reason.used} 条（「${reason.limit}」第 ${reason.row + 1} 行），到 ${until}`,
        `the cap of ${reason.cap} ${en} is reached with ${reason.used} (row ${reason.row + 1} of “${reason.limit}”), until ${until}`,
      ]
    }
    case 'skip':
      return [
        `「${reason.limit}」第 ${reason.index + 1} 条 skip 成立`,
        `skip ${reason.index + 1} of “${reason.limit}” holds`,
      ]
    case 'word':
      return [
        `文案含「${reason.lexicon}」的「${reason.word}」${reason.act === 'block' ? '，禁止发送' : '，提醒'}`,
        `the text holds “${reason.word}” of “${reason.lexicon}”${reason.act === 'block' ? ': not sent' : ': a warning'}`,
      ]
    case 'too-late':
      return [`要等到 ${until}，太晚了，不再发送`, `it would have to wait until ${until}: too late to send`]
  }
}
