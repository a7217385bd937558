import { describe, expect, test } from 'vitest'
import type { Need, StaffFact } from '#core/routing'
import { wantsOf } from '../../runtime/usecases/place-views.ts'

const person = (id: string, change: Partial<StaffFact>): StaffFact => ({
  ...{ id, name: id, roles: ['导购'], teams: ['VIP客服组'], skills: [], onShift: true, store: null },
  ...{ load: 0, idleSince: 0, ...change },
})
const need: Need = {
  ...{ role: '导购', team: 'VIP客服组', skill: null, store: null, cap: 5, picks: [], keep: null },
}
const found = (staff: readonly StaffFact[], change: Partial<Need> = {}) => {
  const { lacking, offShift, full, free } = wantsOf({ ...need, ...change }, staff, null)
  return { lacking, offShift, full, free }
}
const nobody = { offShift: 0, full: 0, free: 0 }

describe('why nobody holds a place', () => {
  test('the role is nobody’s', () => {
    expect(found([])).toEqual({ ...nobody, lacking: 'role' })
    expect(found([person('甲', { roles: ['店长'] })])).toEqual({ ...nobody, lacking: 'role' })
  })

  test('the role is somebody’s, but the team, the skill or the store is not', () => {
    const elsewhere = person('甲', { teams: ['值班组'] })
    expect(found([elsewhere, person('乙', { roles: [] })])).toEqual({ ...nobody, lacking: 'team' })
    expect(found([elsewhere, person('乙', {})], { skill: '食品安全' })).toEqual({
      ...nobody,
      lacking: 'skill',
    })
    expect(found([person('乙', { store: 'S2' })], { store: 'S1' })).toEqual({ ...nobody, lacking: 'store' })
  })

  test('whoever has everything is off shift, full, or free by now', () => {
    const staff = [person('甲', { onShift: false }), person('乙', { load: 5 }), person('丙', { teams: [] })]
    expect(found(staff)).toEqual({ lacking: null, offShift: 1, full: 1, free: 0 })
    expect(found([...staff, person('丁', {})])).toEqual({ lacking: null, offShift: 1, full: 1, free: 1 })
  })
})
