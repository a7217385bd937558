import { builtinWords, type Blueprint, type NodeBlueprint } from '#core/blueprint'
import type { VocabularyReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { EMULATOR_URL } from '../emulator.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import type { Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { notFound } from './problem.ts'
import { wecomAccount } from './wecom-account.ts'

/** What everything the desk's packs name reads as, for pages; without a version there are no words. Throws Problem. */
export function vocabulary(deps: Deps, tenant: string): Promise<VocabularyReply> {
  return deps.store.inTenant(tenant, async tx => {
    const desk = await loadDesk(tx)
    if (!desk) throw notFound()
    const blueprint = wholeDesk(desk)
    const { name, demo, clockOffsetMs } = desk
    const account = await wecomAccount(tx)
    return {
      ...{ connected: account !== undefined, emulated: account?.baseUrl === EMULATOR_URL },
      ...{ name, demo, now: deps.now() + clockOffsetMs, zone: blueprint?.pack.zone ?? 'Asia/Shanghai' },
      customerNodes: blueprint ? nodesOf(blueprint, ({ by }) => by === 'customer') : [],
      actionNodes: blueprint ? nodesOf(blueprint, ({ run }) => run !== undefined) : [],
      formerStaff: await formerStaff(tx),
      labels: blueprint ? labelsOf(blueprint) : {},
    }
  })
}

function nodesOf({ tickets }: Blueprint, isOne: (node: NodeBlueprint) => boolean): string[] {
  return Object.entries(tickets).flatMap(([ticket, { nodes }]) =>
    Object.entries(nodes).flatMap(([node, declared]) => (isOne(declared) ? [`${ticket}.${node}`] : [])),
  )
}

async function formerStaff(tx: Tx): Promise<Record<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>('select id, name from staff where not active')
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}

/** Words by locale: the pack's own, which are Chinese, and its translations. */
export function labelsOf(blueprint: Blueprint): VocabularyReply['labels'] {
  return {
    ...blueprint.labels,
    zh: { ...builtinWords.zh, ...ownLabels(blueprint), ...blueprint.labels.zh },
    en: { ...builtinWords.en, ...blueprint.labels.en },
  }
}

function ownLabels(blueprint: Blueprint): Record<string, string> {
  const { actions, entities, enums, forms, roles, teams, skills, tickets } = blueprint
  const words: Record<string, string> = { ...teams, ...skills }
  for (const [name, { label }] of Object.entries(roles)) words[name] = label
  for (const [name, { label }] of Object.entries(actions)) words[name] = label
  for (const [name, { label, values }] of Object.entries(enums)) {
    words[name] = label
    for (const [value, text] of Object.entries(values)) words[`${name}.${value}`] = text
  }
  const named = Object.entries(entities).filter(([name, { label }]) => label !== name)
  for (const [name, { label, fields }] of [...named, ...Object.entries(forms)]) {
    words[name] = label
    for (const [field, declared] of Object.entries(fields)) words[`${name}.${field}`] = declared.label
  }
  for (const [name, { label, nodes }] of Object.entries(tickets)) {
    words[name] = label
    for (const [node, declared] of Object.entries(nodes)) words[`${name}.${node}`] = declared.label
  }
  return words
}
