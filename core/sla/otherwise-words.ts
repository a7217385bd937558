import { changeWords, supposed, type Change, type Place, type Words, type World } from '#core/otherwise'
import { localDate, localTime } from '#core/values'
import { CLOCK_ENDED, CLOCK_STARTED, type ClockOtherwise } from './otherwise.ts'

/** "若提前 12 分钟（03-02 14:08 前）处理完，就按时了". */
export function clockOtherwiseWords(world: World, { changes, late }: ClockOtherwise): Words {
  const { zh, en } = supposed(changes.map(change => instantWords(world, change)))
  return late
    ? { zh: `${zh}，就超时了`, en: `${en}, it is late` }
    : { zh: `${zh}，就按时了`, en: `${en}, it is in time` }
}

function instantWords(world: World, change: Change<Place>): Words {
  const { name, from, to } = change
  const [what] = name.path
  if (what !== CLOCK_ENDED && what !== CLOCK_STARTED) return changeWords(world, change)
  const by = minutesWords(Math.abs((to as number) - (from as number)))
  const moment = `${localDate(to as number, world.zone).slice(5)} ${localTime(to as number, world.zone)}`
  const isEarlier = (to as number) < (from as number)
  const zhWay = isEarlier ? '早' : '晚'
  const enWay = isEarlier ? 'earlier' : 'later'
  return what === CLOCK_ENDED
    ? { zh: `${zhWay} ${by.zh}（${moment}）完成`, en: `done ${by.en} ${enWay} (${moment})` }
    : {
        zh: `${zhWay} ${by.zh}（${moment}）${isEarlier ? '' : '才'}开始`,
        en: `started ${by.en} ${enWay} (${moment})`,
      }
}

/** A length of time rounded up to minutes, the largest two units. */
function minutesWords(ms: number): Words {
  const minutes = Math.ceil(ms / 60_000)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  const parts = [
    [days, '天', 'd'],
    [hours, '小时', 'h'],
    [rest, '分钟', 'min'],
  ] as const
  const said = parts.filter(([count]) => count > 0).slice(0, 2)
  return {
    zh: said.map(([count, unit]) => `${count} ${unit}`).join(' ') || '片刻',
    en: said.map(([count, , unit]) => `${count} ${unit}`).join(' ') || 'a moment',
  }
}
