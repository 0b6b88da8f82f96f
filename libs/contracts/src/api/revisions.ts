import { z } from 'zod';
import { Id, Instant, PageQuery, Version } from './conventions.js';
import { ContentBody } from './templates.js';

export const RevisionQuery = PageQuery.pick({ limit: true, cursor: true });
/** What content was. Changes of one person within five minutes are one revision. */
export const Revision = z
  .object({
    id: Id,
    by: z.string().nullable().meta({ description: 'address of the person, or name of the API key; null: unknown' }),
    subject: z.string(),
    format: z.enum(['document', 'html', 'mjml', 'text']),
    restoredFrom: Id.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'Revision' });
export const RevisionContent = Revision.extend({ content: ContentBody }).meta({ id: 'RevisionContent' });
/** Restoring is a change like any other: it names the version it is made to, and makes a new revision. */
export const RestoreBody = z.object({ version: Version });
