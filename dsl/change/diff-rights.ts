import type { ActionBlueprint, Blueprint, SettingBlueprint } from '#core/blueprint'
import { effectiveRoles } from '#core/desk'
import { change, compareNames, relabelled, same, type Change } from './change.ts'

/** A new role needs people; one that goes leaves some without. A role has the rights of the one it includes. */
export function diffRoles(before: Blueprint, after: Blueprint): Change[] {
  const { added, removed, kept } = compareNames(before.roles, after.roles)
  return [
    ...added.map(([name]) => change('mapping', 'role-added', `roles:${name}`, { name })),
    ...removed.map(([name]) => change('mapping', 'role-removed', `roles:${name}`, { name })),
    ...kept.flatMap(([name, was, is]) => [
      ...relabelled(`roles:${name}`, name, [was, is]),
      ...(was.extends === is.extends ? [] : [included(name, was.extends, is.extends)]),
      ...diffWork([before, after], name),
    ]),
  ]
}

function included(name: string, was: string | null, is: string | null): Change {
  return change('auto', 'role-extends', `roles:${name}`, { name, before: was ?? '—', after: is ?? '—' })
}

/** The nodes a role may work on since it includes another, or no more. */
function diffWork([before, after]: readonly [Blueprint, Blueprint], name: string): Change[] {
  const [had, has] = [effectiveRoles(before, [name]), effectiveRoles(after, [name])]
  const say = (says: string, kind: Change['class'], nodes: readonly string[]) =>
    nodes.length === 0 ? [] : [change(kind, says, `roles:${name}`, { name, nodes: nodes.join('、') })]
  return [
    ...say(
      'work-gained',
      'auto',
      nodesOf(after, role => has.has(role) && !had.has(role)),
    ),
    ...say(
      'work-lost',
      'auto',
      nodesOf(before, role => had.has(role) && !has.has(role)),
    ),
  ]
}

function nodesOf({ tickets }: Blueprint, isTheirs: (role: string) => boolean): string[] {
  return Object.entries(tickets).flatMap(([ticket, { nodes }]) =>
    Object.entries(nodes).flatMap(([node, { by }]) => (isTheirs(by) ? [`${ticket}.${node}`] : [])),
  )
}

/** Whatever an action may reach that it could not before must be agreed to again. */
export function diffActions(before: Blueprint, after: Blueprint): Change[] {
  const { added, removed, kept } = compareNames(before.actions, after.actions)
  return [
    ...added.flatMap(([name, is]) => [
      change('safe', 'added', `actions:${name}`, { section: 'actions', name }),
      ...reached(name, undefined, is),
    ]),
    ...removed.map(([name]) => change('safe', 'removed', `actions:${name}`, { section: 'actions', name })),
    ...kept.flatMap(([name, was, is]) => [
      ...reached(name, was, is),
      ...(same([was.inputs, was.outputs], [is.inputs, is.outputs])
        ? []
        : [change('auto', 'action-shape', `actions:${name}`, { name })]),
      ...(same(promise(was), promise(is))
        ? []
        : [change('safe', 'changed', `actions:${name}`, { section: 'actions', name })]),
    ]),
  ]
}

function promise({ label, key, timeoutMs, retries, backoff, undo }: ActionBlueprint) {
  return { label, key, timeoutMs, retries, backoff, undo }
}

function reached(name: string, was: ActionBlueprint | undefined, is: ActionBlueprint): Change[] {
  const more = (['net', 'secrets', 'reads', 'writes'] as const).flatMap(what =>
    (is[what] ?? [])
      .filter(one => !was?.[what]?.includes(one))
      .map(one => change('breaking', `action-${what}`, `actions:${name}`, { name, what: one })),
  )
  const sends =
    is.sends && !was?.sends ? [change('breaking', 'action-sends', `actions:${name}`, { name })] : []
  const keeps =
    is.keeps && !was?.keeps ? [change('breaking', 'action-keeps', `actions:${name}`, { name })] : []
  return [...more, ...sends, ...keeps]
}

/** A tenant’s choice stays unless its setting goes or no longer admits it. */
export function diffSettings(before: Blueprint, after: Blueprint): Change[] {
  const { added, removed, kept } = compareNames(before.settings, after.settings)
  const bounds = ({ type, min, max }: SettingBlueprint) => ({ type, min, max })
  return [
    ...added.map(([name]) => change('safe', 'added', `settings:${name}`, { section: 'settings', name })),
    ...removed.map(([name]) => change('auto', 'removed', `settings:${name}`, { section: 'settings', name })),
    ...kept.flatMap(([name, was, is]) => {
      if (!same(bounds(was), bounds(is)))
        return [change('mapping', 'setting-bounds', `settings:${name}`, { name })]
      return same(was, is)
        ? []
        : [change('safe', 'changed', `settings:${name}`, { section: 'settings', name })]
    }),
  ]
}
