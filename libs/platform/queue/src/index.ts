export { JobQueue, startWorkers } from './job-queue.js';
export type { JobHandlers, RunningWorkers } from './job-queue.js';
