import { catalogue, examples, type DiagnosticCode, type Language } from '#dsl/diagnostics'

const words = {
  zh: { error: '错误', warning: '提醒', next: '下一步', bad: '会报', good: '改成', title: '检查结果' },
  en: {
    error: 'error',
    warning: 'warning',
    next: 'Next',
    bad: 'Earns it',
    good: 'Mended',
    title: 'Diagnostics',
  },
} as const

/** The long help of a code in Markdown: what it means, what to do, and an example both ways; undefined for no such code. */
export function explainCode(code: string, language: Language): string | undefined {
  if (!Object.hasOwn(catalogue, code)) return undefined
  const entry = catalogue[code as DiagnosticCode]
  const { bad, good } = examples[code as DiagnosticCode]
  const said = words[language]
  return [
    `## ${code} ${entry.slug}`,
    `${said[entry.severity]}: ${readable(entry[language])}`,
    `${said.next}: ${readable(entry.help[language])}`,
    `${said.bad}:\n\n${fence(bad)}`,
    `${said.good}:\n\n${fence(good)}`,
  ].join('\n\n')
}

/** The page of all codes. */
export function diagnosticsPage(language: Language): string {
  const codes = Object.keys(catalogue).sort()
  return [`# ${words[language].title}`, ...codes.map(code => explainCode(code, language)!), ''].join('\n\n')
}

/** `{name}` stands for what the finding names. */
function readable(template: string): string {
  return template.replace(/\{\w+\}/g, '…')
}

const fence = (text: string) => `\`\`\`axle-part\n${text}\n\`\`\``
