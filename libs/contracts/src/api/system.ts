import { z } from 'zod';
import { JOB_OWNERS } from '../jobs.js';
import type { JobName } from '../jobs.js';
import { Instant } from './conventions.js';

const JOB_NAMES = Object.keys(JOB_OWNERS) as [JobName, ...JobName[]];
const count = z.number().int();

/** The programs of the product that say that they run. */
export const PROCESS_APPS = ['api', 'sender', 'tracker', 'inbound'] as const;

export const SystemProcess = z.object({
  name: z.string(),
  app: z.string(),
  host: z.string(),
  version: z.string(),
  startedAt: Instant,
  seenAt: Instant,
  alive: z.boolean().meta({ description: 'heard of within the last 20 seconds' }),
});

/** What waits in the ledger: the queue only hints at it. */
export const LANES = ['campaigns', 'triggered', 'inbound', 'imports', 'cleanings', 'reports'] as const;

export const SystemLane = z.object({
  name: z.enum(LANES),
  waiting: count.meta({ description: 'counted up to 100,000' }),
  oldestAt: Instant.nullable().meta({ description: 'since when the oldest that is due waits' }),
});
export const SystemJobs = z.object({ name: z.enum(JOB_NAMES), waiting: count, active: count, failed: count });

export const STORAGE_PARTS = ['recipients', 'contacts', 'received', 'triggered', 'files', 'reports', 'other'] as const;
export const SystemStorage = z.object({
  databaseBytes: count,
  parts: z.array(z.object({ name: z.enum(STORAGE_PARTS), bytes: count })),
  disk: z.object({ freeBytes: count, totalBytes: count }).nullable().meta({ description: 'of the data folder' }),
});

export const CHECKS = [
  'database',
  'queue',
  'processes',
  'senders',
  'versions',
  'clock',
  'disk',
  'waiting',
  'reports',
  'failures',
  'sandbox',
] as const;
export const CHECK_STATES = ['ok', 'warning', 'error'] as const;
export const SystemCheck = z.object({
  key: z.enum(CHECKS),
  state: z.enum(CHECK_STATES),
  values: z.record(z.string(), z.union([z.string(), z.number()])).meta({ description: 'for the wording' }),
});

/** How the installation does; nothing of it belongs to a workspace. */
export const SystemState = z
  .object({
    at: Instant,
    version: z.string(),
    checks: z.array(SystemCheck),
    processes: z.array(SystemProcess),
    lanes: z.array(SystemLane),
    jobs: z.array(SystemJobs).nullable().meta({ description: 'null while the queue does not answer' }),
    storage: SystemStorage,
  })
  .meta({ id: 'SystemState' });

export const FailedJob = z
  .object({
    name: z.enum(JOB_NAMES),
    id: z.string(),
    about: z.string().meta({ description: 'id of what the job was about' }),
    reason: z.string(),
    attempts: count,
    failedAt: Instant,
  })
  .meta({ id: 'FailedJob' });
export const FailedJobBody = z.object({ name: z.enum(JOB_NAMES), id: z.string().min(1).max(200) });
