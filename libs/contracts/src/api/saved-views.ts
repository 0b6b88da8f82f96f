import { z } from 'zod';
import { Id, line } from './conventions.js';

/** Lists of the admin UI that keep views. */
export const VIEW_PAGES = [
  'contacts',
  'campaigns',
  'lists',
  'segments',
  'suppressions',
  'templates',
  'messages',
  'inbound',
  'replies',
] as const;
/** Views that a person may keep of one page. */
export const VIEWS_MAX = 50;

const name = line(80);
const query = line(2_000).meta({
  description: 'search, filters and columns as they stand in the address of the page, without a leading `?`',
  examples: ['status=active&tag=vip'],
});

export const SavedViewBody = z.strictObject({
  page: z.enum(VIEW_PAGES),
  name,
  query,
  position: z.number().int().min(0).max(1_000_000).optional().meta({
    description: 'among the views of the page; absent: the last',
  }),
});
/** Nobody else can have changed it, so no version is asked for. */
export const UpdateSavedViewBody = z
  .strictObject({ name: name.optional(), query: query.optional() })
  .refine((body) => Object.keys(body).length > 0, 'must name what to change');
/** A list as one person likes to see it. */
export const SavedView = z
  .object({ id: Id, page: z.enum(VIEW_PAGES), name: z.string(), query: z.string(), position: z.number().int() })
  .meta({ id: 'SavedView' });
export const SavedViews = z.object({ items: z.array(SavedView) }).meta({ id: 'SavedViews' });
