import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Checklist, MissingContact, MissingDataQuery, Page } from '#contracts';
import { Settings } from '#platform/config';
import { Database, decodeIdCursor, toPage } from '#platform/database';
import { JobQueue } from '#platform/queue';
import { ContentCompiler } from '#domain/templates';
import type { RequestContext } from '#domain/workspaces';
import { findAbTest } from '../ab/ab-test.repository.js';
import { compileVariants, readyVariants } from '../ab/variant-contents.js';
import { audienceRules } from '../audience-rules.js';
import { CampaignsService } from '../campaigns.service.js';
import { checkReadiness } from '../check-readiness.js';
import { findMissing } from './missing-data.js';
import { preflightOf, stateOf, isCurrent } from './preflight-items.js';
import { askPreflight } from './preflight.repository.js';

/** What stands between a draft and its start, the slow checks included. */
@Injectable()
export class PreflightsService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(CampaignsService) private readonly campaigns: CampaignsService,
    @Inject(ContentCompiler) private readonly compiler: ContentCompiler,
  ) {}

  async checklist(ctx: RequestContext, campaignId: string): Promise<z.infer<typeof Checklist>> {
    const campaign = await this.campaigns.get(ctx, campaignId);
    const {
      items,
      ready,
      preflight: row,
    } = await checkReadiness(this.db, this.compiler, campaign, {
      now: Date.now(),
      at: null,
    });
    const current = ready !== null && isCurrent(row, preflightOf(campaign, ready).key, Date.now());
    const preflight = stateOf(row, current, this.settings.get('LINK_CHECKS'));
    return { ready: items.every((item) => item.severity !== 'error'), items, preflight };
  }

  /**
   * Begins the slow checks, unless they are under way for what the draft says now. Content with errors has to be mended
   * first; the list says so, and nothing is looked at.
   */
  async ask(ctx: RequestContext, campaignId: string): Promise<z.infer<typeof Checklist>> {
    const campaign = await this.campaigns.get(ctx, campaignId);
    const test = await findAbTest(this.db, campaignId);
    const ready = readyVariants(await compileVariants(this.db, this.compiler, campaign, test));
    if (!ready) return this.checklist(ctx, campaignId);
    const { workspaceId } = campaign;
    const checks = preflightOf(campaign, ready);
    const asked = await askPreflight(this.db, { campaignId, workspaceId, ...checks });
    // Two jobs for one check do no harm; a job that is taken for the one before would let somebody wait for the sweep.
    if (asked) await this.queue.add('preflight.run', { campaignId });
    return this.checklist(ctx, campaignId);
  }

  /** Who would get a mail with a hole where the variable stands. */
  async missing(
    ctx: RequestContext,
    campaignId: string,
    { variable, limit, cursor }: z.infer<typeof MissingDataQuery>,
  ): Promise<Page<z.infer<typeof MissingContact>>> {
    const campaign = await this.campaigns.get(ctx, campaignId);
    const after = decodeIdCursor(cursor);
    const rules = await audienceRules(this.db, campaign);
    const rows = await findMissing(this.db, rules, variable, { after, limit: limit + 1 });
    return toPage(
      rows,
      limit,
      (row) => [row.id],
      (row) => row,
    );
  }
}
