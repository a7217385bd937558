import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assign, whyNot, whyNotWords, type Need, type StaffFact } from '#core/routing'

const some = (names: readonly string[]) => fc.subarray([...names])
const person = (id: string) =>
  fc.record<StaffFact>({
    ...{
      id: fc.constant(id),
      name: fc.constant(id),
      roles: some(['工程师', '客服']),
      teams: some(['甲组', '乙组']),
    },
    ...{ skills: some(['空调']), onShift: fc.boolean(), store: fc.constantFrom(null, '一店', '二店') },
    ...{ load: fc.integer({ min: 0, max: 8 }), idleSince: fc.integer({ min: 0, max: 5 }) },
  })
const people = fc.tuple(person('a'), person('b'), person('c'), person('d'))
const need = fc.record<Need>({
  ...{
    role: fc.constant('工程师'),
    team: fc.constantFrom(null, '甲组'),
    skill: fc.constantFrom(null, '空调'),
  },
  ...{ store: fc.constantFrom(null, '一店'), cap: fc.constantFrom(null, 5) },
  ...{ picks: fc.constantFrom([], ['least_loaded'], ['longest_idle']), keep: fc.constantFrom(null, 'b') },
})

describe('why somebody was not chosen', () => {
  test('names a change after which they are, and no smaller lightening of their work would do', () => {
    fc.assert(
      fc.property(need, people, fc.constantFrom('a', 'b', 'c', 'd'), (asked, staff, id) => {
        const found = whyNot(asked, staff, id)
        if (!found) return
        const chosenWith = (load: number) => {
          const granted = (one: StaffFact): StaffFact => ({
            ...{ ...one, load, onShift: one.onShift || found.lacks.includes('shift') },
            roles: found.lacks.includes('role') ? [...one.roles, asked.role] : one.roles,
            teams: found.lacks.includes('team') ? [...one.teams, asked.team!] : one.teams,
            skills: found.lacks.includes('skill') ? [...one.skills, asked.skill!] : one.skills,
            store: found.lacks.includes('store') ? asked.store : one.store,
          })
          return (
            assign(
              asked,
              staff.map(one => (one.id === id ? granted(one) : one)),
            ).assignee === id
          )
        }
        const { load } = staff.find(one => one.id === id)!
        expect(chosenWith(found.loadAtMost ?? load)).toBe(true)
        if (found.loadAtMost !== null)
          for (let more = found.loadAtMost + 1; more <= load; more++) expect(chosenWith(more)).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  test('says 「工程师乙在手 ≤ 4」 of a full engineer whom the place would go to', () => {
    const base = {
      name: '',
      roles: ['工程师'],
      teams: [],
      skills: [],
      onShift: true,
      store: null,
      idleSince: 0,
    }
    const staff = [
      { ...base, id: '甲', load: 5 },
      { ...base, id: '乙', load: 6 },
    ]
    const asked = { role: '工程师', team: null, skill: null, store: null, cap: 5, picks: [], keep: null }
    const found = whyNot(asked, staff, '乙')!
    expect(found).toEqual({ staff: '乙', lacks: [], loadAtMost: 4 })
    expect(whyNotWords('工程师乙', found).zh).toBe('若工程师乙在手 ≤ 4，就会派给他')
    expect(whyNot(asked, [{ ...staff[0]!, load: 1 }, staff[1]!], '甲')).toBeUndefined()
  })
})
