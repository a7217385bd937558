export {
  DEAD_QUEUE,
  declareQueues,
  startJobs,
  type JobHandler,
  type Jobs,
  type JobsOptions,
} from './queue.ts'
