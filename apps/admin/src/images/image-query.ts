import type { Resource } from '../api/types.js';

export type Image = Resource<'Image'>;
/** Images that mail programs show. */
export const IMAGE_KINDS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** How many places show an image. */
export function totalUses({ templates, savedBlocks, unsent, sent }: Image['uses']): number {
  return templates + savedBlocks + unsent + sent;
}
