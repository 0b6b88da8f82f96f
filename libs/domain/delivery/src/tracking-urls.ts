import type { RenderUrls } from '#engine/render';
import type { TokenPurpose } from '#engine/token';

/**
 * The addresses in one recipient's mail. One token a recipient, not one a link: `/c/<token>/<link>` indexes the
 * campaign's own table, so that a click can't become an open redirect.
 */
export function trackingUrls(base: string, token: (purpose: TokenPurpose) => string, trackOpens: boolean): RenderUrls {
  const root = base.replace(/\/+$/, '');
  const track = token('track');
  const unsubscribe = token('unsubscribe');
  return {
    link: (index) => `${root}/c/${track}/${index}`,
    open: trackOpens ? `${root}/o/${track}.gif` : null,
    unsubscribe: `${root}/u/${unsubscribe}`,
    webVersion: `${root}/v/${track}`,
    // The page of who may leave is also that of who may choose: one proof of the address, one token.
    preferences: `${root}/p/${unsubscribe}`,
  };
}
