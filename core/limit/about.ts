import { namesIn, type Blueprint, type Code } from '#core/blueprint'
import { replaceNames, type AboutTerm, type TermFacts } from '#core/condition'

/** What is known of the terms that conditions about a customer read: which are always there, and the range of a setting. */
export function aboutCustomers(blueprint: Blueprint): AboutTerm {
  return term => {
    if (term.op === 'name') return aboutName(blueprint, term.name)
    const isOwn = term.op === 'member' && term.of.op === 'name' && term.of.name === 'customer'
    if (!isOwn) return { absent: 'maybe', isFree: false }
    const field = blueprint.entities.customer?.fields[term.name]
    const isSet = field?.default?.op === 'const' && field.default.value !== null
    return { absent: isSet ? 'never' : 'maybe', isFree: !field?.computed }
  }
}

function aboutName({ settings }: Blueprint, name: string): TermFacts {
  const setting = Object.hasOwn(settings, name) ? settings[name] : undefined
  if (!setting) return { absent: name.startsWith('open(') ? 'never' : 'maybe', isFree: true }
  const { min, max } = setting
  return {
    absent: 'never',
    isFree: true,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}

/** Code about a customer with the fields that are worked out from events put in place: `最近下单` is when an order came last. */
export function expandCustomer(blueprint: Blueprint, code: Code): Code {
  let codes = expanded.get(blueprint)
  if (!codes) expanded.set(blueprint, (codes = new WeakMap()))
  let found = codes.get(code)
  if (!found) codes.set(code, (found = expandedOf(blueprint, code)))
  return found
}

const expanded = new WeakMap<Blueprint, WeakMap<Code, Code>>()

function expandedOf(blueprint: Blueprint, code: Code): Code {
  const expand = (part: Code) => expandedOf(blueprint, part)
  switch (code.op) {
    case 'member': {
      const isOwn = code.of.op === 'name' && code.of.name === 'customer'
      return (isOwn && computedOf(blueprint, code.name)) || { ...code, of: expand(code.of) }
    }
    case 'list':
      return { ...code, items: code.items.map(expand) }
    case 'table':
    case 'apply':
      return { ...code, args: code.args.map(expand) }
    default:
      return code
  }
}

/** What a field of the customer is worked out from, in the names that conditions read. */
function computedOf({ entities }: Blueprint, name: string): Code | undefined {
  const fields = entities.customer?.fields ?? {}
  const field = fields[name]
  if (!field?.computed || field.rounding) return undefined
  const customer: Code = { op: 'name', type: { kind: 'ref', name: 'customer' }, name: 'customer' }
  const stored = Object.entries(fields).filter(([, { computed }]) => !computed)
  const own = stored.map(([each, { type }]): [string, Code] => [
    each,
    { op: 'member', type, of: customer, name: each },
  ])
  const isPlain = namesIn(field.computed).every(
    each => each.startsWith('last(') || each === '(zone)' || !fields[each]?.computed,
  )
  return isPlain ? replaceNames(field.computed, Object.fromEntries(own)) : undefined
}
