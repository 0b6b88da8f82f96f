const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id for a section, column or block; twelve letters and digits, so that two never meet in one document. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
