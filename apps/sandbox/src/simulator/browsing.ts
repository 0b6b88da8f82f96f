import type { Email } from 'postal-mime';
import { messageLinks, unsubscribeTargets } from './message-links.js';

/** What became of a web visit: nothing there to fetch, all fetched, or worth another attempt. */
export type VisitResult = 'nothing' | 'done' | 'retry';

export interface Visitor {
  /** Picks among user agents and links, in [0, 1). */
  variant: number;
  provider: string;
  /** Origins that may be fetched; undefined allows any loopback origin. */
  origins: string[] | undefined;
  /** Ends the visit: too slow, or the sandbox is closing. */
  signal: AbortSignal;
}

const PEOPLE = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.60',
];
/** Image proxies fetch for their readers, often before anyone reads. Apple's names no more than Mozilla/5.0. */
const PROXIES: Record<string, string> = {
  gmail: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  yahoo: 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
  icloud: 'Mozilla/5.0',
};
const SCANNER = 'Mozilla/5.0 (compatible; SandboxLinkScanner/1.0; mail security gateway)';

/** A person opens the mail: every image, the pixel among them. */
export function openMail(mail: Email, visitor: Visitor): Promise<VisitResult> {
  return fetchAll('GET', messageLinks(mail).images, person(visitor), visitor);
}

/** A person follows one link, always the same one of a mail. */
export function clickLink(mail: Email, visitor: Visitor): Promise<VisitResult> {
  const links = messageLinks(mail).content.filter((url) => allowed(url, visitor.origins));
  const link = links[Math.floor(visitor.variant * links.length)];
  return fetchAll('GET', link ? [link] : [], person(visitor), visitor);
}

/** A security gateway looks at everything at once: HEAD and GET of every link, GET of every image. */
export async function scanMail(mail: Email, visitor: Visitor): Promise<VisitResult> {
  const { links, images } = messageLinks(mail);
  const results = await Promise.all([
    fetchAll('HEAD', links, SCANNER, visitor),
    fetchAll('GET', [...links, ...images], SCANNER, visitor),
  ]);
  return results.includes('retry') ? 'retry' : results.includes('done') ? 'done' : 'nothing';
}

/** The provider's image proxy fetches the images. */
export function proxyOpen(mail: Email, visitor: Visitor): Promise<VisitResult> {
  const fallback = visitor.variant < 0.5 ? PROXIES.gmail! : PROXIES.icloud!;
  return fetchAll('GET', messageLinks(mail).images, PROXIES[visitor.provider] ?? fallback, visitor);
}

/** One-click unsubscription as mail clients do it (RFC 8058): nothing where the message does not allow it. */
export async function unsubscribeOneClick(mail: Email, visitor: Visitor): Promise<VisitResult> {
  const { url, oneClick } = unsubscribeTargets(mail);
  return fetchAll('POST', url && oneClick ? [url] : [], person(visitor), visitor);
}

/** Whether the sandbox may fetch a URL: it must never touch the world outside. */
export function allowed(url: string, origins: string[] | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, hostname, protocol } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  if (origins) return origins.includes(origin);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function person({ variant }: Visitor): string {
  return PEOPLE[Math.floor(variant * PEOPLE.length)]!;
}

async function fetchAll(
  method: 'GET' | 'HEAD' | 'POST',
  urls: string[],
  agent: string,
  visitor: Visitor,
): Promise<VisitResult> {
  const targets = urls.filter((url) => allowed(url, visitor.origins));
  if (targets.length === 0) return 'nothing';
  const results = await Promise.all(targets.map((url) => fetchOne(method, url, agent, visitor.signal)));
  return results.every((fine) => fine) ? 'done' : 'retry';
}

/** False where the server is away or fails (5xx); any other answer counts as fetched. Redirects stay unfollowed. */
async function fetchOne(method: string, url: string, agent: string, signal: AbortSignal): Promise<boolean> {
  const post = { 'content-type': 'application/x-www-form-urlencoded' };
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        'user-agent': agent,
        accept: '*/*',
        'accept-language': 'zh-CN,en;q=0.8',
        ...(method === 'POST' ? post : {}),
      },
      ...(method === 'POST' ? { body: 'List-Unsubscribe=One-Click' } : {}),
      signal,
    });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}
