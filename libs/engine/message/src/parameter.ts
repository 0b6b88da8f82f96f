/** Octets of one `; name*0*=…` piece that fit a line of 78 beside the name and its marks. */
const PIECE_MAX = 60;
/** RFC 2231 section 7 `attribute-char`. */
const PLAIN_CHAR = /^[A-Za-z0-9!#$&+.^_`{|}~-]$/;

/**
 * A MIME parameter as `; name=value` pieces (RFC 2045), or as RFC 2231 pieces where it is long or not ASCII. Each piece
 * is to start a line of its own. No character is split between pieces, since some readers decode piece by piece.
 */
export function formatParameter(name: string, value: string): string[] {
  if (value.length <= PIECE_MAX && /^[\x20-\x7E]*$/.test(value)) {
    return [`${name}="${value.replace(/["\\]/g, '\\$&')}"`];
  }
  const pieces: string[] = [];
  let piece = "UTF-8''";
  for (const char of value) {
    const coded = PLAIN_CHAR.test(char) ? char : percent(char);
    if (piece.length + coded.length > PIECE_MAX) {
      pieces.push(piece);
      piece = '';
    }
    piece += coded;
  }
  pieces.push(piece);
  if (pieces.length === 1) return [`${name}*=${piece}`];
  return pieces.map((each, index) => `${name}*${index}*=${each}`);
}

function percent(char: string): string {
  return Buffer.from(char, 'utf8').toString('hex').toUpperCase().replace(/../g, '%$&');
}
