/** How often one link of the mail was clicked, as the overlay says it. */
export interface LinkHeat {
  url: string;
  /** Between 0 and 1, of the most clicked link. */
  heat: number;
  /** The words on the mark. */
  label: string;
}

/** White on each is readable (≥ 4.5 : 1), from cool to hot. */
const COLORS = ['#4a6a94', '#7a5c99', '#a14a7a', '#b5323f', '#9c0006'];

/**
 * The mail with a mark on every link that is counted. Links of the mail and of the table come in the same order, and an
 * address that stands twice is two links; one the table lacks (an unsubscribe link, say) stays as it is.
 * @param html a whole document, drawn in a frame without scripts
 */
export function withHeat(html: string, links: readonly LinkHeat[]): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const left = [...links];
  for (const anchor of page.querySelectorAll<HTMLElement>('a[href], area[href]')) {
    const href = anchor.getAttribute('href') ?? '';
    const at = left.findIndex(({ url }) => same(url, href));
    // One entry may stand for every link with its address.
    const link = at >= 0 ? left.splice(at, 1)[0] : links.findLast(({ url }) => same(url, href));
    if (link) mark(anchor, link);
  }
  return `<!doctype html>${page.documentElement.outerHTML}`;
}

/** The preview's addresses are the author's; those of the table may have UTM parameters besides. */
function same(url: string, href: string): boolean {
  const [one, other] = [url, href].map((each) => withoutUtm(each).replace(/\/$/, ''));
  return one === other;
}

function withoutUtm(url: string): string {
  const [address = '', ...fragment] = url.split(/(?=#)/);
  const [path = '', ...query] = address.split('?');
  const kept = query
    .join('?')
    .split('&')
    .filter((pair) => pair !== '' && !/^utm_/i.test(pair));
  const bare = kept.length > 0 ? path : path.replace(/\/$/, '');
  return `${bare}${kept.length > 0 ? `?${kept.join('&')}` : ''}${fragment.join('')}`;
}

function mark(anchor: HTMLElement, { heat, label }: LinkHeat): void {
  const color = COLORS[Math.min(COLORS.length - 1, Math.floor(heat * COLORS.length))] ?? COLORS[0]!;
  anchor.style.outline = `2px solid ${color}`;
  anchor.style.outlineOffset = '1px';
  const badge = anchor.ownerDocument.createElement('span');
  badge.textContent = label;
  badge.style.cssText = `display:inline-block;margin:0 4px;padding:1px 7px;border-radius:9px;background:${color};
    color:#fff;font:600 12px/18px Arial,'PingFang SC','Microsoft YaHei',sans-serif;text-decoration:none;
    letter-spacing:0;text-transform:none;vertical-align:middle;white-space:nowrap`;
  anchor.append(badge);
}
