import { z } from 'zod';
import { CampaignCounts, CampaignSummary } from './campaigns.js';

export const Dashboard = z
  .object({
    checklist: z.array(z.object({ key: z.string(), done: z.boolean() })),
    totals: CampaignCounts.meta({ description: 'over campaigns started in the last 30 days' }),
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
