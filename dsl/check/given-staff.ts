import { unquote, type Entry, type Expression, type Name } from '#dsl/syntax'
import { knownName, type Scope } from './scope.ts'

/** A member of staff whom a story names: whom the routes may choose. */
export interface GivenStaff {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  readonly teams: readonly string[]
  readonly skills: readonly string[]
  readonly onShift: boolean
  readonly store: string | null
}

/** What stands for a person’s place at the desk; other entries are fields of the record. */
const words: ReadonlySet<string> = new Set(['name', 'role', 'team', 'skill', 'shift', 'store'])

export function isStaffWord({ name }: Entry): boolean {
  return words.has(name.text) && name.text !== 'name'
}

/**
 * `given staff { name: "小王", role: 客服, team: [VIP组, 公共池], skill: 高价值, shift: false }`: one name or several; on shift
 * unless it is said otherwise.
 */
export function checkGivenStaff(scope: Scope, record: Expression): GivenStaff {
  const entries = record.kind === 'record' ? record.entries : []
  const valueOf = (word: string) => entries.find(({ name }) => name.text === word)?.value
  const named = (word: string, known: ReadonlySet<string>) =>
    namesIn(valueOf(word)).flatMap(name => knownName(scope, name, known) ?? [])
  const name = textOf(valueOf('name')) ?? ''
  return {
    ...{ id: name, name },
    roles: named('role', scope.roles),
    teams: named('team', scope.teams),
    skills: named('skill', scope.skills),
    onShift: !isFalse(valueOf('shift')),
    store: textOf(valueOf('store')) ?? null,
  }
}

function namesIn(value: Expression | undefined): Name[] {
  const items = value?.kind === 'list' ? value.items : value ? [value] : []
  return items.flatMap(item =>
    item.kind === 'name' ? [{ text: item.name, start: item.start, end: item.end }] : [],
  )
}

function textOf(value: Expression | undefined): string | undefined {
  return value?.kind === 'literal' && value.literal === 'text' ? unquote(value.image) : undefined
}

function isFalse(value: Expression | undefined): boolean {
  return value?.kind === 'literal' && value.literal === 'bool' && value.image === 'false'
}
