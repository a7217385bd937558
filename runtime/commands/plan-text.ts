import type { MissingReply, MoveGroupReply, PlanReply } from '#core/wire'
import type { Language } from '#dsl/diagnostics'

type Words = readonly [zh: string, en: string]

/** What an installation would do, for people: what it may do, what becomes of tickets in flight and of what the desk changed. */
export function planText(plan: PlanReply, language: Language): string {
  const say = (words: Words) => words[language === 'zh' ? 0 : 1]
  const list = (items: readonly string[]) => items.join(say(['、', ', '])) || say(['无', 'none'])
  const { moves, tests, merge } = plan
  const inFlight = moves.groups.map(group => `  ${groupText(group, say, list)}`)
  return [
    say([`${plan.label} 版本 ${plan.version}`, `${plan.label} version ${plan.version}`]),
    say(['可以做：', 'may:']),
    ...plan.permissions.map(one => `  ${one.isNew ? '+ ' : '  '}${one[language]}`),
    say([
      `影响：客户 ${plan.affects.customers} 位，员工 ${plan.affects.staff} 位`,
      `reaches: ${plan.affects.customers} customers, ${plan.affects.staff} staff`,
    ]),
    ...plan.clashes.map(clash => say([`不能安装：${clash.zh}`, `cannot be installed: ${clash.en}`])),
    say(['角色：', 'roles: ']) + list(plan.roles),
    say([
      `测试：${tests.passed} 个通过，未通过：${list(tests.failed)}`,
      `tests: ${tests.passed} passed, failed: ${list(tests.failed)}`,
    ]),
    say([
      `在途工单 ${plan.openTickets} 张：自动转 ${moves.auto}，保持原版本 ${moves.stays + moves.unsaid}，需要对应 ${moves.needsMapping}`,
      `tickets in flight ${plan.openTickets}: ${moves.auto} move, ${moves.stays + moves.unsaid} keep their version, ${moves.needsMapping} need mapping`,
    ]),
    ...inFlight,
    ...(merge ? ownText(merge, say, language) : []),
  ].join('\n')
}

const ways: Readonly<Record<'keep' | 'take' | 'merge' | 'open', Words>> = {
  ...{ keep: ['用本企业的', 'the desk’s'], take: ['用新版的', 'the release’s'] },
  ...{ merge: ['改写过', 'written anew'], open: ['待决定', 'to be decided'] },
}

/** What becomes of what the desk changed itself. */
function ownText(
  { conflicts, closed, errors, broken }: NonNullable<PlanReply['merge']>,
  say: (words: Words) => string,
  language: Language,
): string[] {
  const open = conflicts.filter(({ choice }) => choice === null).length
  return [
    say([
      `本企业自己的改动：${conflicts.length} 处两边都改了，${open} 处待决定；合并后 ${errors} 处错误`,
      `changed by the desk itself: ${conflicts.length} places changed by both, ${open} to be decided; ${errors} errors together`,
    ]),
    ...conflicts.map(one => `  ${one[language]} (${say(ways[one.choice?.how ?? 'open'])})`),
    ...closed.map(one => `  ${one[language]}`),
    ...broken.map(test => `  ${say([`测试因此未通过：${test}`, `fails because of it: ${test}`])}`),
  ]
}

const fates: Readonly<Record<MoveGroupReply['move'], Words>> = {
  auto: ['自动转到新版本', 'move by themselves'],
  stays: ['保持原版本', 'keep their version'],
  unsaid: ['没有为这个版本写 migrate，保持原版本', 'keep their version: nothing is said of it in migrate'],
  'needs-mapping': ['没有去处', 'have no place for'],
}

const missingWords: Readonly<Record<MissingReply['what'], Words>> = {
  ...{ ticket: ['工单', 'ticket'], subject: ['关于的对象', 'subject'], node: ['节点', 'node'] },
  ...{ region: ['并行段', 'region'], action: ['要执行动作的节点', 'node with an action'] },
  ...{ field: ['字段', 'field'], value: ['取值', 'value'] },
}

function groupText(
  { ticket, places, from, count, move, missing, numbers, fits }: MoveGroupReply,
  say: (words: Words) => string,
  list: (items: readonly string[]) => string,
): string {
  const lacks = missing.map(({ what, name }) =>
    say([`${missingWords[what][0]}「${name}」`, `${missingWords[what][1]} “${name}”`]),
  )
  const advice: Words = [
    `；写上 migrate from ${from} {} 就会转到新版本，它们的节点和字段都还在`,
    `; with migrate from ${from} {} they move, as all they hold is there by its name`,
  ]
  const fate = say(fates[move]) + (fits ? say(advice) : '') + (lacks.length > 0 ? ` ${list(lacks)}` : '')
  return say([
    `${ticket}（版本 ${from}）在「${list(places)}」${count} 张 ${list(numbers.map(number => `#${number}`))}：${fate}`,
    `${ticket} (version ${from}) at ${list(places)}: ${count} ${fate} (${list(numbers.map(number => `#${number}`))})`,
  ])
}
