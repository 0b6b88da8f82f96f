import { z } from 'zod';
import { Id, Instant } from './conventions.js';

/**
 * Shares from which on a list is watched, and from which on it should not be mailed as it is. Providers act at about
 * these: Gmail and Yahoo name 0.1 and 0.3 % of complaints in their rules for senders.
 */
export const QUALITY_LIMITS = {
  hard: { warn: 0.02, stop: 0.05 },
  complaints: { warn: 0.001, stop: 0.003 },
} as const;
export const QUALITY_LEVELS = ['ok', 'warn', 'stop'] as const;
export type QualityLevel = (typeof QUALITY_LEVELS)[number];

const count = z.number().int();
const level = z.enum(QUALITY_LEVELS);
export const QualityFigures = z
  .object({
    sent: count.meta({ description: 'messages with an outcome: accepted, rejected or expired' }),
    delivered: count.meta({ description: 'accepted and not bounced since' }),
    hard: count.meta({ description: 'bounced or rejected because the address does not exist; of sent' }),
    complaints: count.meta({ description: 'of delivered' }),
    unsubscribed: count.meta({ description: 'of delivered' }),
    reached: count.meta({ description: 'people with a delivered message' }),
    silent: count.meta({ description: 'of reached: those who never opened, clicked or replied' }),
    hardLevel: level,
    complaintLevel: level,
  })
  .meta({ id: 'QualityFigures' });

export const ListQuality = z
  .object({
    since: Instant,
    campaigns: count,
    truncated: z.boolean().meta({ description: 'more messages than are looked at; the newest count' }),
    overall: QualityFigures,
    imports: z.array(
      QualityFigures.extend({
        importId: Id.nullable().meta({ description: 'null: came one by one, by form or API' }),
        fileName: z.string().nullable(),
        source: z.string().nullable().meta({ description: 'where these people agreed, as said at the import' }),
      }),
    ),
    domains: z.array(QualityFigures.extend({ domain: z.string() })),
  })
  .meta({ id: 'ListQuality' });
