import type { Blueprint, Right } from '#core/blueprint'
import { rightOn, type Person } from '#core/desk'
import { change, type Change } from './change.ts'

/**
 * Who may see or fill more than before, and who less: of every role and the customer, with what a role has through the one it
 * includes, and over forms whose access was not said before. Fields that are new or gone are said as such, not here.
 */
export function diffAccess(before: Blueprint, after: Blueprint): Change[] {
  const roles = [...Object.keys(after.roles), 'customer']
  const forms = Object.keys(after.forms).filter(form => Object.hasOwn(before.forms, form))
  return forms.flatMap(form =>
    roles.flatMap(role => {
      const fields = Object.keys(after.forms[form]!.fields).filter(field =>
        Object.hasOwn(before.forms[form]!.fields, field),
      )
      const changes = fields.map(field => ({
        field,
        had: rightOf(before, role, { form, field }),
        has: rightOf(after, role, { form, field }),
      }))
      const say = (says: string, kind: Change['class'], right: Right, of: typeof changes) =>
        of.length === 0
          ? []
          : [
              change(kind, says, `access:${form}.${role}`, {
                ...{ form, role, right, fields: of.map(({ field }) => field).join('、') },
              }),
            ]
      return (['write', 'read'] as const).flatMap(right => [
        ...say(
          'access-gained',
          'auto',
          right,
          changes.filter(({ had, has }) => has === right && rank(had) < rank(has)),
        ),
        ...say(
          'access-lost',
          'safe',
          right,
          changes.filter(({ had, has }) => had === right && rank(has) < rank(had)),
        ),
      ])
    }),
  )
}

/** Of a role that was not there, none. */
function rightOf(blueprint: Blueprint, role: string, at: { form: string; field: string }): Right | null {
  if (role !== 'customer' && !Object.hasOwn(blueprint.roles, role)) return null
  const person: Person = role === 'customer' ? { kind: 'customer' } : { kind: 'staff', roles: [role] }
  return rightOn(blueprint, person, at)
}

function rank(right: Right | null): number {
  return right === 'write' ? 2 : right === 'read' ? 1 : 0
}
