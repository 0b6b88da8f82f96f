import { request as plain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as secure } from 'node:https';
import { pinned } from './egress.js';
import type { Egress } from './egress.js';

/** What a link answered at its last hop, or why nothing came. */
export type LinkReply =
  | { ok: true; status: number; hops: number; url: string }
  | { ok: false; reason: 'no-such-host' | 'no-answer' | 'tls' | 'refused' | 'not-allowed' | 'loop' };

const HOPS_MAX = 5;
/** For one hop; a slow site is no broken one. */
const HOP_MS = 6_000;
const AGENT = 'Mozilla/5.0 (compatible; Hongyan link check)';

/**
 * Asks for a link as its checker: HEAD, and GET where that is not understood, over at most five redirects. Each hop's host
 * is resolved and checked by the egress; no body is read.
 */
export async function askLink(egress: Egress, link: string): Promise<LinkReply> {
  let url = new URL(link);
  for (let hops = 0; hops <= HOPS_MAX; hops += 1) {
    let reply = await ask(egress, url, 'HEAD');
    if (reply.ok && reply.status >= 400) reply = await ask(egress, url, 'GET');
    if (!reply.ok) return reply;
    const { status, location } = reply;
    if (status < 300 || status >= 400 || location === null) return { ok: true, status, hops, url: url.href };
    const next = URL.canParse(location, url.href) ? new URL(location, url.href) : null;
    if (!next || !/^https?:$/.test(next.protocol)) return { ok: true, status, hops, url: url.href };
    url = next;
  }
  return { ok: false, reason: 'loop' };
}

type HopReply = { ok: true; status: number; location: string | null } | Extract<LinkReply, { ok: false }>;

async function ask(egress: Egress, url: URL, method: 'HEAD' | 'GET'): Promise<HopReply> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const resolved = await egress.resolve(host, HOP_MS);
  if (!resolved.ok) {
    if (resolved.diagnosis === 'address-not-allowed') return { ok: false, reason: 'not-allowed' };
    // EAI_AGAIN is a name server that is silent, which says nothing about the host.
    const denied = resolved.detail.includes('ENOTFOUND') && (await knowsTheInternet(egress));
    return { ok: false, reason: denied ? 'no-such-host' : 'no-answer' };
  }
  return new Promise((resolve) => {
    const tls = url.protocol === 'https:';
    const options = {
      method,
      lookup: pinned(resolved.addresses),
      headers: { 'user-agent': AGENT, accept: '*/*' },
      signal: AbortSignal.timeout(HOP_MS),
      agent: false as const,
    };
    const answered = (response: IncomingMessage) => {
      response.destroy();
      resolve({ ok: true, status: response.statusCode ?? 0, location: response.headers.location ?? null });
    };
    const request = tls ? secure(url, options, answered) : plain(url, options, answered);
    request.on('error', (error: NodeJS.ErrnoException) => resolve({ ok: false, reason: reasonOf(error) }));
    request.end();
  });
}

/**
 * Whether a name server's "there is no such name" means anything: without a way to the internet some say it of every
 * name, also of the one that is kept for documentation (RFC 2606 section 3) and has addresses.
 */
async function knowsTheInternet(egress: Egress): Promise<boolean> {
  const known = await egress.resolve('example.com', HOP_MS);
  return known.ok || known.diagnosis === 'address-not-allowed';
}

function reasonOf({ code = '' }: NodeJS.ErrnoException): 'tls' | 'refused' | 'no-answer' {
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) return 'tls';
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' ? 'refused' : 'no-answer';
}
