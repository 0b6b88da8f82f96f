import type { RenderUrls } from '#engine/render';
import { createToken } from '#engine/token';
import type { KeyRing, RecipientRef } from '#engine/token';

/**
 * The addresses in one recipient's mail. One token a recipient, not one a link: `/c/<token>/<link>` indexes the
 * campaign's own table, so that a click can't become an open redirect.
 */
export function trackingUrls(base: string, ref: RecipientRef, keys: KeyRing, trackOpens: boolean): RenderUrls {
  const track = createToken('track', ref, keys);
  const unsubscribe = createToken('unsubscribe', ref, keys);
  const root = base.replace(/\/+$/, '');
  return {
    link: (index) => `${root}/c/${track}/${index}`,
    open: trackOpens ? `${root}/o/${track}.gif` : null,
    unsubscribe: `${root}/u/${unsubscribe}`,
    webVersion: `${root}/v/${track}`,
  };
}
