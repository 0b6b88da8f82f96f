import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type {
  CampaignQuery,
  CampaignReport,
  CampaignSummary,
  ContactCampaign,
  ContactCampaignQuery,
  Dashboard,
  DecisionTrail,
  ListQuality,
  Page,
  Recipient,
  RecipientQuery,
  TrailQuery,
} from '#contracts';
import { Database } from '#platform/database';
import type { RequestContext } from '#domain/workspaces';
import { campaignReport } from './campaign-report.js';
import { listSummaries, liveSummaries } from './campaign-summaries.js';
import { dashboard } from './dashboard.js';
import { contactCampaigns, decisionTrail } from './decision-trail.js';
import { listQuality } from './list-quality.js';
import { RecentAnswers } from './recent-answers.js';
import { recipientsCsv } from './recipients-csv.js';
import { listRecipients, requireCampaign } from './recipients.js';
import { rollUp } from './rollup/roll-up.js';

/**
 * What the ledger and the events say, for people: counts, reports, recipients, the dashboard. Counts come from rollups:
 * what is not rolled up yet of what is asked for is so before it is read, or (should another process be at it) is some
 * seconds old.
 */
@Injectable()
export class ReportsService {
  private readonly trends = new RecentAnswers<z.infer<typeof Dashboard>['trend']>(100);

  constructor(@Inject(Database) private readonly db: Database) {}

  campaigns(ctx: RequestContext, query: z.infer<typeof CampaignQuery>): Promise<Page<z.infer<typeof CampaignSummary>>> {
    return listSummaries(this.db, ctx.workspaceId, query);
  }

  /** Campaigns that may have changed lately, for the event stream. */
  live(workspaceId: string): Promise<Array<z.infer<typeof CampaignSummary>>> {
    return liveSummaries(this.db, workspaceId);
  }

  async report(ctx: RequestContext, campaignId: string): Promise<z.infer<typeof CampaignReport>> {
    await requireCampaign(this.db, ctx.workspaceId, campaignId);
    await rollUp(this.db, [campaignId]);
    return campaignReport(this.db, ctx.workspaceId, campaignId);
  }

  /** How good a list's addresses are, by what became of its mail. */
  listQuality(ctx: RequestContext, listId: string): Promise<z.infer<typeof ListQuality>> {
    return listQuality(this.db, ctx.workspaceId, listId);
  }

  async recipients(
    ctx: RequestContext,
    campaignId: string,
    query: z.infer<typeof RecipientQuery>,
  ): Promise<Page<z.infer<typeof Recipient>>> {
    await requireCampaign(this.db, ctx.workspaceId, campaignId);
    return listRecipients(this.db, campaignId, query);
  }

  /** @returns the export in pieces, made as they are read */
  async recipientsCsv(
    ctx: RequestContext,
    campaignId: string,
    query: z.infer<typeof RecipientQuery>,
  ): Promise<AsyncIterable<string>> {
    await requireCampaign(this.db, ctx.workspaceId, campaignId);
    return recipientsCsv(this.db, campaignId, query);
  }

  /** Why one address got, or did not get, one campaign. */
  trail(
    ctx: RequestContext,
    campaignId: string,
    query: z.infer<typeof TrailQuery>,
  ): Promise<z.infer<typeof DecisionTrail>> {
    return decisionTrail(this.db, ctx.workspaceId, campaignId, query);
  }

  /** The started campaigns from the view of one contact: got it, or why not. */
  contactCampaigns(
    ctx: RequestContext,
    contactId: string,
    query: z.infer<typeof ContactCampaignQuery>,
  ): Promise<Page<z.infer<typeof ContactCampaign>>> {
    return contactCampaigns(this.db, ctx.workspaceId, contactId, query);
  }

  dashboard(ctx: RequestContext): Promise<z.infer<typeof Dashboard>> {
    return dashboard(this.db, this.trends, ctx.workspaceId);
  }
}
