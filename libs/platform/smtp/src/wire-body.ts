const CR = 13;
const LF = 10;
const DOT = 46;
const STOP = Buffer.from('.\r\n', 'latin1');
const BREAK_AND_STOP = Buffer.from('\r\n.\r\n', 'latin1');

/**
 * The message as it travels after DATA, its final dot behind it (RFC 5321 section 4.5.2): every dot that begins a line
 * is doubled, and whatever ends a line is CRLF, so that no server can read a second message into it (SMTP smuggling).
 * What our composer writes has neither and is passed on as it is.
 */
export function wireBody(message: Buffer): Buffer[] {
  const clean = needsWork(message) ? stuffed(message) : message;
  const ends = clean.length >= 2 && clean[clean.length - 2] === CR && clean[clean.length - 1] === LF;
  return [clean, ends ? STOP : BREAK_AND_STOP];
}

function needsWork(message: Buffer): boolean {
  if (message[0] === DOT) return true;
  for (let at = 0; at < message.length; at += 1) {
    const byte = message[at];
    if (byte === LF) return true; // not behind a CR
    if (byte !== CR) continue;
    if (message[at + 1] !== LF || message[at + 2] === DOT) return true;
    at += 1;
  }
  return false;
}

function stuffed(message: Buffer): Buffer {
  const lines = message.toString('latin1').split(/\r\n|\r|\n/);
  return Buffer.from(lines.map((line) => (line.startsWith('.') ? `.${line}` : line)).join('\r\n'), 'latin1');
}
