import type { Diagnosis } from '#contracts';
import type { Vault } from '#platform/crypto';
import type { Egress } from '#platform/egress';
import { refreshAccessToken } from '#platform/oauth';

/** What is sealed of an OAuth login. */
export interface OAuthSecret {
  clientSecret: string | null;
  refreshToken: string;
  accessToken?: string;
  /** When the access token ends, in milliseconds since 1970. */
  expiresAt?: number;
}

/** An OAuth login, open. */
export interface OAuthLogin extends OAuthSecret {
  tokenUrl: string;
  clientId: string;
  scope: string;
}

export type AccessToken =
  | {
      ok: true;
      accessToken: string;
      /** What has changed, to be sealed; null when nothing has. */ renewed: OAuthSecret | null;
    }
  | { ok: false; diagnosis: Diagnosis; detail: string };

const TIMEOUT_MS = 15_000;
/** A token that ends so soon is renewed first: it has to last for the login. */
const SPARE_MS = 120_000;

/** An access token that is good now: the stored one while it lasts, else a new one. */
export async function freshAccessToken(egress: Egress, login: OAuthLogin, now: number): Promise<AccessToken> {
  const { accessToken, expiresAt = 0, clientSecret, refreshToken } = login;
  if (accessToken && expiresAt - SPARE_MS > now) return { ok: true, accessToken, renewed: null };
  const fetched = await refreshAccessToken(egress, login, TIMEOUT_MS);
  if (!fetched.ok) return fetched;
  const renewed = {
    clientSecret,
    refreshToken: fetched.refreshToken ?? refreshToken,
    accessToken: fetched.accessToken,
    expiresAt: now + fetched.expiresIn * 1000,
  };
  return { ok: true, accessToken: fetched.accessToken, renewed };
}

/** What the sealed part of an OAuth login is bound to: moved to another row it does not open. */
const rowOf = (id: string) => `mailboxes:${id}:oauth`;

export function sealOAuth(vault: Vault, id: string, secret: OAuthSecret): Buffer {
  return vault.seal(JSON.stringify(secret), rowOf(id));
}

/** @throws Error when it was sealed under another key or for another row */
export function openOAuth(vault: Vault, id: string, sealed: Buffer): OAuthSecret {
  return JSON.parse(vault.open(sealed, rowOf(id))) as OAuthSecret;
}
