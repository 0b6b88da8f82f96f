import { z } from 'zod';
import { DocBlock } from '../document/blocks.js';
import { DocSection } from '../document/document.js';
import { Id, Instant, PageQuery, Version, line, patchOf } from './conventions.js';

/** A block or a whole section. It holds no reference to a further saved one. */
export const SavedBlockContent = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('block'), block: DocBlock }),
    z.object({ kind: z.literal('section'), section: DocSection }),
  ])
  .superRefine((content, issues) => {
    const blocks =
      content.kind === 'block' ? [content.block] : content.section.columns.flatMap((column) => column.blocks);
    if (!blocks.some(({ type }) => type === 'reusable')) return;
    issues.addIssue({ code: 'custom', path: [], message: 'must not hold a reference to another saved block' });
  })
  .meta({ id: 'SavedBlockContent' });
export type SavedBlockContent = z.infer<typeof SavedBlockContent>;

export const SavedBlockBody = z.object({ name: line(100), content: SavedBlockContent });
export const UpdateSavedBlockBody = patchOf(SavedBlockBody);
export const SavedBlock = SavedBlockBody.extend({
  id: Id,
  version: Version,
  createdAt: Instant,
  updatedAt: Instant,
}).meta({ id: 'SavedBlock' });
export const SavedBlockQuery = PageQuery.omit({ count: true }).extend({
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
/** Content that refers to a saved block. */
export const SavedBlockUse = z
  .object({ kind: z.enum(['template', 'campaign']), id: Id, name: z.string() })
  .meta({ id: 'SavedBlockUse' });
