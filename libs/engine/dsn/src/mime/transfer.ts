/** Content-Transfer-Encoding (RFC 2045 section 6), tolerant and bounded: at most `limit` decoded bytes are produced. */

/** Decodes `raw` by `encoding`; an unknown encoding is taken as it stands. */
export function decodeTransfer(raw: Buffer, encoding: string, limit: number): Buffer {
  switch (encoding) {
    case 'base64':
      return decodeBase64(raw, limit);
    case 'quoted-printable':
      return decodeQuotedPrintable(raw, limit);
    default:
      return raw.subarray(0, limit);
  }
}

function decodeBase64(raw: Buffer, limit: number): Buffer {
  // Four characters make three bytes; line breaks add at most a few per cent, doubled here for mail with tiny lines.
  const window = raw.subarray(0, Math.min(raw.length, limit * 3)).toString('latin1');
  return Buffer.from(window, 'base64').subarray(0, limit);
}

/** RFC 2045 section 6.7; a bad `=` stays as it is. */
export function decodeQuotedPrintable(raw: Buffer, limit: number): Buffer {
  const out = Buffer.allocUnsafe(Math.min(raw.length, limit));
  let at = 0;
  for (let i = 0; i < raw.length && at < out.length; i++) {
    const byte = raw[i]!;
    if (byte !== 0x3d) {
      out[at++] = byte;
      continue;
    }
    const soft = softBreakLength(raw, i + 1);
    if (soft > 0) {
      i += soft;
      continue;
    }
    const value = hexPair(raw[i + 1], raw[i + 2]);
    if (value === null) out[at++] = byte;
    else {
      out[at++] = value;
      i += 2;
    }
  }
  return out.subarray(0, at);
}

/** Length of `[ \t]*\r?\n` at `from` (white space before a soft break is noise that gateways add), 0 when there is none. */
function softBreakLength(raw: Buffer, from: number): number {
  let i = from;
  while (i < from + 4 && (raw[i] === 0x20 || raw[i] === 0x09)) i++;
  if (raw[i] === 0x0d) i++;
  if (raw[i] === 0x0a) return i + 1 - from;
  return raw[i] === undefined ? i - from : 0;
}

function hexPair(high: number | undefined, low: number | undefined): number | null {
  const h = hexDigit(high);
  const l = hexDigit(low);
  return h < 0 || l < 0 ? null : h * 16 + l;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & ~0x20;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}
