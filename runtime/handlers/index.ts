import type { Deps } from '../deps.ts'
import type { JobHandler } from '../jobs/index.ts'
import { dispatchWaiting } from '../usecases/dispatch-waiting.ts'
import { fireTimers } from '../usecases/fire-timers.ts'
import { handleInbox } from '../usecases/handle-inbox.ts'
import { settleTasks } from '../usecases/mass-sends.ts'
import { moveTickets } from '../usecases/move-tickets.ts'
import { pullMessages } from '../usecases/pull-messages.ts'
import { runActions } from '../usecases/run-actions.ts'
import { sendOutbox } from '../usecases/send-outbox.ts'

interface OfDesk {
  readonly tenant: string
}

/** Every kind of job and the use case it runs. */
export function handlersOf(deps: Deps): Readonly<Record<string, JobHandler>> {
  const desk = (work: (deps: Deps, tenant: string) => Promise<unknown>) => async (data: OfDesk) => {
    await work(deps, data.tenant)
  }
  return {
    'wecom.pull': (data: OfDesk & { readonly token?: string }) => pullMessages(deps, data.tenant, data.token),
    inbox: desk(handleInbox),
    timers: desk(fireTimers),
    dispatch: desk(dispatchWaiting),
    outbox: desk(sendOutbox),
    actions: desk(runActions),
    mass: desk(settleTasks),
    moves: async ({ tenant, seq }: OfDesk & { readonly seq?: number }) => {
      await moveTickets(deps, tenant, seq)
    },
  }
}
