import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, invalid, notFound, testsTimes } from '#contracts';
import type { AbTest, AbTestBody, VariantContentBody } from '#contracts';
import { Database } from '#platform/database';
import type { Transaction } from '#platform/database';
import { forgetVariants, getRevision } from '#domain/templates';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { findCampaign } from '../campaign.repository.js';
import type { CampaignRow } from '../campaign.repository.js';
import { refuse } from '../require-ready.js';
import { deleteAbTest, findAbTest, saveAbTest } from './ab-test.repository.js';
import type { AbTestRow, AbTestSettings } from './ab-test.repository.js';
import { keepContents } from './keep-contents.js';
import { letterOf } from './variant-contents.js';

type View = z.infer<typeof AbTest>;

/** What of a campaign is tested, while it is a draft. How a test goes is domain/delivery's, and its numbers reporting's. */
@Injectable()
export class AbTestsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async get(ctx: RequestContext, campaignId: string): Promise<{ test: View | null }> {
    const campaign = await findCampaign(this.db, ctx.workspaceId, campaignId);
    if (!campaign) throw notFound('campaign', campaignId);
    const test = await findAbTest(this.db, campaignId);
    return { test: test ? view(test) : null };
  }

  /** @throws DomainError NOT_FOUND, CAMPAIGN_NOT_EDITABLE, STALE_VERSION with `current` */
  save(ctx: RequestContext, campaignId: string, body: AbTestBody): Promise<{ test: View }> {
    return this.db.transaction((tx) => this.write(tx, ctx, { campaignId, version: body.version }, settingsOf(body)));
  }

  /**
   * Writes what one variant says, and keeps what it said before.
   * @param variant 1 is B
   * @throws DomainError as {@link save}; VALIDATION_FAILED where the variants may differ in their time alone
   */
  saveContent(
    ctx: RequestContext,
    campaignId: string,
    variant: number,
    { version, content }: z.infer<typeof VariantContentBody>,
    restoredFrom: string | null = null,
  ): Promise<{ test: View }> {
    return this.db.transaction(async (tx) => {
      await this.holdDraft(tx, ctx, campaignId);
      const test = await findAbTest(tx, campaignId);
      if (!test?.variants[variant - 1]) throw notFound('variant', letterOf(variant));
      if (testsTimes(test)) {
        throw invalid('content', 'AB_TIMES_ONLY', 'In a test of send times all variants say the same.');
      }
      const variants = test.variants.map((other, index) => (index === variant - 1 ? { ...other, content } : other));
      return this.write(tx, ctx, { campaignId, version, restoredFrom }, { ...test, variants });
    });
  }

  /** Brings back what a variant said; what it says now is kept as a revision too. */
  async restore(ctx: RequestContext, campaignId: string, variant: number, version: number, revisionId: string) {
    await this.get(ctx, campaignId);
    const { content } = await getRevision(this.db, { campaignId, variant }, revisionId);
    return this.saveContent(ctx, campaignId, variant, { version, content }, revisionId);
  }

  private async write(
    tx: Transaction,
    ctx: RequestContext,
    { campaignId, version, restoredFrom = null }: { campaignId: string; version: number; restoredFrom?: string | null },
    settings: AbTestSettings,
  ): Promise<{ test: View }> {
    const campaign = await this.holdDraft(tx, ctx, campaignId);
    const before = await findAbTest(tx, campaignId);
    const after = await saveAbTest(tx, campaignId, version, settings);
    if (!after) {
      throw new DomainError('STALE_VERSION', 'Somebody has changed this A/B test since you opened it.', {
        help: 'Look at the present state and apply your change to it.',
        extra: { current: before ? view(before) : null },
      });
    }
    await keepContents(tx, ctx, { campaign, before, after, restoredFrom });
    const { variants, sample, holdOut } = after;
    const written = { variants: variants.length + 1, sample, holdOut };
    await audit(tx, ctx, 'campaign.ab-test.saved', `campaign:${campaignId}`, null, written);
    return { test: view(after) };
  }

  async remove(ctx: RequestContext, campaignId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.holdDraft(tx, ctx, campaignId);
      const gone = await deleteAbTest(tx, campaignId);
      await forgetVariants(tx, campaignId, 1);
      if (gone > 0) await audit(tx, ctx, 'campaign.ab-test.removed', `campaign:${campaignId}`, {}, null);
    });
  }

  /** A start waits for what is written here, and who comes after it is refused. */
  private async holdDraft(tx: Transaction, ctx: RequestContext, campaignId: string): Promise<CampaignRow> {
    await tx.first('SELECT 1 FROM campaigns WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE', [
      ctx.workspaceId,
      campaignId,
    ]);
    const campaign = await findCampaign(tx, ctx.workspaceId, campaignId);
    if (!campaign) throw notFound('campaign', campaignId);
    if (campaign.status !== 'draft') throw refuse('edit', campaign.status);
    return campaign;
  }
}

/** Of a test of send times nobody waits for the verdict, whatever shares were written. */
function settingsOf({ version: _, ...settings }: AbTestBody): AbTestSettings {
  if (!testsTimes(settings)) return settings;
  return { ...settings, sample: 100 - settings.holdOut, fallback: null };
}

function view({ version, variants, sample, holdOut, metric, durationMinutes, fallback }: AbTestRow): View {
  return { version, variants, sample, holdOut, metric, durationMinutes, fallback };
}
