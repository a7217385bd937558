import type { Blueprint } from '#core/blueprint'

/** Says things in one language, with the pack's names as people read them. */
export interface Speaker {
  readonly lang: 'zh' | 'en'
  /** A place, an end, a role … by its qualified name, part by part: `报修.受理`. */
  readonly name: (qualified: string) => string
}

export function speakerOf({ labels }: Blueprint, lang: 'zh' | 'en'): Speaker {
  const known = labels[lang] ?? {}
  const nameOf = (parts: readonly string[]): string => {
    const whole = known[parts.join('.')]
    if (parts.length <= 1) return whole ?? parts[0] ?? ''
    const last = parts.at(-1)!
    // Why left out: the word that ends stand under is one of the language, and no pack has a name for it.
    if (last === '结束') return nameOf(parts.slice(0, -1))
    return `${nameOf(parts.slice(0, -1))}.${whole ?? known[`${parts[0]}.${last}`] ?? known[last] ?? last}`
  }
  const name = (qualified: string) => {
    if (qualified === 'customer') return lang === 'zh' ? '客户' : 'customer'
    return lang === 'zh' ? qualified : nameOf(qualified.split('.'))
  }
  return { lang, name }
}

/** A length of time in minutes: `12 分钟`, `3.5 小时`, `2.1 天`. */
export function lengthText({ lang }: Speaker, minutes: number): string {
  const [value, zh, en] =
    minutes < 120
      ? [minutes, '分钟', 'min']
      : minutes < 2880
        ? [minutes / 60, '小时', 'h']
        : [minutes / 1440, '天', 'd']
  return `${Math.round(value * 10) / 10} ${lang === 'zh' ? zh : en}`
}

export function percentText(share: number): string {
  return `${Math.round(share * 1000) / 10}%`
}
