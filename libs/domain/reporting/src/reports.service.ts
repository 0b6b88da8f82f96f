import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { CampaignQuery, CampaignSummary, Page } from '#contracts';
import { Database } from '#platform/database';
import type { RequestContext } from '#domain/workspaces';
import { listSummaries, liveSummaries } from './campaign-summaries.js';

/** What the ledger and the events say, for people: counts, reports, recipients, the dashboard. Reads only. */
@Injectable()
export class ReportsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  campaigns(ctx: RequestContext, query: z.infer<typeof CampaignQuery>): Promise<Page<z.infer<typeof CampaignSummary>>> {
    return listSummaries(this.db, ctx.workspaceId, query);
  }

  /** Campaigns that may have changed lately, for the event stream. */
  live(workspaceId: string): Promise<Array<z.infer<typeof CampaignSummary>>> {
    return liveSummaries(this.db, workspaceId);
  }
}
