import { z } from 'zod';
import { CampaignReport } from './campaign-report.js';
import { Id, Instant, PageQuery } from './conventions.js';

const count = z.number().int();

/** The domains of a campaign's recipients, the largest first. */
export const DomainReport = z
  .object({
    items: z.array(
      z.object({
        domain: z.string(),
        prepared: count,
        accepted: count,
        rejected: count,
        expired: count,
        bounced: count,
        opened: count,
        clicked: count,
        openedByAny: count,
        clickedByAny: count,
        replied: count,
        unsubscribed: count,
        complained: count,
      }),
    ),
    domains: count.meta({ description: 'how many there are in all; 50 at most are listed' }),
  })
  .meta({ id: 'DomainReport' });

export const TIMELINE_WINDOWS = ['48h', '30d'] as const;
export const TimelineQuery = z.object({
  window: z.enum(TIMELINE_WINDOWS).meta({ description: 'how long after the start' }),
});
/** The first hours or days of a campaign, in shorter buckets than its whole timeline has. */
export const TimelineReport = CampaignReport.pick({ timeline: true, timelineBucketSeconds: true }).meta({
  id: 'TimelineReport',
});

/** When people read, by hour of the week in the workspace's time zone. */
export const HourReport = z
  .object({
    timezone: z.string(),
    opened: z.array(count).length(168).meta({ description: 'from Monday 00:00 on' }),
    clicked: z.array(count).length(168),
  })
  .meta({ id: 'HourReport' });

/** What recipients do, newest first; machines are left out. */
export const ActivityQuery = PageQuery.pick({ limit: true, cursor: true }).extend({
  type: z.enum(['opened', 'clicked', 'replied']).optional(),
  mine: z.stringbool().optional().meta({ description: 'of campaigns that the asking person made or started' }),
});
export const Activity = z
  .object({
    id: Id,
    at: Instant,
    type: z.enum(['opened', 'clicked', 'replied']),
    contactId: Id.nullable().meta({ description: 'null once the contact is erased' }),
    email: z.string(),
    name: z.string(),
    campaignId: Id,
    campaignName: z.string(),
    url: z.string().nullable(),
  })
  .meta({ id: 'Activity' });

export const CreateShareBody = z.object({ days: z.number().int().min(1).max(365).default(14) }).prefault({});
/** A link under which anybody may read one report, until it expires or is withdrawn. */
export const ReportShare = z
  .object({ id: Id, createdAt: Instant, createdBy: z.string(), expiresAt: Instant })
  .meta({ id: 'ReportShare' });
export const ReportShares = z.object({ items: z.array(ReportShare) }).meta({ id: 'ReportShares' });
export const NewReportShare = ReportShare.extend({
  token: z.string().meta({ description: 'shown once; the address is /shared/{token}' }),
}).meta({ id: 'NewReportShare' });
/** What the bearer of a link sees: no addresses, and no words of servers, which may name some. */
export const SharedReport = z
  .object({
    workspace: z.string(),
    locale: z.string(),
    name: z.string(),
    subject: z.string(),
    expiresAt: Instant,
    report: CampaignReport,
  })
  .meta({ id: 'SharedReport' });
