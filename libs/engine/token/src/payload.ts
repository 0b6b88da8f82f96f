import type { RecipientRef } from '#contracts';

/** Postgres bigint and integer: what the ledger's columns hold. */
const CAMPAIGN_MAX = 2n ** 63n - 1n;
const SEQ_MAX = 2n ** 31n - 1n;

/** Two LEB128 numbers, 7 bits a byte, low bits first: 2 to 14 bytes. Throws RangeError for a ref that no row can have. */
export function encodeRef(ref: RecipientRef): Buffer {
  if (!/^[0-9]{1,19}$/.test(ref.campaignId)) throw new RangeError('campaignId must be a decimal number in text.');
  const campaign = BigInt(ref.campaignId);
  if (campaign < 1n || campaign > CAMPAIGN_MAX || campaign.toString() !== ref.campaignId) {
    throw new RangeError('campaignId must be between 1 and 2^63-1, without leading zeros.');
  }
  if (!Number.isInteger(ref.seq) || ref.seq < 0 || ref.seq > Number(SEQ_MAX)) {
    throw new RangeError('seq must be an integer between 0 and 2^31-1.');
  }
  return Buffer.from([...leb128(campaign), ...leb128(BigInt(ref.seq))]);
}

/** The reverse; null for anything `encodeRef` does not make. */
export function decodeRef(bytes: Uint8Array): RecipientRef | null {
  const numbers = readNumbers(bytes);
  const [campaign, seq] = numbers ?? [];
  if (numbers?.length !== 2 || campaign === undefined || seq === undefined) return null;
  if (campaign < 1n || campaign > CAMPAIGN_MAX || seq > SEQ_MAX) return null;
  return { campaignId: campaign.toString(), seq: Number(seq) };
}

/** Null where the last number does not end. */
function readNumbers(bytes: Uint8Array): bigint[] | null {
  const numbers: bigint[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte & 0x80) continue;
    numbers.push(value);
    value = 0n;
    shift = 0n;
  }
  return shift === 0n ? numbers : null;
}

/**
 * A triggered message: a zero where a campaign's number would stand, and the message's id; 2 to 11 bytes. No recipient
 * of a campaign has such a payload, so the token of one is never read as that of the other.
 */
export function encodeMessageId(messageId: string): Buffer {
  if (!/^[1-9][0-9]{0,18}$/.test(messageId) || BigInt(messageId) > CAMPAIGN_MAX) {
    throw new RangeError('messageId must be a decimal number in text, between 1 and 2^63-1.');
  }
  return Buffer.from([0, ...leb128(BigInt(messageId))]);
}

/** The reverse; null for anything `encodeMessageId` does not make. */
export function decodeMessageId(bytes: Uint8Array): string | null {
  const numbers = readNumbers(bytes);
  const [zero, id] = numbers ?? [];
  if (numbers?.length !== 2 || zero !== 0n || id === undefined || id < 1n || id > CAMPAIGN_MAX) return null;
  return id.toString();
}

function leb128(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}
