/** RFC 4648 section 6 in lower case and without padding: survives mail systems that change the case of local parts. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** By character code; -1 for what is no letter of the alphabet. */
const VALUES = new Int8Array(128).fill(-1);
for (const [value, char] of [...ALPHABET].entries()) {
  VALUES[char.charCodeAt(0)] = value;
  VALUES[char.toUpperCase().charCodeAt(0)] = value;
}

export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((held >>> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text;
}

/** Reads either case. Null for other characters and for texts `encodeBase32` never makes (left-over bits not zero). */
export function decodeBase32(text: string): Buffer | null {
  const bytes = Buffer.alloc(Math.floor((text.length * 5) / 8));
  let at = 0;
  let bits = 0;
  let held = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = VALUES[text.charCodeAt(index)] ?? -1;
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >>> bits;
      held &= (1 << bits) - 1;
    }
  }
  return bits < 5 && held === 0 ? bytes : null;
}
