import { diagnoseLogin, diagnoseTls } from '#platform/egress';
import type { Diagnosis } from '#contracts';
import type { ImapFailure } from './target.js';

/** What imapflow puts on its errors; every member may be missing. */
export interface ImapError extends Error {
  code?: string;
  authenticationFailed?: boolean;
  tlsFailed?: boolean;
  responseStatus?: string;
  responseText?: string;
  response?: unknown;
  serverResponseCode?: string;
}

const CONNECT_CODES: Record<string, Diagnosis> = {
  ECONNREFUSED: 'connection-refused',
  ENETUNREACH: 'network-unreachable',
  EHOSTUNREACH: 'network-unreachable',
  CONNECT_TIMEOUT: 'timed-out',
  ETIMEDOUT: 'timed-out',
};

/** The server's own words where there are any. */
export function wordsOf(error: ImapError): string {
  const response = typeof error.response === 'string' ? error.response : '';
  return (error.responseText || response || error.message || String(error.code)).replace(/\s+/g, ' ').slice(0, 500);
}

/** Why a connection could not be opened. */
export function diagnoseOpen(error: ImapError, startTls: boolean): ImapFailure {
  const detail = wordsOf(error);
  const code = error.code ?? '';
  const connect = CONNECT_CODES[code];
  if (connect) return { step: 'connect', diagnosis: connect, detail };
  if (error.authenticationFailed) return { step: 'auth', diagnosis: refusal(error, detail), detail };
  const tls = diagnoseTls({ code, message: detail }).diagnosis;
  if (tls !== 'tls-failed') return { step: 'tls', diagnosis: tls, detail };
  if (startTls && /STARTTLS/i.test(`${error.message} ${code}`)) {
    return { step: 'tls', diagnosis: code === 'STARTTLS_INJECTION' ? 'tls-failed' : 'starttls-not-offered', detail };
  }
  if (error.tlsFailed || /^(?:ERR_SSL|ERR_TLS|UPGRADE_TIMEOUT|ClosedAfterConnectTLS|EPROTO)/.test(code)) {
    return { step: 'tls', diagnosis: 'tls-failed', detail };
  }
  // Not a word, or none behind the greeting.
  if (code === 'GREETING_TIMEOUT' || code === 'ETIMEOUT') return { step: 'greeting', diagnosis: 'timed-out', detail };
  return { step: 'greeting', diagnosis: 'service-unavailable', detail };
}

/** Why a login failed. RFC 5530 names some causes; providers use words. */
function refusal({ serverResponseCode }: ImapError, words: string): Diagnosis {
  return serverResponseCode === 'UNAVAILABLE' ? 'service-unavailable' : (diagnoseLogin(words) ?? 'auth-failed');
}

/** Why a folder could not be opened. NetEase: `NO SELECT Unsafe Login. Please contact kefu@188.com for help`. */
export function diagnoseSelect(error: ImapError): ImapFailure {
  const detail = wordsOf(error);
  if (/unsafe login/i.test(detail)) return { step: 'folders', diagnosis: 'unsafe-login', detail };
  const lost = error.responseStatus !== 'NO' && error.responseStatus !== 'BAD';
  return { step: 'folders', diagnosis: lost ? 'service-unavailable' : 'folder-not-found', detail };
}
