import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type {
  AbReport,
  Activity,
  ActivityQuery,
  CampaignQuery,
  CampaignReport,
  CampaignSummary,
  ContactCampaign,
  ContactCampaignQuery,
  Dashboard,
  DashboardQuery,
  DecisionTrail,
  DomainReport,
  HourReport,
  LeavingReport,
  WaitingGroups,
  ListQuality,
  NewReportShare,
  Page,
  Recipient,
  RecipientQuery,
  ReportShare,
  SearchResult,
  SharedReport,
  TimelineQuery,
  TimelineReport,
  TrailQuery,
} from '#contracts';
import { Database } from '#platform/database';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { abReport } from './ab-report.js';
import { readActivity } from './activity.js';
import { campaignReport } from './campaign-report.js';
import { listSummaries, liveSummaries } from './campaign-summaries.js';
import { dashboard } from './dashboard.js';
import { searchWorkspace } from './search.js';
import { contactCampaigns, decisionTrail } from './decision-trail.js';
import { leavingReport } from './leaving-report.js';
import { listQuality } from './list-quality.js';
import { RecentAnswers } from './recent-answers.js';
import { recipientsCsv } from './recipients-csv.js';
import { listRecipients, requireCampaign } from './recipients.js';
import { reportDomains, reportHours } from './report-domains.js';
import { timelineWindow } from './report-timeline.js';
import { reportWorkbook } from './report-workbook.js';
import type { Reader } from './report-wording.js';
import { waitingGroups } from './waiting-groups.js';
import { createShare, listShares, openShare, withdrawShare } from './report-shares.js';
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
    await this.upToDate(ctx, campaignId);
    return campaignReport(this.db, ctx.workspaceId, campaignId);
  }

  async domains(ctx: RequestContext, campaignId: string): Promise<z.infer<typeof DomainReport>> {
    await this.upToDate(ctx, campaignId);
    return reportDomains(this.db, campaignId);
  }

  /** How the A/B test of a campaign went so far; null where nothing is tested. */
  async abTest(ctx: RequestContext, campaignId: string): Promise<{ report: z.infer<typeof AbReport> | null }> {
    await this.upToDate(ctx, campaignId);
    return { report: await abReport(this.db, campaignId) };
  }

  async hours(ctx: RequestContext, campaignId: string): Promise<z.infer<typeof HourReport>> {
    await this.upToDate(ctx, campaignId);
    return reportHours(this.db, ctx.workspaceId, campaignId);
  }

  /** The beginning of a campaign in finer buckets than its report has. */
  async timeline(
    ctx: RequestContext,
    campaignId: string,
    { window }: z.infer<typeof TimelineQuery>,
  ): Promise<z.infer<typeof TimelineReport>> {
    await this.upToDate(ctx, campaignId);
    return timelineWindow(this.db, campaignId, window);
  }

  activity(ctx: RequestContext, query: z.infer<typeof ActivityQuery>): Promise<Page<z.infer<typeof Activity>>> {
    return readActivity(this.db, ctx, query);
  }

  async shares(ctx: RequestContext, campaignId: string): Promise<{ items: Array<z.infer<typeof ReportShare>> }> {
    await requireCampaign(this.db, ctx.workspaceId, campaignId);
    return { items: await listShares(this.db, ctx.workspaceId, campaignId) };
  }

  async share(ctx: RequestContext, campaignId: string, days: number): Promise<z.infer<typeof NewReportShare>> {
    await requireCampaign(this.db, ctx.workspaceId, campaignId);
    const share = await createShare(this.db, ctx, campaignId, days);
    await audit(this.db, ctx, 'report.shared', `campaign:${campaignId}`, null, { id: share.id, days });
    return share;
  }

  async withdrawShare(ctx: RequestContext, id: string): Promise<void> {
    const campaignId = await withdrawShare(this.db, ctx.workspaceId, id);
    await audit(this.db, ctx, 'report.unshared', `campaign:${campaignId}`, { id }, null);
  }

  /** The report behind a link, for whoever has the link. */
  async shared(token: string): Promise<z.infer<typeof SharedReport>> {
    const { workspaceId, campaignId, expiresAt, ...head } = await openShare(this.db, token);
    await rollUp(this.db, [campaignId]);
    const report = await campaignReport(this.db, workspaceId, campaignId);
    return { ...head, expiresAt: expiresAt.toISOString(), report: withoutWords(report) };
  }

  private async upToDate(ctx: RequestContext, campaignId: string): Promise<void> {
    await requireCampaign(this.db, ctx.workspaceId, campaignId);
    await rollUp(this.db, [campaignId]);
  }

  /** How good a list's addresses are, by what became of its mail. */
  listQuality(ctx: RequestContext, listId: string): Promise<z.infer<typeof ListQuality>> {
    return listQuality(this.db, ctx.workspaceId, listId);
  }

  /** Why people left by a campaign, as far as they said so. */
  async leaving(ctx: RequestContext, campaignId: string): Promise<LeavingReport> {
    await requireCampaign(this.db, ctx.workspaceId, campaignId);
    return leavingReport(this.db, campaignId);
  }

  /** Why recipients wait for another try just now. */
  async waiting(ctx: RequestContext, campaignId: string): Promise<WaitingGroups> {
    await requireCampaign(this.db, ctx.workspaceId, campaignId);
    return waitingGroups(this.db, campaignId);
  }

  async recipients(
    ctx: RequestContext,
    campaignId: string,
    query: z.infer<typeof RecipientQuery>,
  ): Promise<Page<z.infer<typeof Recipient>>> {
    await requireCampaign(this.db, ctx.workspaceId, campaignId);
    return listRecipients(this.db, campaignId, query);
  }

  /** Who takes the recipients home stands in the audit. @returns the export in pieces, made as they are read */
  async recipientsCsv(
    ctx: RequestContext,
    campaignId: string,
    query: z.infer<typeof RecipientQuery>,
  ): Promise<AsyncIterable<string>> {
    await requireCampaign(this.db, ctx.workspaceId, campaignId);
    await audit(this.db, ctx, 'campaign.recipients-exported', `campaign:${campaignId}`, null, query);
    return recipientsCsv(this.db, campaignId, query);
  }

  /**
   * @returns the report with all recipients as a workbook, made as it is read: in the language of whoever asks (for a
   * program, of the workspace), with times of the workspace's zone
   */
  async workbook(ctx: RequestContext, campaignId: string): Promise<Readable> {
    const report = await this.report(ctx, campaignId);
    const reader = await this.db.first<Reader>(
      `SELECT coalesce((SELECT u.locale FROM users u WHERE u.id = $2), w.locale) AS locale, w.timezone
       FROM workspaces w WHERE w.id = $1`,
      [ctx.workspaceId, ctx.actor.type === 'user' ? ctx.actor.id : null],
    );
    await audit(this.db, ctx, 'campaign.recipients-exported', `campaign:${campaignId}`, null, { format: 'xlsx' });
    return reportWorkbook(this.db, report, reader ?? { locale: 'en', timezone: 'UTC' });
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

  /** What of the workspace has these words in its name. */
  async search(ctx: RequestContext, q: string): Promise<z.infer<typeof SearchResult>> {
    return { items: await searchWorkspace(this.db, ctx.workspaceId, ctx.permissions, q) };
  }

  dashboard(ctx: RequestContext, { days }: z.infer<typeof DashboardQuery>): Promise<z.infer<typeof Dashboard>> {
    return dashboard(this.db, this.trends, ctx.workspaceId, days);
  }
}

/** Servers name addresses in what they say. */
function withoutWords(report: z.infer<typeof CampaignReport>): z.infer<typeof CampaignReport> {
  const bounceReasons = report.bounceReasons.map(({ providers, ...reason }) => ({
    ...reason,
    sample: '',
    providers: providers.map((provider) => ({ ...provider, sample: '' })),
  }));
  return { ...report, bounceReasons };
}
