import { explainCode } from '#dsl/reference'
import type { CommandOptions } from './source.ts'

/** `axle explain AX4104`: the long help of a diagnostic, with an example both ways. */
export function explain(code: string, options: CommandOptions): number {
  const wanted = code.toUpperCase().replace(/^(?=\d)/, 'AX')
  const language = options.lang === 'en' ? 'en' : 'zh'
  const text = explainCode(wanted, language)
  if (text === undefined) {
    console.error(
      language === 'en'
        ? `There is no code ${code}; a code reads AX4104.`
        : `没有「${code}」这个编号；编号写成 AX4104 这样。`,
    )
    return 2
  }
  console.log(options.json ? JSON.stringify({ code: wanted, text }) : text)
  return 0
}
