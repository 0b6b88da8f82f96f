import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Diagnosis } from '#contracts';
import { diagnoseTls, pinned } from '#platform/egress';
import type { Egress } from '#platform/egress';

/** What an access token is fetched with (RFC 6749 section 6). */
export interface OAuthGrant {
  /** The provider's token endpoint, https. */
  tokenUrl: string;
  clientId: string;
  /** Null for public clients. */
  clientSecret: string | null;
  refreshToken: string;
  /** Empty: as granted. */
  scope: string;
}

export type RefreshedToken =
  | {
      ok: true;
      accessToken: string;
      /** Seconds it is good for. */
      expiresIn: number;
      /** A new refresh token, where the provider rotates them; the old one is void then. */
      refreshToken: string | null;
    }
  | { ok: false; diagnosis: Diagnosis; detail: string };

/** An answer is a few kilobytes; more is no token endpoint. */
const ANSWER_MAX = 65_536;
const TOKEN_MAX = 16_000;
const USUAL_SECONDS = 3_600;

/**
 * Fetches a new access token. The endpoint is named by a user, so it goes through the egress checks, over TLS only and
 * without following redirects.
 */
export async function refreshAccessToken(
  egress: Egress,
  grant: OAuthGrant,
  timeoutMs: number,
): Promise<RefreshedToken> {
  const url = new URL(grant.tokenUrl);
  if (url.protocol !== 'https:')
    return { ok: false, diagnosis: 'tls-failed', detail: 'The token endpoint is not https.' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const resolved = await egress.resolve(host, timeoutMs);
  if (!resolved.ok) return resolved;
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: grant.refreshToken,
    client_id: grant.clientId,
    ...(grant.clientSecret === null ? {} : { client_secret: grant.clientSecret }),
    ...(grant.scope ? { scope: grant.scope } : {}),
  }).toString();
  try {
    return read(await post(egress, url, { host, addresses: resolved.addresses, form, timeoutMs }));
  } catch (error) {
    return failureOf(error as NodeJS.ErrnoException);
  }
}

interface Post {
  host: string;
  addresses: readonly string[];
  form: string;
  timeoutMs: number;
}

function post(egress: Egress, url: URL, { host, addresses, form, timeoutMs }: Post): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const { host: _, ...tls } = egress.tlsOptions(host);
    const sent = request(
      url,
      {
        ...tls,
        method: 'POST',
        agent: false,
        lookup: pinned(addresses),
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(form),
          accept: 'application/json',
        },
      },
      (response) => {
        bodyOf(response).then((body) => resolve([response.statusCode ?? 0, body]), reject);
      },
    );
    sent.on('error', reject);
    sent.end(form);
  });
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > ANSWER_MAX) throw new Error('The token endpoint sent too much.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** RFC 6749 sections 5.1 and 5.2. What is shown of an answer is its error alone, never a token. */
function read([status, body]: [number, string]): RefreshedToken {
  const answer = parsed(body);
  const { access_token: accessToken, expires_in: expires, refresh_token: rotated } = answer;
  if (status === 200 && typeof accessToken === 'string' && accessToken && accessToken.length <= TOKEN_MAX) {
    const expiresIn = Number(expires) > 0 ? Math.min(Number(expires), 86_400) : USUAL_SECONDS;
    const refreshToken = typeof rotated === 'string' && rotated && rotated.length <= TOKEN_MAX ? rotated : null;
    return { ok: true, accessToken, expiresIn, refreshToken };
  }
  const told = [answer.error, answer.error_description].filter((part) => typeof part === 'string').join(': ');
  const detail = (told || `The token endpoint answered ${status}.`).replace(/\s+/g, ' ').slice(0, 500);
  const refused = status >= 400 && status < 500 && status !== 429;
  return { ok: false, diagnosis: refused ? 'token-refused' : 'service-unavailable', detail };
}

function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const CONNECT_CODES: Record<string, Diagnosis> = {
  ECONNREFUSED: 'connection-refused',
  ENETUNREACH: 'network-unreachable',
  EHOSTUNREACH: 'network-unreachable',
  ETIMEDOUT: 'timed-out',
};

function failureOf(error: NodeJS.ErrnoException): RefreshedToken {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return { ok: false, diagnosis: 'timed-out', detail: 'The token endpoint did not answer in time.' };
  }
  const connect = CONNECT_CODES[error.code ?? ''];
  if (connect) return { ok: false, diagnosis: connect, detail: error.message };
  const tls = diagnoseTls({ code: error.code ?? '', message: error.message });
  return tls.diagnosis === 'tls-failed' && !/SSL|TLS|EPROTO/.test(error.code ?? '')
    ? { ok: false, diagnosis: 'service-unavailable', detail: error.message }
    : tls;
}
