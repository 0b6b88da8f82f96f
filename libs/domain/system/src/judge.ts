import type { z } from 'zod';
import { PROCESS_APPS } from '#contracts';
import type { SystemCheck, SystemState } from '#contracts';

type Check = z.infer<typeof SystemCheck>;
type State = z.infer<typeof SystemState>;

/** What was measured; {@link judge} says what of it is well. */
export interface Measured extends Pick<State, 'processes' | 'lanes' | 'jobs' | 'storage'> {
  databaseMs: number;
  /** How far this machine's clock is from the database's. */
  clockMs: number;
  /** Null where it is switched off. */
  sandbox: boolean | null;
  nowMs: number;
}

const DATABASE_SLOW_MS = 500;
const CLOCK_MS = 5_000;
const GB = 1024 ** 3;
/** What is due and nobody takes for so long waits for somebody who is not there. */
const WAITING_MS = 5 * 60_000;
/** The api rolls reports up every two seconds. */
const REPORTS_MS = 60_000;
/** One that is limited on purpose, by the pace of its accounts, may wait for hours. */
const MAY_WAIT = new Set(['campaigns', 'reports']);

/** Every check in the order in which somebody looks for a cause. */
export function judge(measured: Measured): Check[] {
  const { databaseMs, clockMs, jobs, sandbox } = measured;
  const failed = (jobs ?? []).reduce((sum, job) => sum + job.failed, 0);
  const one = (key: Check['key'], state: Check['state'], values: Check['values'] = {}): Check => ({
    key,
    state,
    values,
  });
  return [
    one('database', databaseMs > DATABASE_SLOW_MS ? 'warning' : 'ok', { ms: Math.round(databaseMs) }),
    one('queue', jobs ? 'ok' : 'error'),
    ...processChecks(measured),
    one('clock', Math.abs(clockMs) > CLOCK_MS ? 'warning' : 'ok', { seconds: Math.round(Math.abs(clockMs) / 1000) }),
    diskCheck(measured),
    ...waitingChecks(measured),
    one('failures', failed > 0 ? 'warning' : 'ok', { count: failed }),
    ...(sandbox === null ? [] : [one('sandbox', sandbox ? 'ok' : 'warning')]),
  ];
}

function processChecks({ processes }: Measured): Check[] {
  const alive = processes.filter((process) => process.alive);
  const senders = alive.filter(({ app }) => app === 'sender').length;
  const missing = PROCESS_APPS.filter((app) => app !== 'sender' && !alive.some((process) => process.app === app));
  const silent = processes.length - alive.length;
  const versions = new Set(alive.map(({ version }) => version));
  return [
    {
      key: 'processes',
      state: missing.length > 0 ? 'error' : silent > 0 ? 'warning' : 'ok',
      values: { missing: missing.join(', '), silent, count: alive.length },
    },
    { key: 'senders', state: senders > 0 ? 'ok' : 'error', values: { count: senders } },
    { key: 'versions', state: versions.size > 1 ? 'warning' : 'ok', values: { versions: [...versions].join(', ') } },
  ];
}

/** The smaller a disk the larger the part that has to be free. */
function diskCheck({ storage: { disk } }: Measured): Check {
  if (!disk) return { key: 'disk', state: 'ok', values: { percent: -1 } };
  const { freeBytes, totalBytes } = disk;
  const share = totalBytes > 0 ? freeBytes / totalBytes : 1;
  const tight = (part: number, bytes: number) => share < part && freeBytes < bytes;
  const state = tight(0.03, 5 * GB) ? 'error' : tight(0.1, 20 * GB) ? 'warning' : 'ok';
  return { key: 'disk', state, values: { percent: Math.round(share * 100) } };
}

function waitingChecks({ lanes, nowMs }: Measured): Check[] {
  const ages = lanes.map(({ name, oldestAt }) => ({ name, ms: oldestAt ? nowMs - Date.parse(oldestAt) : 0 }));
  const late = ages.filter(({ name, ms }) => !MAY_WAIT.has(name) && ms > WAITING_MS);
  const worst = late.toSorted((a, b) => b.ms - a.ms)[0];
  const reports = ages.find(({ name }) => name === 'reports')?.ms ?? 0;
  return [
    {
      key: 'waiting',
      state: worst ? 'warning' : 'ok',
      values: worst ? { lane: worst.name, minutes: Math.floor(worst.ms / 60_000) } : {},
    },
    {
      key: 'reports',
      state: reports > REPORTS_MS ? 'warning' : 'ok',
      values: { seconds: Math.max(0, Math.round(reports / 1000)) },
    },
  ];
}
