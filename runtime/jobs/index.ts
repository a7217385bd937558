export { DEAD_QUEUE, startJobs, type JobHandler, type Jobs, type JobsOptions } from './queue.ts'
