import type { AccessBlueprint, ActionBlueprint, Blueprint, SettingBlueprint } from '#core/blueprint'
import { change, compareNames, same, type Change } from './change.ts'

/** A new role needs people; one that goes leaves some without. */
export function diffRoles(before: Blueprint, after: Blueprint): Change[] {
  const { added, removed, kept } = compareNames(before.roles, after.roles)
  return [
    ...added.map(([name]) => change('mapping', 'role-added', `roles:${name}`, { name })),
    ...removed.map(([name]) => change('mapping', 'role-removed', `roles:${name}`, { name })),
    ...kept.flatMap(([name, was, is]) =>
      was.extends === is.extends
        ? []
        : [
            change('auto', 'role-extends', `roles:${name}`, {
              name,
              before: was.extends ?? '—',
              after: is.extends ?? '—',
            }),
          ],
    ),
  ]
}

const none: AccessBlueprint = {}

/** What each role may do with each field, before and after: who gains and who loses. */
export function diffAccess(before: Blueprint, after: Blueprint): Change[] {
  const { kept, added, removed } = compareNames(before.access, after.access)
  const forms = [
    ...kept,
    ...added.map(([form, is]) => [form, none, is] as const),
    ...removed.map(([form, was]) => [form, was, none] as const),
  ]
  return forms.flatMap(([form, was, is]) => {
    const roles = new Set([...Object.keys(was), ...Object.keys(is)])
    return [...roles].flatMap(role => {
      const [had, has] = [was[role] ?? {}, is[role] ?? {}]
      const fields = new Set([...Object.keys(had), ...Object.keys(has)])
      return [...fields].flatMap(field => {
        const [right, now] = [rank(had[field]), rank(has[field])]
        if (right === now) return []
        const says = now > right ? 'access-gained' : 'access-lost'
        const params = { form, role, field, right: String(now > right ? has[field] : had[field]) }
        return [change(now > right ? 'auto' : 'safe', says, `access:${form}.${role}.${field}`, params)]
      })
    })
  })
}

function rank(right: string | undefined): number {
  return right === 'write' ? 2 : right === 'read' ? 1 : 0
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

function promise({ key, timeoutMs, retries, backoff, undo }: ActionBlueprint) {
  return { key, timeoutMs, retries, backoff, undo }
}

function reached(name: string, was: ActionBlueprint | undefined, is: ActionBlueprint): Change[] {
  return (['net', 'secrets', 'reads'] as const).flatMap(what =>
    is[what]
      .filter(one => !was?.[what].includes(one))
      .map(one => change('breaking', `action-${what}`, `actions:${name}`, { name, what: one })),
  )
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
