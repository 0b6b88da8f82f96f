import { z } from 'zod';
import { Instant } from './conventions.js';

/** Why recipients of a campaign wait for another try just now. */
export const WaitingGroups = z
  .object({
    whole: z.boolean().meta({ description: 'false: many wait, and those of the newest batches were looked at' }),
    groups: z.array(
      z.object({
        provider: z.string(),
        kind: z.enum(['deferred', 'unreachable']).meta({ description: 'a server said so, or none was reached' }),
        code: z.number().int().nullable().meta({ description: 'of the SMTP reply' }),
        count: z.number().int(),
        sample: z.string().meta({ description: 'the words of a server, or ours where none was reached' }),
        retryAt: Instant.meta({ description: 'when the first of them is tried again' }),
      }),
    ),
  })
  .meta({ id: 'WaitingGroups' });
export type WaitingGroups = z.infer<typeof WaitingGroups>;
