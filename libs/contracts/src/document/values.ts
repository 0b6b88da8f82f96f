import { z } from 'zod';
import { DOCUMENT_LIMITS } from './limits.js';

/** `#rrggbb`. */
export const Color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #1554ad');

/** Names a section, column or block within its document; the editor makes it, the server never changes it. */
export const NodeId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1 to 40 letters, digits, _ or -');

/** Whole pixels. */
export const px = (min: number, max: number) => z.number().int().min(min).max(max);

/** Space around the content, in pixels. */
export const Padding = z.object({ top: px(0, 120), right: px(0, 120), bottom: px(0, 120), left: px(0, 120) });
export type Padding = z.infer<typeof Padding>;

export const Align = z.enum(['left', 'center', 'right']);
export type Align = z.infer<typeof Align>;

/**
 * An address as typed: `https:`, `http:`, `mailto:`, `tel:` or a merge tag such as `{{unsubscribeUrl}}`. Unfinished
 * ones can be saved; compiling tells what is wrong with them.
 */
export const Href = z.string().max(DOCUMENT_LIMITS.hrefLength);

/** One line of a block, as typed; `{{…}}` tags are filled in. */
export const Label = z.string().max(DOCUMENT_LIMITS.labelLength);

/** A picture: `src` is an absolute address of an image of the workspace (or a merge tag); `alt: ''` is decoration. */
export const Picture = z.object({
  src: Href,
  alt: z.string().max(500).nullable().meta({ description: 'null: not written yet, which is warned about' }),
  width: px(1, 10_000).nullable().meta({ description: 'pixels of the file, where known' }),
  height: px(1, 10_000).nullable(),
});
export type Picture = z.infer<typeof Picture>;
