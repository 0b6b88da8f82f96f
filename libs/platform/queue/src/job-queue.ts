import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, Worker, createPostgresBackend, createRedisBackend, setDefaultBackendFactory } from 'bullmq';
import type { Job, QueueOptions, WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { JOB_OWNERS } from '#contracts';
import type { JobName, Jobs, JobsOf } from '#contracts';
import type { Logger } from '#platform/logging';

/** Where the queue lives: Redis or Valkey by URL, else the Postgres of the ledger. */
export interface QueueLocation {
  queueUrl: string;
  databaseUrl: string;
}

type Connection = QueueOptions['connection'];

/** A job is a hint: while the queue is away, whoever has one to give does not wait for it longer than this. */
const ADD_MS = 2_000;

/** Failed jobs of a name that are kept for people to look at. */
const KEPT = 100;

/** How much of one kind of work is in the queue. */
export interface JobCounts {
  name: JobName;
  waiting: number;
  active: number;
  failed: number;
}

/** A job whose handler has thrown. */
export interface FailedJob {
  name: JobName;
  id: string;
  /** Id of what it is about. */
  about: string;
  reason: string;
  attempts: number;
  /** Milliseconds since 1970. */
  failedAt: number;
}

const REASON_MAX = 500;
const toFailed =
  (name: JobName) =>
  (job: Job): FailedJob => ({
    name,
    id: job.id ?? '',
    about: Object.values((job.data ?? {}) as Record<string, unknown>).join(' '),
    reason: (job.failedReason ?? '').slice(0, REASON_MAX),
    attempts: job.attemptsMade,
    failedAt: job.finishedOn ?? job.timestamp,
  });

/** @param retries of a command while Redis is away; BullMQ asks for endless ones (null) on a worker's connection */
function connect({ queueUrl, databaseUrl }: QueueLocation, retries: number | null): Connection {
  if (queueUrl) {
    setDefaultBackendFactory(createRedisBackend as never);
    return new Redis(queueUrl, { maxRetriesPerRequest: retries, enableReadyCheck: true }).on('error', () => undefined);
  }
  setDefaultBackendFactory(createPostgresBackend as never);
  return { connectionString: databaseUrl, schema: 'bullmq', migrate: true, max: 4 } as unknown as Connection;
}

/** The sending side of the job map. A failed `add` is logged, not thrown: a job is a hint that the sweep re-derives. */
export class JobQueue {
  private readonly queues = new Map<JobName, Queue>();
  private readonly connection: Connection;

  constructor(
    location: QueueLocation,
    private readonly log: Logger,
  ) {
    this.connection = connect(location, 1);
  }

  /** Adds a job; `dedupe` drops it while one of the same key still waits. Returns within two seconds, whatever happens. */
  async add<N extends JobName>(name: N, payload: Jobs[N], options: { dedupe?: string } = {}): Promise<void> {
    const waited = new AbortController();
    try {
      const adding = this.queue(name).add(name, payload, {
        removeOnComplete: true,
        removeOnFail: KEPT,
        ...(options.dedupe ? { deduplication: { id: options.dedupe, ttl: 5_000 } } : {}),
      });
      const late = sleep(ADD_MS, undefined, { signal: waited.signal }).then(() => {
        throw new Error(`the queue does not answer within ${ADD_MS} ms`);
      });
      await Promise.race([adding, late]);
    } catch (error) {
      this.log.warn({ err: error, job: name }, 'job not queued; the sweep will find its work');
      this.forget(name);
    } finally {
      waited.abort();
    }
  }

  /**
   * How many jobs of each name wait, run and have failed.
   * @throws Error when the queue does not answer in time
   */
  async counts(): Promise<JobCounts[]> {
    const names = Object.keys(JOB_OWNERS) as JobName[];
    return this.inTime(
      Promise.all(
        names.map(async (name) => {
          const counts = await this.queue(name).getJobCounts('waiting', 'active', 'delayed', 'failed');
          const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
          return { name, waiting: waiting + delayed, active, failed };
        }),
      ),
    );
  }

  /**
   * Jobs that failed for good, the latest first. Of each name the last hundred are kept.
   * @throws Error when the queue does not answer in time
   */
  async failures(): Promise<FailedJob[]> {
    const names = Object.keys(JOB_OWNERS) as JobName[];
    const kept = await this.inTime(
      Promise.all(names.map(async (name) => (await this.queue(name).getFailed(0, KEPT - 1)).map(toFailed(name)))),
    );
    return kept.flat().sort((a, b) => b.failedAt - a.failedAt || (a.id < b.id ? 1 : -1));
  }

  /**
   * Lets a failed job wait again, or forgets it: a sweep finds its work, so nothing is lost by that.
   * @returns false where it is not there any more, or has not failed
   * @throws Error when the queue does not answer in time
   */
  async settleFailure(name: JobName, id: string, what: 'retry' | 'forget'): Promise<boolean> {
    const job = await this.inTime(this.queue(name).getJob(id));
    if (!job || !(await this.inTime(job.isFailed()))) return false;
    await this.inTime(what === 'retry' ? job.retry() : job.remove());
    return true;
  }

  private async inTime<T>(work: Promise<T>): Promise<T> {
    const waited = new AbortController();
    work.catch(() => undefined);
    const late = sleep(ADD_MS, undefined, { signal: waited.signal }).then(() => {
      throw new Error(`the queue does not answer within ${ADD_MS} ms`);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      waited.abort();
      late.catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close().catch(() => undefined)));
    if (this.connection instanceof Redis) this.connection.disconnect();
  }

  /** A queue whose first connection failed stays as it is for ever: the next hint has a new one. */
  private forget(name: JobName): void {
    const queue = this.queues.get(name);
    this.queues.delete(name);
    queue?.close().catch(() => undefined);
  }

  private queue(name: JobName): Queue {
    let queue = this.queues.get(name);
    if (!queue) {
      queue = new Queue(name, { connection: this.connection });
      queue.on('error', (error: Error) => this.log.warn({ err: error, job: name }, 'queue connection'));
      this.queues.set(name, queue);
    }
    return queue;
  }
}

/** One handler per job of a process; a job without one does not compile. */
export type JobHandlers<Owner extends string> = {
  [N in JobsOf<Owner>]: { concurrency: number; handle: (payload: Jobs[N]) => Promise<void> };
};

export interface RunningWorkers {
  /** Stops taking jobs and waits for the running ones. */
  close(): Promise<void>;
}

/** Before a worker that could not be made ready is made anew. */
const AGAIN_MS = 1_000;
/** A worker that still connects is waited for no longer than this when it is to close. */
const CLOSE_MS = 5_000;

/** Starts the workers of one process; each begins once the queue can be reached. */
export function startWorkers<Owner extends string>(
  owner: Owner,
  handlers: JobHandlers<Owner>,
  location: QueueLocation,
  log: Logger,
): RunningWorkers {
  const connection = connect(location, null) as WorkerOptions['connection'];
  const workers = Object.entries(handlers).map(([name, entry]) => {
    if (JOB_OWNERS[name as JobName] !== owner) throw new Error(`${owner} may not handle ${name}`);
    const { concurrency, handle } = entry as { concurrency: number; handle: (payload: unknown) => Promise<void> };
    return new PatientWorker(() => {
      const worker = new Worker(name, (job) => handle(job.data), { connection, concurrency, autorun: false });
      worker.on('error', (error) => log.warn({ err: error, job: name }, 'worker connection'));
      worker.on('failed', (_job, error) => log.error({ err: error, job: name }, 'job failed'));
      return worker;
    });
  });
  return {
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      if (connection instanceof Redis) connection.disconnect();
    },
  };
}

/**
 * A worker that runs once its connection is ready. BullMQ 6.7 keeps the failure of a first connection to Postgres and
 * asks it again without a pause, which leaves the process no time for anything else: such a worker is made anew.
 */
class PatientWorker {
  private worker: Worker | undefined;
  private readonly closed = new AbortController();
  private readonly started: Promise<void>;

  constructor(private readonly make: () => Worker) {
    this.started = this.start();
  }

  async close(): Promise<void> {
    this.closed.abort();
    // Closed while it connects, BullMQ leaves a connection behind.
    const late = new AbortController();
    await Promise.race([this.started, sleep(CLOSE_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    await this.worker?.close().catch(() => undefined);
  }

  private async start(): Promise<void> {
    const { signal } = this.closed;
    while (!signal.aborted) {
      const worker = (this.worker = this.make());
      try {
        await worker.waitUntilReady();
        if (!signal.aborted) worker.run().catch((error: Error) => worker.emit('error', error));
        return;
      } catch {
        await worker.close().catch(() => undefined);
        await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
