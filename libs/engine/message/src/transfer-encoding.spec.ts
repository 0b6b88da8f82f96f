import fc from 'fast-check';
import { encodeBase64Lines, encodeQuotedPrintable, encodeText, normaliseLineEnds } from './index.js';

/** RFC 2045 6.7 read backwards, written for this test. */
function decodeQp(body: Buffer): string {
  const joined = body.toString('latin1').replace(/=\r\n/g, '');
  const octets = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1').toString('utf8');
}

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        ' ',
        '\t',
        '.',
        '=',
        'From ',
        '鸿',
        '😀',
        'é',
        'x'.repeat(74),
        '--=_',
        '\0',
        '\uD800',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('encodeText', () => {
  it.each([
    ['short ASCII lines', 'Hello\nworld\n', '7bit'],
    ['a line of 77', 'x'.repeat(77), 'quoted-printable'],
    ['a few accents', 'Grüße aus Köln und viele weitere Wörter ohne Besonderheiten', 'quoted-printable'],
    ['Chinese', '鸿雁传书'.repeat(20), 'base64'],
    ['a lone dot', 'a\n.\nb', 'quoted-printable'],
    ['a line that begins with From', 'a\nFrom me to you\n', 'quoted-printable'],
    ['a trailing blank', 'a \nb', 'quoted-printable'],
    ['something like a boundary', '--=_abc', 'quoted-printable'],
  ])('sends %s as fits', (_title, text, encoding) => {
    expect(encodeText(text).encoding).toBe(encoding);
  });

  it('gives every text back and never writes a bare CR or LF, a long line, an 8-bit octet or a line-start dot', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { encoding, body } = encodeText(text);
        const written = body.toString('latin1');
        expect(written.replace(/\r\n/g, '')).toMatch(/^[\t\x20-\x7E]*$/);
        for (const line of written.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line.startsWith('.') || line.startsWith('From ') || line.startsWith('--=_')).toBe(false);
        }
        const meant = Buffer.from(normaliseLineEnds(text), 'utf8').toString('utf8');
        const decoded = {
          '7bit': () => written,
          'quoted-printable': () => decodeQp(body),
          base64: () => Buffer.from(written, 'base64').toString(),
        };
        expect(decoded[encoding]()).toBe(meant);
      }),
      { numRuns: 500 },
    );
  });

  it('takes the shorter of quoted-printable and base64', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { encoding, body } = encodeText(text);
        const bytes = Buffer.from(normaliseLineEnds(text), 'utf8');
        if (encoding !== '7bit') {
          expect(body.length).toBe(Math.min(encodeQuotedPrintable(bytes).length, encodeBase64Lines(bytes).length));
        }
      }),
    );
  });
});

describe('encodeQuotedPrintable', () => {
  it.each([
    ['a=b', 'a=3Db'],
    ['blank \r\ntab\t', 'blank=20\r\ntab=09'],
    ['.\r\n.x', '=2E\r\n=2Ex'],
    ['From a', '=46rom a'],
    ['鸿', '=E9=B8=BF'],
  ])('writes %j as %j', (text, written) => {
    expect(encodeQuotedPrintable(Buffer.from(text)).toString()).toBe(written);
  });

  it('splits no character between two lines', () => {
    for (const line of encodeQuotedPrintable(Buffer.from(`a${'😀鸿'.repeat(200)}`))
      .toString()
      .split('=\r\n')) {
      expect(decodeQp(Buffer.from(line))).not.toContain('\uFFFD');
    }
  });
});
