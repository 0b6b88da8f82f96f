import { z } from 'zod';
import { Id } from './conventions.js';

export const SEARCH_KINDS = ['campaign', 'contact', 'list', 'segment', 'template'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

export const SearchQuery = z.object({ q: z.string().trim().min(1).max(100) });
/** The best few of each kind, no list to page through: each kind has its own list route with `q`. */
export const SearchResult = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(SEARCH_KINDS),
        id: Id,
        name: z.string(),
        detail: z.string().meta({ description: 'status of a campaign, address of a contact' }),
      }),
    ),
  })
  .meta({ id: 'SearchResult' });
