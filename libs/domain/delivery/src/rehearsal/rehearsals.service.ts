import { Inject, Injectable } from '@nestjs/common';
import { DomainError, notFound } from '#contracts';
import type { Page } from '#contracts';
import { Database, decodeIdCursor, toPage } from '#platform/database';
import { JobQueue } from '#platform/queue';
import { CampaignsService, compileChoices } from '#domain/campaigns';
import { ContentCompiler, withSavedBlocks } from '#domain/templates';
import { actorLabel } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { cancelRehearsal, findRehearsal, findRehearsals, insertRehearsal } from './rehearsal.repository.js';
import type { RehearsalOptions, RehearsalView } from './rehearsal.repository.js';

/** What people ask of rehearsals; they are run by the sender. */
@Injectable()
export class RehearsalsService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(CampaignsService) private readonly campaigns: CampaignsService,
    @Inject(ContentCompiler) private readonly compiler: ContentCompiler,
  ) {}

  /**
   * Asks for one; what was still under way for the campaign is called off.
   * @throws DomainError CAMPAIGN_NOT_STARTABLE for one that has started, TEMPLATE_INVALID for content with errors
   */
  async ask(ctx: RequestContext, campaignId: string, options: RehearsalOptions): Promise<RehearsalView> {
    const campaign = await this.campaigns.get(ctx, campaignId);
    if (campaign.frozenAt) {
      throw new DomainError(
        'CAMPAIGN_NOT_STARTABLE',
        `The campaign is ${campaign.status}; only a draft is rehearsed.`,
        {
          help: 'Duplicate it to rehearse it once more.',
        },
      );
    }
    const source = await withSavedBlocks(this.db, ctx.workspaceId, campaign.content);
    const content = await this.compiler.compileValid(source, compileChoices(campaign));
    const by = actorLabel(ctx.actor);
    const { workspaceId } = ctx;
    const row = await this.db.transaction((tx) =>
      insertRehearsal(tx, { workspaceId, campaignId, options, compiled: content, by }),
    );
    await this.queue.add('rehearsal.run', { rehearsalId: row.id });
    return row;
  }

  /** @throws DomainError NOT_FOUND for one of another workspace */
  async get(ctx: RequestContext, id: string): Promise<RehearsalView> {
    const row = await findRehearsal(this.db, ctx.workspaceId, id);
    if (!row) throw notFound('rehearsal', id);
    return row;
  }

  async list(
    ctx: RequestContext,
    campaignId: string,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<Page<RehearsalView>> {
    await this.campaigns.get(ctx, campaignId);
    const before = decodeIdCursor(query.cursor);
    const rows = await findRehearsals(this.db, campaignId, { before, limit: query.limit + 1 });
    return toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => row,
    );
  }

  /** Calls one off; one that is over stays as it is. */
  async cancel(ctx: RequestContext, id: string): Promise<RehearsalView> {
    await this.get(ctx, id);
    await cancelRehearsal(this.db, id);
    return this.get(ctx, id);
  }
}
