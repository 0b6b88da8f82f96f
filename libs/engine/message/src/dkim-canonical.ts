/** RFC 6376 3.4.2: one header field, folded or not, without its final CRLF. */
export function relaxedHeader(field: string): string {
  const colon = field.indexOf(':');
  const name = field
    .slice(0, colon)
    .replace(/[ \t]+/g, '')
    .toLowerCase();
  // Only blank and tab are white space here: trim() would also take octet A0, the end of some UTF-8 characters.
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '');
  return `${name}:${value}`;
}

const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
/** Reused from body to body. */
let scratch: Buffer = Buffer.alloc(0);

/**
 * RFC 6376 3.4.4. `body` has CRLF line ends. One pass over the octets, which most text goes through unchanged: 0.03 ms
 * for 25 kB, where regular expressions took 0.36, more than the signature itself. What is returned is good until the
 * next call.
 */
export function relaxedBody(body: Buffer): Buffer {
  if (scratch.length < body.length + 2) scratch = Buffer.allocUnsafeSlow(body.length * 2 + 2);
  const out = scratch;
  const same = firstChange(body);
  body.copy(out, 0, 0, same);
  let to = same;
  for (let at = same; at < body.length; at += 1) {
    const byte = body[at] as number;
    if (byte > SPACE || (byte !== SPACE && byte !== TAB)) out[to++] = byte;
    // The last of a run stands for all of them, and none stands at a line's end.
    else if (!swallows(body[at + 1])) out[to++] = SPACE;
  }
  while (to >= 2 && out[to - 2] === CR && out[to - 1] === LF) to -= 2;
  if (to === 0) return out.subarray(0, 0);
  out.write('\r\n', to, 'latin1');
  return out.subarray(0, to + 2);
}

/** Index of the first white space that is not a single blank between two words. */
function firstChange(body: Buffer): number {
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] as number;
    if (byte > SPACE) continue;
    if (byte === TAB || (byte === SPACE && swallows(body[at + 1]))) return at;
  }
  return body.length;
}

/** What a blank before this octet disappears in. */
function swallows(next: number | undefined): boolean {
  return next === undefined || next === SPACE || next === TAB || next === CR;
}

/** The fields of a header block (without the blank line), each with its folded lines and without its final CRLF. */
export function headerFields(block: string): string[] {
  const fields: string[] = [];
  for (const line of block.split('\r\n')) {
    const last = fields.length - 1;
    if (/^[ \t]/.test(line) && last >= 0) fields[last] += `\r\n${line}`;
    else if (line !== '') fields.push(line);
  }
  return fields;
}
