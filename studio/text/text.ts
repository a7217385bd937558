import { en } from './en.ts'
import { zh } from './zh.ts'

export type Word = keyof typeof zh
export type Words = Readonly<Record<Word, string>>
export type Language = 'zh' | 'en'

/** Sent on the window when another language was chosen. */
export const LANGUAGE_EVENT = 'axle-language'
const KEY = 'axle-language'

let current: Language = localStorage.getItem(KEY) === 'en' ? 'en' : 'zh'
document.documentElement.lang = locale()

/**
 * The words of a key in the language of the reader, with its `{name}`s filled; of `{count|place|places}` the first for one, else
 * the second.
 */
export function t(word: Word, params: Readonly<Record<string, string | number>> = {}): string {
  const text = (current === 'en' ? en : zh)[word]
  return text
    .replace(/\{(\w+)\|([^|}]*)\|([^|}]*)\}/g, (_, name: string, one: string, more: string) =>
      Number(params[name]) === 1 ? one : more,
    )
    .replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}

/** The words of a key that is put together at run time; the fallback when there are none. */
export function tMaybe(
  word: string,
  fallback: string,
  params?: Readonly<Record<string, string | number>>,
): string {
  return word in zh ? t(word as Word, params) : fallback
}

export function language(): Language {
  return current
}

export function locale(): 'zh-CN' | 'en' {
  return current === 'en' ? 'en' : 'zh-CN'
}

/** Changes the language of every open page of this browser. */
export function setLanguage(chosen: Language): void {
  current = chosen
  localStorage.setItem(KEY, chosen)
  document.documentElement.lang = locale()
  window.dispatchEvent(new Event(LANGUAGE_EVENT))
}

window.addEventListener('storage', ({ key, newValue }) => {
  if (key === KEY && newValue !== current) setLanguage(newValue === 'en' ? 'en' : 'zh')
})

/** Names one after the other, as the language does it. */
export function listOf(names: readonly string[]): string {
  return names.join(current === 'en' ? ', ' : '、')
}
