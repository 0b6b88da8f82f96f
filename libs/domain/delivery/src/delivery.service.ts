import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type {
  Audience,
  AudienceReport,
  Page,
  SettleUncertainBody,
  SettleUncertainResult,
  TestSendBody,
  TestSendResult,
  UncertainQuery,
  UncertainRecipient,
  UncertainStory,
} from '#contracts';
import { Settings } from '#platform/config';
import { Database } from '#platform/database';
import { JobQueue } from '#platform/queue';
import {
  CampaignsService,
  compileChoices,
  countAudience,
  countDraftAudience,
  findAbTest,
  markTested,
  variantsOf,
} from '#domain/campaigns';
import { ContentCompiler, withSavedBlocks } from '#domain/templates';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { chooseVariant } from './ab/choose-variant.js';
import { requireOpenTest, unknownVariant } from './ab/require-open-test.js';
import { DirectAccounts } from './direct-accounts.js';
import { sendTest } from './send-test.js';
import { settleUncertain } from './settle-uncertain.js';
import { countUncertain, listUncertain, uncertainStory } from './uncertain.js';

/** What people ask of delivery: who would get it, is it ready, a test, and what to do with the uncertain. */
@Injectable()
export class DeliveryService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(CampaignsService) private readonly campaigns: CampaignsService,
    @Inject(ContentCompiler) private readonly compiler: ContentCompiler,
    @Inject(DirectAccounts) private readonly direct: DirectAccounts,
  ) {}

  async audience(ctx: RequestContext, campaignId: string): Promise<z.infer<typeof AudienceReport>> {
    return countAudience(this.db, await this.campaigns.get(ctx, campaignId));
  }

  /** The same for an audience that is not saved yet. */
  draftAudience(ctx: RequestContext, audience: z.infer<typeof Audience>): Promise<z.infer<typeof AudienceReport>> {
    return countDraftAudience(this.db, ctx.workspaceId, audience);
  }

  /**
   * A person says what the rest of an A/B test gets, before the decision or where it named nobody.
   * @throws DomainError NOT_FOUND, AB_TEST_NOT_OPEN, VALIDATION_FAILED for a variant that there is not
   */
  async chooseVariant(ctx: RequestContext, id: string, variant: number): Promise<void> {
    await this.campaigns.get(ctx, id);
    await this.db.transaction(async (tx) => {
      await requireOpenTest(tx, id, variant);
      await chooseVariant(tx, id, variant, 'person');
      await audit(tx, ctx, 'campaign.ab-test.chosen', `campaign:${id}`, null, { variant });
    });
    await this.queue.add('batch.ready', { campaignId: id });
  }

  async test(
    ctx: RequestContext,
    id: string,
    body: z.infer<typeof TestSendBody>,
  ): Promise<z.infer<typeof TestSendResult>> {
    const campaign = await this.campaigns.get(ctx, id);
    const said = variantsOf(campaign, await findAbTest(this.db, id))[body.variant];
    if (!said) throw unknownVariant(body.variant);
    const source = await withSavedBlocks(this.db, ctx.workspaceId, said.content);
    const content = await this.compiler.compileValid(source, compileChoices(campaign));
    const surroundings = {
      accounts: this.direct.open(),
      trackingUrl: this.settings.get('TRACKING_URL'),
      nowMs: Date.now(),
    };
    const results = await sendTest(this.db, { ...campaign, fromName: said.fromName }, content, body, surroundings);
    if (results.some((result) => result.ok)) await markTested(this.db, id);
    return { results };
  }

  async uncertain(
    ctx: RequestContext,
    id: string,
    query: z.infer<typeof UncertainQuery>,
  ): Promise<Page<z.infer<typeof UncertainRecipient>>> {
    await this.campaigns.get(ctx, id);
    return listUncertain(this.db, id, query);
  }

  /** What happened to those whose fate nobody knows. */
  async uncertainStory(ctx: RequestContext, id: string): Promise<z.infer<typeof UncertainStory>> {
    await this.campaigns.get(ctx, id);
    return uncertainStory(this.db, id);
  }

  async settleUncertain(
    ctx: RequestContext,
    id: string,
    { action, ...choice }: z.infer<typeof SettleUncertainBody>,
  ): Promise<z.infer<typeof SettleUncertainResult>> {
    await this.campaigns.get(ctx, id);
    const result = await this.db.transaction(async (tx) => {
      const settled = await settleUncertain(tx, id, action, choice);
      if (settled > 0) {
        await audit(tx, ctx, 'campaign.uncertain-settled', `campaign:${id}`, null, { action, ...choice, settled });
      }
      return { settled, left: await countUncertain(tx, id) };
    });
    if (action === 'resend' && result.settled > 0) await this.queue.add('batch.ready', { campaignId: id });
    return result;
  }
}
