import { checkPack } from '#dsl/check'
import { sendBounds as boundsOf, type SendBound } from '#core/limit'
import type { Texts } from './texts.ts'

/** The most messages that may come to one customer, by purpose, channel and window; plain data for pages and tools. */
export function sendBounds(texts: Texts): SendBound[] {
  return boundsOf(checkPack(texts).blueprint)
}
