/** What asking for a link brought: a status of the last hop, or why there is none. A placeholder is not asked for. */
export type LinkAnswer =
  | { ok: true; status: number; hops: number; url: string }
  | { ok: false; reason: 'no-such-host' | 'no-answer' | 'tls' | 'refused' | 'not-allowed' | 'loop' | 'placeholder' };

export type LinkVerdict =
  | { state: 'ok' }
  | { state: 'broken'; code: 'LINK_NOT_FOUND' | 'LINK_NO_SUCH_HOST'; params: Record<string, string | number> }
  | {
      state: 'doubtful';
      code: 'LINK_FAILS' | 'LINK_TLS' | 'LINK_LOOPS' | 'LINK_REFUSED' | 'LINK_PLACEHOLDER';
      params: Record<string, string | number>;
    }
  /** Nothing is known: the network was not there, or the site keeps programs out. */
  | { state: 'unknown' };

/** Sites that keep programs out answer people otherwise. */
const KEEPS_PROGRAMS_OUT = new Set([401, 403, 405, 406, 418, 429, 451, 503, 999]);

/** What an answer to a link means for who clicks it. */
export function judgeLink(answer: LinkAnswer): LinkVerdict {
  if (answer.ok) {
    const { status } = answer;
    if (status === 404 || status === 410) return { state: 'broken', code: 'LINK_NOT_FOUND', params: { status } };
    if (KEEPS_PROGRAMS_OUT.has(status)) return { state: 'unknown' };
    return status >= 400 ? { state: 'doubtful', code: 'LINK_FAILS', params: { status } } : { state: 'ok' };
  }
  switch (answer.reason) {
    case 'no-such-host':
      return { state: 'broken', code: 'LINK_NO_SUCH_HOST', params: {} };
    case 'tls':
      return { state: 'doubtful', code: 'LINK_TLS', params: {} };
    case 'refused':
      return { state: 'doubtful', code: 'LINK_REFUSED', params: {} };
    case 'placeholder':
      return { state: 'doubtful', code: 'LINK_PLACEHOLDER', params: {} };
    case 'loop':
      return { state: 'doubtful', code: 'LINK_LOOPS', params: {} };
    case 'no-answer':
    case 'not-allowed':
      return { state: 'unknown' };
  }
}

/** Asked for at most so many addresses of one mail. */
const LINKS_MAX = 50;

/** The addresses worth asking for: http and https, without data in them, each once and without its fragment. */
export function linksToCheck(urls: readonly string[]): string[] {
  const found = new Set<string>();
  for (const url of urls) {
    if (url.includes('{{') || !/^https?:\/\//i.test(url)) continue;
    found.add(url.split('#')[0] ?? url);
    if (found.size >= LINKS_MAX) break;
  }
  return [...found];
}
