import { hostname } from 'node:os';
import type { Settings } from '#platform/config';
import type { Vault } from '#platform/crypto';
import { Egress } from '#platform/egress';

/** What is needed to use an account: the key to its secrets, and how we reach out. */
export interface AccountAccess {
  vault: Vault;
  /** Hosts that people named. */
  egress: Egress;
  /** The sandbox' host, which the operator named and which may well be private. */
  sandboxEgress: Egress;
  /** What we call ourselves in EHLO. */
  ehloName: string;
  /** Where the sandbox mail server listens and which domain reaches the inbound listener. */
  sandbox: { host: string; port: number; inboundDomain: string };
}

/** @param ca further certificate authorities to trust, PEM; tests and private networks */
export function accountAccess(settings: Settings, vault: Vault, ca: string | null = null): AccountAccess {
  const allow = settings.get('EGRESS_ALLOW');
  const host = settings.get('SANDBOX_HOST');
  return {
    vault,
    egress: new Egress(allow, ca),
    sandboxEgress: new Egress(host),
    ehloName: ehloName(settings.get('PUBLIC_URL')),
    sandbox: { host, port: settings.get('SANDBOX_SMTP_PORT'), inboundDomain: settings.get('INBOUND_DOMAIN') },
  };
}

/** RFC 5321 section 4.1.4: our fully qualified name, else an address literal. */
function ehloName(publicUrl: string): string {
  const own = hostname();
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(own)) return own;
  const name = new URL(publicUrl).hostname;
  return name.includes('.') && !/^[\d.]+$/.test(name) ? name : '[127.0.0.1]';
}
