import type { Words } from '#core/otherwise'
import type { Otherwise } from './why-not.ts'

const lacking = {
  role: { zh: '有这个角色', en: 'holds the role' },
  team: { zh: '在这个服务组', en: 'is in the team' },
  skill: { zh: '有所需技能', en: 'has the skill' },
  store: { zh: '属于这家门店', en: 'is of the store' },
  shift: { zh: '在班', en: 'is on shift' },
} as const

/** "若员工乙在手 ≤ 4，就会派给他". */
export function whyNotWords(name: string, { lacks, loadAtMost }: Otherwise): Words {
  const parts: Words[] = [
    ...lacks.map(lack => lacking[lack]),
    ...(loadAtMost === null ? [] : [{ zh: `在手 ≤ ${loadAtMost}`, en: `holds ≤ ${loadAtMost}` }]),
  ]
  return {
    zh: `若${name}${parts.map(({ zh }) => zh).join('、')}，就会派给他`,
    en: `if ${name} ${parts.map(({ en }) => en).join(' and ')}, it goes to them`,
  }
}
