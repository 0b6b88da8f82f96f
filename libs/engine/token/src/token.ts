import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RecipientRef } from '#contracts';
import { decodeBase32, encodeBase32 } from './base32.js';
import { decodeRef, encodeRef } from './payload.js';

export type { RecipientRef };

/** Rotation: add a key under a new id and make it current; old ids stay as long as their tokens shall be read. */
export interface KeyRing {
  /** Id (0–255) of the key that signs new tokens. */
  current: number;
  /** At least 16 bytes each. */
  keys: ReadonlyMap<number, Buffer>;
}

export type TokenPurpose = 'track' | 'unsubscribe' | 'bounce' | 'message-id' | 'reply';

/**
 * Octets of HMAC-SHA256 that a token carries. What comes back in mail acts on its own (suppresses an address), so it has
 * 80 bits; the two that stand in every link have 64 to keep links short.
 */
const MAC_LENGTH: Record<TokenPurpose, number> = {
  track: 8,
  unsubscribe: 8,
  bounce: 10,
  'message-id': 10,
  reply: 10,
};

/** Longer than any token: 1 key id + 14 payload + 10 MAC octets are 40 characters. */
const TOKEN_MAX_LENGTH = 40;
const KEY_MIN_LENGTH = 16;

/**
 * An unforgeable name of one message: base32 (a–z, 2–7) of key id, recipient and MAC, at most 40 characters.
 * The same input gives the same token. It holds no address. Throws RangeError for a ref or ring that can't be.
 */
export function createToken(purpose: TokenPurpose, ref: RecipientRef, ring: KeyRing): string {
  const key = ring.keys.get(ring.current);
  if (
    !key ||
    key.length < KEY_MIN_LENGTH ||
    !Number.isInteger(ring.current) ||
    ring.current < 0 ||
    ring.current > 255
  ) {
    throw new RangeError('The key ring needs a current key with an id of 0–255 and at least 16 bytes.');
  }
  const signed = Buffer.concat([Buffer.of(ring.current), encodeRef(ref)]);
  return encodeBase32(Buffer.concat([signed, mac(purpose, signed, key)]));
}

/** The message a token names; null unless it was made for this purpose with a key of the ring. Ignores case. */
export function readToken(purpose: TokenPurpose, token: string, ring: KeyRing): RecipientRef | null {
  if (token.length > TOKEN_MAX_LENGTH) return null;
  const bytes = decodeBase32(token);
  const macLength = MAC_LENGTH[purpose];
  if (!bytes || bytes.length <= 1 + macLength) return null;
  const signed = bytes.subarray(0, bytes.length - macLength);
  const key = ring.keys.get(signed[0] ?? -1);
  if (!key || key.length < KEY_MIN_LENGTH) return null;
  if (!timingSafeEqual(bytes.subarray(bytes.length - macLength), mac(purpose, signed, key))) return null;
  return decodeRef(signed.subarray(1));
}

/** The purpose is part of what is signed, so a token of one purpose is worthless for another. */
function mac(purpose: TokenPurpose, signed: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key)
    .update(`hongyan-token-1:${purpose}:`)
    .update(signed)
    .digest()
    .subarray(0, MAC_LENGTH[purpose]);
}
