import { AddStaff, ChangeStaff, type StaffingReply, type StaffReply } from '#core/wire'
import { changeStaff, newLink, removeStaff } from '../../usecases/change-staff.ts'
import { addStaff, listStaff } from '../../usecases/staff.ts'
import { staffing } from '../../usecases/staffing.ts'
import { ok, type Call, type Route } from '../route.ts'

export const staffRoutes: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/staff', access: 'staff' },
    summary: 'Who works on the desk',
    handle: async ({ deps, session }) => ok((await listStaff(deps, session.tenant)) satisfies StaffReply[]),
  },
  {
    ...{ method: 'post', path: '/api/staff', access: 'admin', body: AddStaff },
    summary: 'Adds somebody; the token in the answer lets them set a password once',
    handle: async ({ deps, session, body }: Call<AddStaff>) => ({
      status: 201,
      body: await addStaff(deps, session.tenant, body),
      told: { about: body.name },
    }),
  },
  {
    ...{ method: 'get', path: '/api/staffing', access: 'admin' },
    summary: 'Who works on the desk, what its pack asks of them, and what it asks for that nobody is',
    handle: async ({ deps, session }) => ok((await staffing(deps, session.tenant)) satisfies StaffingReply),
  },
  {
    ...{ method: 'put', path: '/api/staff/:id', access: 'admin', body: ChangeStaff },
    summary:
      'Changes name, roles, teams, skills, store, shift or WeCom member of somebody; what is left out stays',
    handle: async ({ deps, session, params, body }: Call<ChangeStaff>) => {
      await changeStaff(deps, session.tenant, params.id!, body)
      return ok()
    },
  },
  {
    ...{ method: 'delete', path: '/api/staff/:id', access: 'admin' },
    summary: 'Somebody leaves; what they held is passed on',
    handle: async ({ deps, session, params }) => ok(await removeStaff(deps, session.tenant, params.id!)),
  },
  {
    ...{ method: 'post', path: '/api/staff/:id/link', access: 'admin' },
    summary: 'A one-time link with which somebody sets their password anew',
    handle: async ({ deps, session, params }) => ({
      status: 201,
      body: await newLink(deps, session.tenant, params.id!),
    }),
  },
]
