import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RecipientRef } from '#contracts';
import { decodeBase32, encodeBase32 } from './base32.js';
import { decodeMessageId, decodeRef, encodeMessageId, encodeRef } from './payload.js';

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
 * Which octets of HMAC-SHA512 are a token's MAC. What comes back in mail acts on its own (suppresses an address), so it
 * has 80 bits; the two that stand in every link have 64 to keep links short. They do not overlap, so a token of one
 * purpose says nothing of another's, and one HMAC serves a whole message: five of them cost a third of its rendering.
 */
const MAC_OCTETS: Record<TokenPurpose, readonly [from: number, to: number]> = {
  track: [0, 8],
  unsubscribe: [8, 16],
  bounce: [16, 26],
  'message-id': [26, 36],
  reply: [36, 46],
};

/** Longer than any token: 1 key id + 14 payload + 10 MAC octets are 40 characters. */
const TOKEN_MAX_LENGTH = 40;
const KEY_MIN_LENGTH = 16;

/**
 * An unforgeable name of one message: base32 (a–z, 2–7) of key id, recipient and MAC, at most 40 characters.
 * The same input gives the same token. It holds no address. Throws RangeError for a ref or ring that can't be.
 */
export function createToken(purpose: TokenPurpose, ref: RecipientRef, ring: KeyRing): string {
  return createTokens(ref, ring)(purpose);
}

/** The tokens of one message by purpose; the same as {@link createToken} gives, for the price of one. */
export function createTokens(ref: RecipientRef, ring: KeyRing): (purpose: TokenPurpose) => string {
  return tokensOf(encodeRef(ref), ring);
}

/** The tokens of one triggered message. They name no recipient of a campaign, whatever the numbers. */
export function createMessageTokens(messageId: string, ring: KeyRing): (purpose: TokenPurpose) => string {
  return tokensOf(encodeMessageId(messageId), ring);
}

function tokensOf(payload: Buffer, ring: KeyRing): (purpose: TokenPurpose) => string {
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
  const signed = Buffer.concat([Buffer.of(ring.current), payload]);
  const digest = sign(signed, key);
  return (purpose) => encodeBase32(Buffer.concat([signed, digest.subarray(...MAC_OCTETS[purpose])]));
}

/** The message a token names; null unless it was made for this purpose with a key of the ring. Ignores case. */
export function readToken(purpose: TokenPurpose, token: string, ring: KeyRing): RecipientRef | null {
  const payload = readPayload(purpose, token, ring);
  return payload && decodeRef(payload);
}

/** Id of the triggered message a token names; null as for {@link readToken}, and for a token of a campaign. */
export function readMessageToken(purpose: TokenPurpose, token: string, ring: KeyRing): string | null {
  const payload = readPayload(purpose, token, ring);
  return payload && decodeMessageId(payload);
}

function readPayload(purpose: TokenPurpose, token: string, ring: KeyRing): Uint8Array | null {
  if (token.length > TOKEN_MAX_LENGTH) return null;
  const bytes = decodeBase32(token);
  const [from, to] = MAC_OCTETS[purpose];
  const macLength = to - from;
  if (!bytes || bytes.length <= 1 + macLength) return null;
  const signed = bytes.subarray(0, bytes.length - macLength);
  const key = ring.keys.get(signed[0] ?? -1);
  if (!key || key.length < KEY_MIN_LENGTH) return null;
  if (!timingSafeEqual(bytes.subarray(bytes.length - macLength), sign(signed, key).subarray(from, to))) return null;
  return signed.subarray(1);
}

function sign(signed: Buffer, key: Buffer): Buffer {
  return createHmac('sha512', key).update('hongyan-tokens-2:').update(signed).digest();
}
