import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError } from '#contracts';
import type { FailedJob, FailedJobBody, Page, PageQuery, SystemState } from '#contracts';
import { Settings } from '#platform/config';
import { Database, decodeCursor, toPage } from '#platform/database';
import { productVersion } from '#platform/process';
import { JobQueue } from '#platform/queue';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { judge } from './judge.js';
import { readLanes } from './lanes.js';
import { readProcesses } from './processes.js';
import { readStorage } from './storage.js';

type State = z.infer<typeof SystemState>;
type Failed = z.infer<typeof FailedJob>;

/** Sizes of every table are read from the disk's own notes; nobody needs them more often. */
const STORAGE_MS = 30_000;
const SANDBOX_MS = 1_000;

/** How the installation does, for who runs it. */
@Injectable()
export class SystemService {
  private storage: { until: number; value: Promise<State['storage']> } | undefined;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  /** @throws DomainError FORBIDDEN for anybody but owners of the first workspace */
  async state(ctx: RequestContext): Promise<State> {
    await this.requireOperator(ctx);
    const clock = await this.askClock();
    const [processes, lanes, jobs, storage, sandbox] = await Promise.all([
      readProcesses(this.db),
      readLanes(this.db),
      this.queue.counts().catch(() => null),
      this.readStorage(),
      this.sandboxAnswers(),
    ]);
    const measured = { processes, lanes, jobs, storage, sandbox, ...clock };
    return {
      at: new Date(clock.nowMs).toISOString(),
      version: productVersion(),
      checks: judge(measured),
      ...{ processes, lanes, jobs, storage },
    };
  }

  /**
   * Jobs that failed, the latest first.
   * @throws DomainError FORBIDDEN, UPSTREAM_UNAVAILABLE, MALFORMED_REQUEST for a cursor of another list
   */
  async failures(ctx: RequestContext, { limit, cursor }: PageQuery): Promise<Page<Failed>> {
    await this.requireOperator(ctx);
    const all = await this.queue.failures().catch(unreachable);
    const [at, id] = decodeCursor(cursor, 2) ?? [];
    const after = all.filter(
      (job) => at === undefined || job.failedAt < Number(at) || isLater(job, Number(at), String(id)),
    );
    return toPage(
      after,
      limit,
      (job) => [job.failedAt, job.id],
      ({ failedAt, ...job }) => ({ ...job, failedAt: new Date(failedAt).toISOString() }),
    );
  }

  /** @throws DomainError FORBIDDEN, NOT_FOUND where it has not failed any more, UPSTREAM_UNAVAILABLE */
  async settle(ctx: RequestContext, job: z.infer<typeof FailedJobBody>, what: 'retry' | 'forget'): Promise<void> {
    await this.requireOperator(ctx);
    if (!(await this.queue.settleFailure(job.name, job.id, what).catch(unreachable))) {
      throw new DomainError('NOT_FOUND', `There is no failed job ${job.id} of ${job.name} any more.`);
    }
    await audit(this.db, ctx, `job.${what === 'retry' ? 'retried' : 'forgotten'}`, `job:${job.name}`, null, job);
  }

  /** Everybody may own a workspace they made; who owns the first one runs the installation. */
  private async requireOperator({ workspaceId, actor }: RequestContext): Promise<void> {
    const row = await this.db.first<{ may: boolean }>(
      `SELECT CASE WHEN $2::bigint IS NULL THEN id = $1 ELSE EXISTS (
         SELECT 1 FROM workspace_members m WHERE m.workspace_id = w.id AND m.user_id = $2 AND m.role = 'owner') END AS may
       FROM workspaces w ORDER BY id LIMIT 1`,
      [workspaceId, actor.type === 'user' ? actor.id : null],
    );
    if (row?.may) return;
    throw new DomainError('FORBIDDEN', 'How the installation does is shown to the owners of its first workspace.');
  }

  private async askClock(): Promise<{ databaseMs: number; clockMs: number; nowMs: number }> {
    const before = performance.now();
    const row = await this.db.first<{ now: number }>(
      'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now',
    );
    const databaseMs = performance.now() - before;
    const nowMs = row?.now ?? Date.now();
    return { databaseMs, nowMs, clockMs: Date.now() - databaseMs / 2 - nowMs };
  }

  private readStorage(): Promise<State['storage']> {
    if (!this.storage || performance.now() > this.storage.until) {
      const value = readStorage(this.db, this.settings.dataPath());
      value.catch(() => (this.storage = undefined));
      this.storage = { until: performance.now() + STORAGE_MS, value };
    }
    return this.storage.value;
  }

  private async sandboxAnswers(): Promise<boolean | null> {
    const host = this.settings.get('SANDBOX_HOST');
    if (!host) return null;
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${this.settings.get('SANDBOX_HTTP_PORT')}/health/ready`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(SANDBOX_MS) }).catch(() => null);
    return answer?.ok ?? false;
  }
}

/** Of two that failed in the same millisecond the one with the greater id comes first. */
function isLater(job: { failedAt: number; id: string }, at: number, id: string): boolean {
  return job.failedAt === at && job.id < id;
}

function unreachable(): never {
  throw new DomainError('UPSTREAM_UNAVAILABLE', 'The queue does not answer.', {
    help: 'See whether Postgres, or Redis where QUEUE_URL names one, runs.',
  });
}
