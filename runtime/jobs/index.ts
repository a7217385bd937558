export {
  DEAD_QUEUE,
  deadJobs,
  declareQueues,
  startJobs,
  type JobHandler,
  type Jobs,
  type JobsOptions,
} from './queue.ts'
