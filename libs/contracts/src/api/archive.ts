import { z } from 'zod';
import { Id, Instant, line } from './conventions.js';

/** The public page with earlier campaigns of a workspace. */
export const ArchiveBody = z
  .object({
    enabled: z.boolean().meta({ description: 'off by default' }),
    slug: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{1,58}[a-z0-9])$/, 'must be 3 to 60 of a-z, 0-9 and -, and not begin or end with -')
      .nullable()
      .meta({ description: 'last part of its address; null makes a new one that nobody can guess' }),
    title: line(200, 0).default(''),
    intro: z.string().trim().max(1000).default(''),
    indexed: z.boolean().default(false).meta({ description: 'search engines may list it' }),
  })
  .meta({ id: 'ArchiveBody' });

export const Archive = ArchiveBody.extend({
  url: z.string().nullable().meta({ description: 'null before it was first saved' }),
  shown: z.number().int().meta({ description: 'campaigns it shows' }),
}).meta({ id: 'Archive' });

/** A campaign that was sent, and whether the page shows it. */
export const ArchiveCampaign = z
  .object({ id: Id, name: z.string(), subject: z.string(), startedAt: Instant, shown: z.boolean() })
  .meta({ id: 'ArchiveCampaign' });
export const ArchiveCampaignBody = z.object({ shown: z.boolean() });
