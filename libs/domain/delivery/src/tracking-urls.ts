import type { RenderUrls } from '#engine/render';
import type { TokenPurpose } from '#engine/token';

/**
 * The addresses in one recipient's mail. One token a recipient, not one a link: `/c/<token>/<link>` indexes the
 * campaign's own table, so that a click can't become an open redirect.
 */
export function trackingUrls(base: string, token: (purpose: TokenPurpose) => string, trackOpens: boolean): RenderUrls {
  const root = base.replace(/\/+$/, '');
  const track = token('track');
  return {
    link: (index) => `${root}/c/${track}/${index}`,
    open: trackOpens ? `${root}/o/${track}.gif` : null,
    unsubscribe: `${root}/u/${token('unsubscribe')}`,
    webVersion: `${root}/v/${track}`,
  };
}
