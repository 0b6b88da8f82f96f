import { z } from 'zod';
import { Audience } from './campaigns.js';
import { Instant, TimeZone } from './conventions.js';

/** A date and time without an offset, as clocks show it. */
export const WallClock = z.iso.datetime({
  local: true,
  error: 'must be a date and time that exist, without an offset, such as 2027-02-28T10:00',
});

/** What a schedule in the recipients' time zones would mean for an audience that need not be saved. */
export const ZonePlanBody = z.object({
  audience: Audience,
  at: WallClock,
  timezone: TimeZone.meta({ description: 'for contacts without a zone' }),
});

/** When whom is sent to, zone by zone, the earliest first. Empty for a campaign that goes to all at once. */
export const ZonePlan = z
  .object({
    frozen: z.boolean().meta({ description: 'as prepared; else as contacts are now' }),
    begins: Instant.nullable().meta({ description: 'null: the hour has passed in every zone' }),
    ends: Instant.nullable().meta({ description: 'when the last zone is due' }),
    timezone: z.string().nullable().meta({ description: 'whose clock counts where a contact has no zone' }),
    withZone: z.number().int(),
    withoutZone: z.number().int(),
    zones: z.array(
      z.object({
        zone: z.string().nullable().meta({ description: 'null: contacts without one' }),
        at: Instant,
        nextDay: z
          .boolean()
          .meta({ description: 'its hour had passed at the beginning: the same hour of a later day' }),
        recipients: z.number().int(),
        state: z.enum(['waiting', 'sending', 'done']),
      }),
    ),
  })
  .meta({ id: 'ZonePlan' });
