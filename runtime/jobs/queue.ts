// Background work: jobs enqueued by a transaction are handled after its commit, at least once each.
import type { Job, JobResult, PgBoss } from 'pg-boss'
import type { Store } from '../store/index.ts'

/** Where a job goes when its retries are used up; nothing works on this queue. */
export const DEAD_QUEUE = 'dead'

/** Attempts after the first. */
const RETRY_LIMIT = 4
const RETRY_DELAY_SECONDS = 1
const RETRY_DELAY_MAX_SECONDS = 60
/** A worker that gives no sign for so long is taken for dead and its jobs are handed on. */
const HEARTBEAT_SECONDS = 10
const BATCH_SIZE = 50
/** Jobs of one batch handled side by side; the embedded database takes them one after the other anyway. */
const CONCURRENCY = 8
/** Polling is the floor beneath the wake-up of a commit. */
const POLL_SECONDS = 2

/** Handles one job's data; it may run again after a crash or an error, so its effect must be repeatable. */
export type JobHandler = (data: never) => Promise<void>

/** How the workers run; a failing job is reported to `onError` each time. */
export type JobsOptions = {
  readonly retryLimit?: number
  readonly retryDelaySeconds?: number
  readonly onError?: (queue: string, error: unknown) => void
}

/** Running workers. */
export type Jobs = {
  /** Looks for work at once, in one queue or all. */
  wake(queue?: string): void
  /** Lets running handlers finish and fetches no more. */
  stop(): Promise<void>
}

/** Declares one queue per handler and works on them until stopped. */
export async function startJobs(
  store: Store,
  handlers: Readonly<Record<string, JobHandler>>,
  options: JobsOptions = {},
): Promise<Jobs> {
  const { boss } = store
  await declareQueues(boss, Object.keys(handlers), options)
  const workers = new Map<string, string>()
  for (const [queue, handler] of Object.entries(handlers)) {
    workers.set(queue, await boss.work(queue, WORK, jobs => handleBatch(jobs, { queue, handler, options })))
  }
  return {
    wake: queue => {
      for (const [name, worker] of workers)
        if (queue === undefined || queue === name) boss.notifyWorker(worker)
    },
    stop: async () => {
      await Promise.all([...workers.keys()].map(queue => boss.offWork(queue, { wait: true })))
      workers.clear()
    },
  }
}

const WORK = {
  batchSize: BATCH_SIZE,
  burstWhenBatchFull: true,
  perJobResults: true,
  pollingIntervalSeconds: POLL_SECONDS,
  notifyPollingIntervalSeconds: POLL_SECONDS,
} as const

/** Makes the queues that are not there yet: whoever enqueues before a worker ever ran needs them. */
export async function declareQueues(
  boss: PgBoss,
  queues: readonly string[],
  options: JobsOptions = {},
): Promise<void> {
  const settings = {
    retryLimit: options.retryLimit ?? RETRY_LIMIT,
    retryDelay: options.retryDelaySeconds ?? RETRY_DELAY_SECONDS,
    retryBackoff: true,
    retryDelayMax: RETRY_DELAY_MAX_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deadLetter: DEAD_QUEUE,
    notify: true,
  }
  await boss.createQueue(DEAD_QUEUE)
  for (const queue of queues) {
    await boss.createQueue(queue, settings)
    await boss.updateQueue(queue, settings)
  }
}

type Work = { readonly queue: string; readonly handler: JobHandler; readonly options: JobsOptions }

/** How many of a desk's jobs used their retries up; none before any worker ran. */
export async function deadJobs(boss: PgBoss, tenant: string): Promise<number> {
  if (!(await boss.getQueue(DEAD_QUEUE))) return 0
  return (await boss.findJobs(DEAD_QUEUE, { data: { tenant }, queued: true })).length
}

/** One result per job, so a failing job does not take the others of its batch with it. */
async function handleBatch(jobs: readonly Job<unknown>[], work: Work): Promise<JobResult[]> {
  const results: JobResult[] = []
  const waiting = [...jobs]
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) results.push(await handle(job, work))
  }
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, jobs.length) }, lane))
  return results
}

async function handle(job: Job<unknown>, { queue, handler, options }: Work): Promise<JobResult> {
  try {
    await handler(job.data as never)
    return { id: job.id, status: 'completed' }
  } catch (error) {
    ;(options.onError ?? warn)(queue, error)
    return {
      id: job.id,
      status: 'failed',
      output: { message: error instanceof Error ? error.message : String(error) },
    }
  }
}

const warn = (queue: string, error: unknown) =>
  process.emitWarning(`A job in ${queue} failed: ${error instanceof Error ? error.message : String(error)}`)
