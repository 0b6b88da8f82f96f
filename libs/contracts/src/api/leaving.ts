import { z } from 'zod';
import { UNSUBSCRIBE_REASONS } from '../statuses.js';
import { Instant } from './conventions.js';

/** Why people left by a campaign, as far as they said so on the unsubscribe page. */
export const LeavingReport = z
  .object({
    left: z.int().meta({ description: 'how many left by it' }),
    reasons: z.array(z.object({ reason: z.enum(UNSUBSCRIBE_REASONS), count: z.int() })),
    comments: z
      .array(z.object({ at: Instant, reason: z.enum(UNSUBSCRIBE_REASONS), comment: z.string() }))
      .meta({ description: 'the newest twenty, without whose they are' }),
  })
  .meta({ id: 'LeavingReport' });
export type LeavingReport = z.infer<typeof LeavingReport>;
