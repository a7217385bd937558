import type { Type } from '#core/values'
import type {
  EntityNode,
  EnumNode,
  FieldNode,
  FormNode,
  LibraryNode,
  PriceNode,
  TicketNode,
} from '#dsl/syntax'
import { stationsOf } from './flow.ts'
import type { Notebook } from './notebook.ts'
import { ofKind, type Placed, type Scope } from './scope.ts'

type Declared = Pick<Scope, 'enums' | 'entities' | 'forms' | 'tickets' | 'prices'>
type Derived = Pick<
  Scope,
  | 'enumsHolding'
  | 'isOptional'
  | 'ticketsAbout'
  | 'ticketsOn'
  | 'recordOf'
  | 'ticketWith'
  | 'storyNames'
  | 'pricesOn'
>

/** What follows from several declarations together, so that who asks for it need not read them all. */
export function derivedFrom(placed: readonly Placed[], declared: Declared, notebook: Notebook): Derived {
  const optionalBy = notebook.asked('isOptional', optionalIn(placed, declared.forms))
  const namesBy = notebook.asked('storyNames', () => storyNames(declared))
  return {
    enumsHolding: notebook.asked('enumsHolding', holdersIn(declared.enums)),
    isOptional: (owner, field) => optionalBy(`${owner.kind}\n${'name' in owner ? owner.name : ''}\n${field}`),
    ticketsAbout: notebook.asked('ticketsAbout', aboutIn(declared)),
    ticketWith: notebook.asked('ticketWith', ownersIn(declared.tickets)),
    storyNames: () => namesBy(''),
    ticketsOn: notebook.asked('ticketsOn', onForm(declared.tickets)),
    recordOf: notebook.asked('recordOf', recordsIn(placed)),
    pricesOn: notebook.asked('pricesOn', onForm(declared.prices)),
  }
}

function holdersIn(enums: ReadonlyMap<string, EnumNode>): (value: string) => readonly string[] {
  const holders = new Map<string, Set<string>>()
  for (const [name, { values }] of enums)
    for (const { name: value } of values) {
      const known = holders.get(value.text)
      if (known) known.add(name)
      else holders.set(value.text, new Set([name]))
    }
  return value => [...(holders.get(value) ?? [])]
}

/** Whether a field may be absent, by the kind and the name of its owner and its own name. */
function optionalIn(
  placed: readonly Placed[],
  forms: ReadonlyMap<string, FormNode>,
): (question: string) => boolean {
  const recordFields = recordFieldsIn(placed)
  return question => {
    const [kind, owner = '', field] = question.split('\n')
    const fields = kind === 'form' ? (forms.get(owner)?.fields ?? []) : recordFields(owner)
    return fields.some(({ name, type }) => name.text === field && type.optional)
  }
}

/** The fields that entities, what extends them and libraries declare, by the record's name. */
export function recordFieldsIn(placed: readonly Placed[]): (name: string) => readonly FieldNode[] {
  const byName = Map.groupBy(
    [...ofKind<EntityNode>(placed, 'entity'), ...ofKind<LibraryNode>(placed, 'library')],
    ({ node }) => node.name.text,
  )
  return name => (byName.get(name) ?? []).flatMap(({ node }) => node.fields)
}

/** A customer is known by its `id`, which every desk has. */
function recordsIn(placed: readonly Placed[]): Scope['recordOf'] {
  const fieldsOf = recordFieldsIn(placed)
  return entity => {
    const fields = fieldsOf(entity)
    const key = fields.find(({ isKey }) => isKey)?.name.text ?? (entity === 'customer' ? 'id' : undefined)
    return { key, computed: fields.filter(({ value }) => value).map(({ name }) => name.text) }
  }
}

/** The names of what is declared on a form, in their order. */
function onForm(declared: ReadonlyMap<string, TicketNode | PriceNode>): (form: string) => readonly string[] {
  const byForm = Map.groupBy(declared, ([, { form }]) => form.text)
  return form => (byForm.get(form) ?? []).map(([name]) => name)
}

function aboutIn({ tickets, forms }: Declared): (entity: string) => readonly string[] {
  const byEntity = Map.groupBy(tickets, ([, { form }]) => forms.get(form.text)?.subject?.text)
  return entity => (byEntity.get(entity) ?? []).map(([name]) => name)
}

function ownersIn(tickets: ReadonlyMap<string, TicketNode>): (transition: string) => string | undefined {
  const owners = new Map<string, string>()
  for (const [name, ticket] of tickets)
    for (const [station] of stationsOf(ticket))
      for (const event of station.reactions.flatMap(reaction => reaction.events)) {
        const transition = `${station.name.text}.${event.text}`
        if (!owners.has(transition)) owners.set(transition, name)
      }
  return transition => owners.get(transition)
}

function storyNames({ tickets, entities }: Declared): ReadonlyMap<string, Type> {
  return new Map<string, Type>([
    ...[...tickets].map(([name, { form }]): [string, Type] => [name, { kind: 'form', name: form.text }]),
    ...[...entities].map((name): [string, Type] => [name, { kind: 'ref', name }]),
  ])
}
