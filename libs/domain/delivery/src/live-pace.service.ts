import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { notFound } from '#contracts';
import type { AccountPace, Page, PageQuery } from '#contracts';
import { Settings } from '#platform/config';
import { Database, toPage } from '#platform/database';
import { openSharedState } from '#platform/shared-state';
import type { SharedState } from '#platform/shared-state';
import { decodeIdCursor } from '#domain/contacts';
import { SendingAccountLoader, findSmtpAccount, findSmtpAccounts, hasSmtpAccount } from '#domain/senders';
import type { SmtpAccountRow } from '#domain/senders';
import type { RequestContext } from '#domain/workspaces';
import { hasTriggeredMail } from './known-accounts.js';
import { CAMPAIGN_LANE } from './lane-limits.js';
import { livePaces, queued } from './live-pace.js';
import type { QueuedRow } from './live-pace.js';

/** How long a count of who waits is shown to everybody who looks: many may, and a large queue takes a while to count. */
const QUEUE_MS = 2_000;
const QUEUES_MAX = 200;

/** What the SMTP accounts do just now: pace, queue and answers by provider, with the reasons. */
@Injectable()
export class LivePaceService implements OnModuleDestroy {
  private shared: SharedState | undefined;
  private readonly queues = new Map<string, { at: number; rows: Promise<QueuedRow[]> }>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(SendingAccountLoader) private readonly loader: SendingAccountLoader,
  ) {}

  async list({ workspaceId }: RequestContext, query: PageQuery): Promise<Page<AccountPace>> {
    const after = decodeIdCursor(query.cursor);
    const q = query.q || null;
    const rows = await findSmtpAccounts(this.db, workspaceId, { after, limit: query.limit + 1, q });
    const shown = await this.paces(workspaceId, rows.slice(0, query.limit));
    const paces = new Map(shown.map((pace) => [pace.id, pace]));
    return toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => paces.get(row.id)!,
    );
  }

  async get({ workspaceId }: RequestContext, id: string): Promise<AccountPace> {
    const row = await findSmtpAccount(this.db, workspaceId, id);
    const [pace] = row ? await this.paces(workspaceId, [row]) : [];
    if (!pace) throw notFound('SMTP account', id);
    return pace;
  }

  async onModuleDestroy(): Promise<void> {
    await this.shared?.close();
  }

  private async paces(workspaceId: string, rows: SmtpAccountRow[]): Promise<AccountPace[]> {
    this.shared ??= openSharedState(this.settings.get('QUEUE_URL'), this.db);
    const placed = rows.map((row) => this.loader.place(row));
    const standIn = !(await hasSmtpAccount(this.db, workspaceId));
    const leavesShare = (await hasTriggeredMail(this.db, workspaceId)) ? CAMPAIGN_LANE.leavesShare : 0;
    const queue = (domains: readonly string[]) => this.queue(workspaceId, domains);
    return livePaces(this.shared, placed, queue, { standIn, leavesShare });
  }

  private queue(workspaceId: string, domains: readonly string[]): Promise<QueuedRow[]> {
    const key = [workspaceId, ...domains].join(' ');
    const known = this.queues.get(key);
    if (known && performance.now() - known.at < QUEUE_MS) return known.rows;
    const rows = queued(this.db, workspaceId, domains);
    rows.catch(() => this.queues.delete(key));
    if (this.queues.size >= QUEUES_MAX) this.queues.clear();
    this.queues.set(key, { at: performance.now(), rows });
    return rows;
  }
}
