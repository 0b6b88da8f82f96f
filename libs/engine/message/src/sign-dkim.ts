import { createHash, createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { headerFields, relaxedBody, relaxedHeader } from './dkim-canonical.js';
import { MessageError } from './message-error.js';

export interface DkimKey {
  /** d=, the signing domain in A-labels. */
  domain: string;
  /** s=, the TXT record's name is `<selector>._domainkey.<domain>`. */
  selector: string;
  algorithm: 'rsa-sha256' | 'ed25519-sha256';
  /** Make it once and keep it: parsing a PEM costs as much as signing. */
  privateKey: KeyObject;
}

/** A key as it is stored. Parsing it costs as much as signing. @throws Error for what is no PEM of a private key */
export function readDkimKey(stored: { domain: string; selector: string; privateKeyPem: string }): DkimKey {
  const privateKey = createPrivateKey(stored.privateKeyPem);
  const algorithm = privateKey.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256';
  return { domain: stored.domain, selector: stored.selector, algorithm, privateKey };
}

/**
 * The key that signs mail From a domain: its own, else that of the nearest domain above it, whose signature is aligned by
 * DMARC unless its policy is strict.
 */
export function signingKeyFor<K extends { domain: string }>(keys: readonly K[], fromDomain: string): K | undefined {
  const own = keys.filter(({ domain }) => fromDomain === domain || fromDomain.endsWith(`.${domain}`));
  return own.toSorted((one, other) => other.domain.length - one.domain.length)[0];
}

/** Signed where present. RFC 8058 section 4 demands the List-Unsubscribe pair. */
const SIGNED = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'reply-to',
  'mime-version',
  'content-type',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-id',
  'feedback-id',
];

/**
 * The message with one DKIM-Signature (RFC 6376; Ed25519 by RFC 8463) per key put before it, relaxed/relaxed. From is
 * signed once more than it occurs, so a second From can't be added. `now` becomes t=. Throws DKIM_KEY_INVALID for a
 * domain, selector or key that doesn't fit, HEADER_INVALID for a message without From.
 */
export function signDkim(message: Buffer, keys: ReadonlyArray<DkimKey>, now: Date): Buffer {
  return keys.length === 0 ? message : Buffer.concat([dkimSignatures(message, keys, now), message]);
}

/** The header lines that {@link signDkim} puts before a message. */
export function dkimSignatures(message: Buffer, keys: ReadonlyArray<DkimKey>, now: Date): Buffer {
  if (keys.length === 0) return Buffer.alloc(0);
  const blank = message.indexOf('\r\n\r\n');
  const split = blank < 0 ? message.length : blank;
  const fields = headerFields(message.subarray(0, split).toString('latin1'));
  const bodyHash = createHash('sha256')
    .update(relaxedBody(message.subarray(split + 4)))
    .digest('base64');
  const { names, lines } = signedFields(fields);
  const seconds = Math.floor(now.getTime() / 1000);
  const signatures = keys.map((key, index) => {
    checkKey(key, `keys.${index}`);
    const unsigned = signatureHeader(key, seconds, names, bodyHash);
    const data = Buffer.from([...lines, relaxedHeader(unsigned)].join('\r\n'), 'latin1');
    return Buffer.from(`${unsigned}${folded(signature(key, data))}\r\n`, 'ascii');
  });
  return Buffer.concat(signatures);
}

function signedFields(fields: readonly string[]): { names: string[]; lines: string[] } {
  const names: string[] = [];
  const lines: string[] = [];
  const relaxed = fields.map(relaxedHeader);
  for (const name of SIGNED) {
    // RFC 6376 5.4.2: of several fields of one name the last is taken first.
    for (let at = relaxed.length - 1; at >= 0; at -= 1) {
      const line = relaxed[at] as string;
      if (!line.startsWith(name) || line[name.length] !== ':') continue;
      names.push(name);
      lines.push(line);
    }
  }
  if (names[0] !== 'from') throw new MessageError('HEADER_INVALID', 'from', 'a message without From cannot be signed.');
  return { names: [...names, 'from'], lines };
}

/** Everything up to and including `b=`; each line stays under 78 octets. */
function signatureHeader(key: DkimKey, seconds: number, names: readonly string[], bodyHash: string): string {
  const h: string[] = [];
  let line = ' h=';
  for (const [index, name] of names.entries()) {
    const piece = index === names.length - 1 ? `${name};` : `${name}:`;
    if (line.length + piece.length > 76) {
      h.push(line);
      line = '  ';
    }
    line += piece;
  }
  h.push(line);
  return [
    `DKIM-Signature: v=1; a=${key.algorithm}; c=relaxed/relaxed;`,
    ` d=${key.domain};`,
    ` s=${key.selector}; t=${seconds};`,
    ...h,
    ` bh=${bodyHash};`,
    ' b=',
  ].join('\r\n');
}

function signature(key: DkimKey, data: Buffer): string {
  if (key.algorithm === 'rsa-sha256') return sign('sha256', data, key.privateKey).toString('base64');
  // RFC 8463 section 3: PureEdDSA over the SHA-256 of what is signed.
  return sign(null, createHash('sha256').update(data).digest(), key.privateKey).toString('base64');
}

function folded(base64: string): string {
  return [base64.slice(0, 72), ...(base64.slice(72).match(/.{1,75}/g) ?? [])].join('\r\n ');
}

function checkKey(key: DkimKey, property: string): void {
  const name = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
  if (key.domain.length > 253 || !name.test(key.domain) || key.selector.length > 63 || !name.test(key.selector)) {
    throw new MessageError('DKIM_KEY_INVALID', property, 'domain and selector must be DNS names in ASCII.');
  }
  const type = key.algorithm === 'rsa-sha256' ? 'rsa' : 'ed25519';
  if (key.privateKey.type !== 'private' || key.privateKey.asymmetricKeyType !== type) {
    throw new MessageError('DKIM_KEY_INVALID', property, `${key.algorithm} needs a private ${type} key.`);
  }
}
