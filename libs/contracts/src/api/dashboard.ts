import { z } from 'zod';
import { CampaignCounts, CampaignSummary } from './campaigns.js';

export const DASHBOARD_DAYS = [7, 30] as const;
export const DashboardQuery = z.object({
  days: z.coerce
    .number()
    .pipe(z.union(DASHBOARD_DAYS.map((days) => z.literal(days))))
    .default(30),
});
export const HEALTH_KEYS = ['domains', 'channels', 'queue', 'complaints', 'mailboxes'] as const;
export const Dashboard = z
  .object({
    days: z.number().int(),
    checklist: z.array(z.object({ key: z.string(), done: z.boolean() })),
    totals: CampaignCounts.meta({ description: 'over campaigns started in the last `days` days' }),
    before: CampaignCounts.meta({ description: 'over those started in as many days before' }),
    health: z.array(
      z.object({
        key: z.enum(HEALTH_KEYS),
        state: z.enum(['none', 'ok', 'warning', 'error']).meta({ description: 'none: there is nothing of it yet' }),
        values: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
    contacts: z.object({ total: z.number().int(), mailable: z.number().int(), suppressed: z.number().int() }),
    trend: z.array(
      z.object({
        day: z.string(),
        accepted: z.number().int(),
        opened: z.number().int(),
        clicked: z.number().int(),
        bounced: z.number().int(),
      }),
    ),
    active: z.array(CampaignSummary),
    recent: z.array(CampaignSummary),
    inboundUnreviewed: z.number().int(),
  })
  .meta({ id: 'Dashboard' });
