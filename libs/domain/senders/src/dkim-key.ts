import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { invalid } from '#contracts';

/** RFC 8301 section 3.2: verifiers accept 1024 bits at least; shorter keys count as no signature. */
const RSA_BITS_MIN = 1024;

/** A DKIM key as stored and as published. */
export interface DkimKeyPair {
  /** PKCS#8 PEM. */
  privateKeyPem: string;
  /** TXT value of `<selector>._domainkey.<domain>` (RFC 6376 section 3.6.1, RFC 8463 section 4). */
  dnsRecord: string;
}

/** A fresh RSA key of 2048 bits, the size every receiver takes. */
export async function generateDkimKey(): Promise<DkimKeyPair> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return toPair(privateKey);
}

/** @throws DomainError VALIDATION_FAILED at `privateKey` for anything but a usable RSA or Ed25519 key */
export function readDkimKey(pem: string): DkimKeyPair {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw invalid('privateKey', 'DKIM_KEY_INVALID', 'This is not a private key in PEM without a passphrase.');
  }
  const type = key.asymmetricKeyType;
  if (type !== 'rsa' && type !== 'ed25519') {
    throw invalid('privateKey', 'DKIM_KEY_INVALID', 'DKIM needs an RSA or an Ed25519 key.');
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (type === 'rsa' && bits < RSA_BITS_MIN) {
    throw invalid('privateKey', 'DKIM_KEY_SHORT', `The key has ${bits} bits; receivers ignore fewer than 1024.`);
  }
  return toPair(key);
}

function toPair(privateKey: KeyObject): DkimKeyPair {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const isRsa = privateKey.asymmetricKeyType === 'rsa';
  // RFC 8463: the bare 32 bytes, which end the SubjectPublicKeyInfo.
  const published = isRsa ? spki : spki.subarray(-32);
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    dnsRecord: `v=DKIM1; k=${isRsa ? 'rsa' : 'ed25519'}; p=${published.toString('base64')}`,
  };
}
