import type { Diagnosis } from '#contracts';

/** Why a connection could not be made, in the words of the contract's verify diagnoses. */
export interface EgressFailure {
  ok: false;
  diagnosis: Diagnosis;
  detail: string;
}

/** Error codes of connect(2) as Node names them. */
const CONNECT_CODES: Record<string, Diagnosis> = {
  ECONNREFUSED: 'connection-refused',
  ENETUNREACH: 'network-unreachable',
  EHOSTUNREACH: 'network-unreachable',
  EADDRNOTAVAIL: 'network-unreachable',
  ENETDOWN: 'network-unreachable',
  ETIMEDOUT: 'timed-out',
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
};

/** Codes of Node's and OpenSSL's certificate checks, and of a peer that does not speak TLS. */
const TLS_CODES: Record<string, Diagnosis> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-untrusted',
  CERT_UNTRUSTED: 'certificate-untrusted',
  CERT_REVOKED: 'certificate-untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-name',
  // The first bytes were not a TLS record: a greeting in clear text.
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls-on-plain-port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls-on-plain-port',
  ETIMEDOUT: 'timed-out',
};

/** What a failed connection attempt means. */
export function diagnoseConnect(error: NodeJS.ErrnoException): EgressFailure {
  // Several addresses tried in turn fail as one AggregateError; the first tells most.
  const first = (error as { errors?: NodeJS.ErrnoException[] }).errors?.[0] ?? error;
  return {
    ok: false,
    diagnosis: CONNECT_CODES[first.code ?? ''] ?? 'network-unreachable',
    detail: first.message || String(first.code),
  };
}

/** What a failed TLS handshake means. */
export function diagnoseTls(error: { code?: string; message: string }): EgressFailure {
  return { ok: false, diagnosis: TLS_CODES[error.code ?? ''] ?? 'tls-failed', detail: error.message };
}
