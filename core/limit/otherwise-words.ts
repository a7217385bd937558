import { changeWords, NOW, supposed, type Change, type Place, type Words, type World } from '#core/otherwise'
import { localDate, localTime } from '#core/values'
import { findWords } from './words.ts'
import { SENT_BEFORE, SEND_CHANNEL, SEND_TEXT, type SendOtherwise } from './otherwise.ts'

const outcomes = {
  allow: { zh: '就会立即发送', en: 'it is sent at once' },
  defer: { zh: '就会顺延发送', en: 'it is deferred' },
  drop: { zh: '就会拦截不发', en: 'it is not sent' },
} as const

/** "若等到 2026-03-03 09:00，就会立即发送"; "若没有未结束的「客诉」，…". */
export function sendOtherwiseWords(world: World, { changes, verdict }: SendOtherwise): Words {
  const { zh, en } = supposed(changes.map(change => sendChangeWords(world, change)))
  return { zh: `${zh}，${outcomes[verdict].zh}`, en: `${en}, ${outcomes[verdict].en}` }
}

function sendChangeWords(world: World, change: Change<Place>): Words {
  const { name, from, to } = change
  switch (name.path[0]) {
    case NOW:
      return timeWords(world, from as number, to as number)
    case SENT_BEFORE:
      return countWords((to as number) - (from as number))
    case SEND_CHANNEL:
      return { zh: `改走 ${String(to)}`, en: `it goes by ${String(to)}` }
    case SEND_TEXT:
      return textWords(world, from as string)
    default:
      return changeWords(world, change)
  }
}

function timeWords({ zone }: World, from: number, to: number): Words {
  const moment = `${localDate(to, zone)} ${localTime(to, zone)}`
  return to > from
    ? { zh: `等到 ${moment}`, en: `it waits until ${moment}` }
    : { zh: `早在 ${moment}`, en: `it came by ${moment}` }
}

function countWords(more: number): Words {
  return more > 0
    ? { zh: `之前多发过 ${more} 条`, en: `${more} more had been sent before` }
    : { zh: `之前少发过 ${-more} 条`, en: `${-more} fewer had been sent before` }
}

function textWords({ blueprint }: World, text: string): Words {
  const blocking = Object.values(blueprint.limits).flatMap(({ words }) =>
    words.flatMap(({ lexicon, act }) => (act === 'block' ? (blueprint.lexicons[lexicon] ?? []) : [])),
  )
  const found = [...new Set(findWords(text, blocking).map(({ word }) => word))]
  return {
    zh: `文案不含${found.map(word => `「${word}」`).join('')}`,
    en: `the text holds no ${found.map(word => `“${word}”`).join(' or ')}`,
  }
}
