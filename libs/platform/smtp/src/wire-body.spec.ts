import fc from 'fast-check';
import { wireBody } from './wire-body.js';

/** RFC 5321 4.5.2 in the slowest way: line by line, whatever ends a line. */
function expected(message: string): string {
  const lines = message.split(/\r\n|\r|\n/).map((line) => (line.startsWith('.') ? `.${line}` : line));
  const text = lines.join('\r\n');
  return text.endsWith('\r\n') ? `${text}.\r\n` : `${text}\r\n.\r\n`;
}

describe('a message on the wire', () => {
  it('has CRLF line ends and doubled dots only, wherever it lies in memory', () => {
    const octet = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('\r', '\n', '.', '\r\n', '\r\n.') },
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) },
    );
    const text = fc.array(octet, { maxLength: 60 }).map((octets) => octets.join(''));
    fc.assert(
      fc.property(text, fc.nat({ max: 7 }), (message, offset) => {
        const memory = Buffer.from(`${'\n'.repeat(offset)}${message}\n`, 'latin1');
        const sent = wireBody(memory.subarray(offset, offset + message.length));
        expect(Buffer.concat(sent).toString('latin1')).toBe(expected(message));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a bare LF at each place', '\n'],
    ['a bare CR at each place', '\r'],
    ['a dot behind a line end at each place', '\r\n.'],
  ])('is mended where it has %s', (_what, trouble) => {
    for (let before = 0; before < 12; before += 1) {
      const message = `${'x'.repeat(before)}${trouble}y`;
      expect(Buffer.concat(wireBody(Buffer.from(message))).toString()).toBe(expected(message));
    }
  });

  it('is passed on as it is, not copied, where nothing has to be mended', () => {
    const message = Buffer.from('Subject: x\r\n\r\nhello\r\nworld.\r\n');
    expect(wireBody(message)[0]).toBe(message);
  });
});
