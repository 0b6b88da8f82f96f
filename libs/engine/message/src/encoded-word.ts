/** RFC 2047 section 2: an encoded-word is at most 75 characters, a line that has one at most 76. */
const WORD_MAX = 75;
const OVERHEAD = '=?UTF-8?B??='.length;

/** What RFC 2047 section 5 (3) leaves unencoded even in a name; safe in a subject as well. */
const Q_SAFE = new Set([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/']);

/**
 * The text as UTF-8 encoded-words, in B or Q, whichever is shorter; no character is split between two words.
 * `firstRoom` is how many columns the first line still has. Readers drop the white space between the words.
 */
export function encodeWords(text: string, firstRoom: number): string[] {
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  const q = splitQ(wellFormed, firstRoom);
  const b = splitB(wellFormed, firstRoom);
  return total(q) <= total(b) ? q : b;
}

function splitQ(text: string, firstRoom: number): string[] {
  const words: string[] = [];
  let word = '';
  let room = Math.min(firstRoom, WORD_MAX) - OVERHEAD;
  for (const char of text) {
    const coded = qChar(char);
    if (word !== '' && word.length + coded.length > room) {
      words.push(`=?UTF-8?Q?${word}?=`);
      word = '';
      room = WORD_MAX - OVERHEAD;
    }
    word += coded;
  }
  return word === '' ? words : [...words, `=?UTF-8?Q?${word}?=`];
}

function qChar(char: string): string {
  if (char === ' ') return '_';
  if (Q_SAFE.has(char)) return char;
  return Buffer.from(char, 'utf8').toString('hex').toUpperCase().replace(/../g, '=$&');
}

function splitB(text: string, firstRoom: number): string[] {
  const words: string[] = [];
  let word = '';
  let octets = 0;
  let room = Math.min(firstRoom, WORD_MAX) - OVERHEAD;
  const end = () => words.push(`=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`);
  for (const char of text) {
    const more = Buffer.byteLength(char);
    if (word !== '' && Math.ceil((octets + more) / 3) * 4 > room) {
      end();
      word = '';
      octets = 0;
      room = WORD_MAX - OVERHEAD;
    }
    word += char;
    octets += more;
  }
  if (word !== '') end();
  return words;
}

function total(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length + 3, 0);
}
