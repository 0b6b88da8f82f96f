import { z } from 'zod';
import { line } from './conventions.js';

/**
 * What the links of a mail carry for the statistics of the website they lead to. An empty value is not carried, but that
 * an empty `campaign` is the campaign's name. Sent as a whole.
 */
export const Utm = z
  .object({
    enabled: z.boolean(),
    source: line(100, 0).default(''),
    medium: line(100, 0).default(''),
    campaign: line(200, 0).default('').meta({ description: 'empty: the name of the campaign' }),
    term: line(100, 0).default(''),
    content: line(100, 0).default(''),
  })
  .meta({
    id: 'Utm',
    description:
      'added to http(s) links but those to unsubscribe, preferences and web version; what a link says stands',
  });
export type Utm = z.infer<typeof Utm>;
