import type { DeliveryReply } from '#core/wire'
import { t, tMaybe } from '../text/text.ts'
import type { Line } from './timeline.ts'

type Said = Pick<Line, 'words' | 'tone'> & Partial<Pick<Line, 'quote' | 'again'>>

/** An answer by staff, with what became of it. */
export function repliedLine(delivery: DeliveryReply | undefined, who: string, text: string): Said {
  const { state, reason } = delivery ?? { state: 'queued', reason: null }
  const isUnderWay = ['queued', 'cleared', 'sending'].includes(state)
  const word = `event.replied.${isUnderWay ? 'queued' : state}`
  const base = tMaybe(word, t('event.replied.held', { who }), { who })
  const words =
    state === 'held' || state === 'failed'
      ? tMaybe(`${word}.${reason ?? ''}`, withReason(base, reason), { who })
      : base
  const isOut = isUnderWay || state === 'sent' || state === 'waiting'
  return { words, quote: text, tone: isOut ? 'strong' : 'bad', ...againOf(delivery) }
}

export const notedLine = (who: string, text: string): Said => ({
  ...{ words: t('event.noted', { who }), quote: text, tone: 'note' },
})

/** What a message that may be sent once more is known by. */
export const againOf = (delivery: DeliveryReply | undefined): Pick<Said, 'again'> =>
  delivery?.again && delivery.id !== null ? { again: delivery.id } : {}

/** Words with why a message did not go; a code of WeCom has words where people meet it. */
export function withReason(words: string, reason: string | null): string {
  if (reason === null) return words
  const code = Number(reason) < 0 ? t('unsent.silent') : t('unsent.code', { code: reason })
  return t('event.because', { words, why: tMaybe(`unsent.${reason}`, code) })
}
