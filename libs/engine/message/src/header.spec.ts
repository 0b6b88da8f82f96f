import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { encodeWords } from './encoded-word.js';
import { formatMailbox, headerLine, MessageError, textHeaderLine } from './index.js';
import { formatParameter } from './parameter.js';

const lines = (text: string) => text.split('\r\n').slice(0, -1);
const parse = (header: string) => PostalMime.parse(Buffer.from(`${header}\r\nbody\r\n`, 'utf8'));

describe('headerLine', () => {
  it.each(['\r', '\n', '\0', '\r\nBcc: victim@example.com', '\x07'])(
    'refuses a value with %j and names the field',
    (bad) => {
      const attempt = () => headerLine('X-Note', `a${bad}b`, 'headers.0');
      expect(attempt).toThrow(MessageError);
      expect(attempt).toThrow(expect.objectContaining({ code: 'HEADER_INVALID', property: 'headers.0' }));
    },
  );

  it.each(['', 'X Note', 'X:', 'X\r\nBcc', 'Ünicode', 'X'.repeat(71)])('refuses the header name %j', (name) => {
    expect(() => headerLine(name, 'x')).toThrow(expect.objectContaining({ code: 'HEADER_INVALID', property: name }));
  });

  it('folds at blanks, never makes a blank line and gives the value back when unfolded', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 90 }), { maxLength: 20 }), (words) => {
        const value = words.join(' ');
        const written = headerLine('X-Words', value);
        expect(written.replace(/\r\n(?= )/g, '')).toBe(`X-Words: ${value}\r\n`);
        for (const line of lines(written).slice(1)) expect(line).toMatch(/^ .*[^ ]/);
      }),
    );
  });

  it('keeps a long URL whole and refuses one that fits no line', () => {
    const url = `<https://example.com/${'x'.repeat(400)}>`;
    expect(lines(headerLine('List-Unsubscribe', `${url}, <mailto:u@example.com>`))).toEqual([
      `List-Unsubscribe: ${url},`,
      ' <mailto:u@example.com>',
    ]);
    expect(() => headerLine('X-Url', 'x'.repeat(999))).toThrow(expect.objectContaining({ code: 'HEADER_INVALID' }));
  });
});

describe('textHeaderLine', () => {
  it.each([
    ['Plain words', 'Subject: Plain words\r\n'],
    ['', 'Subject: \r\n'],
    ['Neues aus Köln', 'Subject: =?UTF-8?Q?Neues_aus_K=C3=B6ln?=\r\n'],
    ['鸿雁', 'Subject: =?UTF-8?B?6bi/6ZuB?=\r\n'],
    ['=?UTF-8?Q?already?=', 'Subject: =?UTF-8?B?PT9VVEYtOD9RP2FscmVhZHk/PQ==?=\r\n'],
    ['two  blanks', 'Subject: =?UTF-8?Q?two__blanks?=\r\n'],
  ])('writes %j', (text, written) => {
    expect(textHeaderLine('Subject', text)).toBe(written);
  });

  it('refuses a line break even where encoding would hide it', () => {
    expect(() => textHeaderLine('Subject', '鸿\r\n雁', 'subject')).toThrow(
      expect.objectContaining({ code: 'HEADER_INVALID', property: 'subject' }),
    );
  });

  it('gives every text back, in lines of at most 76 octets', async () => {
    const char = fc.constantFrom(
      'a',
      'Z',
      ' ',
      '  ',
      '鸿',
      'é',
      '😀',
      '👩‍👩‍👧',
      '_',
      '?',
      '=',
      '"',
      ',',
      '\t',
      '\x07',
      '\u2028',
    );
    const text = fc.oneof(
      fc.array(char, { maxLength: 300 }).map((chars) => chars.join('')),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (subject) => {
        fc.pre(!/[\r\n\0]/.test(subject));
        const written = textHeaderLine('Subject', subject);
        for (const line of lines(written)) expect(line.length).toBeLessThanOrEqual(76);
        expect(written).toMatch(/^[\x20-\x7E\r\n]*$/);
        expect((await parse(written)).subject ?? '').toBe(subject);
      }),
    );
  });
});

describe('encodeWords', () => {
  it('splits no character and keeps every word within 75 columns and the first within its room', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
        fc.integer({ min: 30, max: 75 }),
        (text, room) => {
          const words = encodeWords(text, room);
          const decoded = words.map((word) => {
            const [, kind, data] = /^=\?UTF-8\?([BQ])\?([!-~]+)\?=$/.exec(word) ?? [];
            if (kind === 'B') return Buffer.from(data ?? '', 'base64').toString();
            const octets = (data ?? '')
              .replace(/_/g, ' ')
              .replace(/=(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
            return Buffer.from(octets, 'latin1').toString();
          });
          expect(decoded.join('')).toBe(text);
          expect(decoded.join('|')).not.toContain('\uFFFD');
          expect(words[0]?.length).toBeLessThanOrEqual(room);
          for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
        },
      ),
    );
  });
});

describe('formatMailbox', () => {
  it.each([
    [{ address: 'a@Example.com' }, 'a@example.com'],
    [{ name: 'Li Lei', address: 'a@example.com' }, 'Li Lei <a@example.com>'],
    [{ name: 'Lei, "Li" \\', address: 'a@example.com' }, '"Lei, \\"Li\\" \\\\" <a@example.com>'],
    [{ name: '鸿雁', address: 'a@例子.中国' }, '=?UTF-8?B?6bi/6ZuB?= <a@xn--fsqu00a.xn--fiqs8s>'],
    [{ name: '', address: '李雷@example.com' }, '李雷@example.com'],
  ])('writes %j', (mailbox, written) => {
    expect(formatMailbox(mailbox, 'to', 4)).toBe(written);
  });

  it.each([
    [{ address: 'a@example.com, b@example.com' }, 'to.address'],
    [{ address: 'a@example.com>\r\nBcc: <b@example.com' }, 'to.address'],
    [{ name: 'a\nBcc: b@example.com', address: 'a@example.com' }, 'to.name'],
    [{ name: '鸿\0雁', address: 'a@example.com' }, 'to.name'],
  ])('refuses %j', (mailbox, property) => {
    expect(() => formatMailbox(mailbox, 'to', 4)).toThrow(
      expect.objectContaining({ code: 'HEADER_INVALID', property }),
    );
  });

  it('brings every name back to a reader, with one recipient only', async () => {
    const char = fc.constantFrom(
      'a',
      ' ',
      '鸿',
      'é',
      '😀',
      ',',
      ';',
      '"',
      '\\',
      '<',
      '>',
      '@',
      '(',
      ')',
      '=?',
      '.',
      '\t',
      ':',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(char, { maxLength: 60 }).map((chars) => chars.join('')),
        async (name) => {
          const written = headerLine('To', formatMailbox({ name, address: 'a@example.com' }, 'to', 4));
          const { to } = await parse(written);
          expect(to).toHaveLength(1);
          expect(to?.[0]).toMatchObject({ address: 'a@example.com' });
          // Readers trim the blanks around a name.
          expect(to?.[0]?.name.trim()).toBe(name.trim());
        },
      ),
    );
  });
});

describe('formatParameter', () => {
  it.each([
    ['plan.pdf', ['filename="plan.pdf"']],
    ['a "b" \\.pdf', ['filename="a \\"b\\" \\\\.pdf"']],
    ['计划.pdf', ["filename*=UTF-8''%E8%AE%A1%E5%88%92.pdf"]],
  ])('writes %j', (value, pieces) => {
    expect(formatParameter('filename', value)).toEqual(pieces);
  });

  it('continues a long value in numbered pieces without splitting a character', () => {
    const pieces = formatParameter('filename', `${'计'.repeat(30)}.pdf`);
    expect(pieces.length).toBeGreaterThan(4);
    pieces.forEach((piece, index) => {
      expect(piece.startsWith(`filename*${index}*=`)).toBe(true);
      expect(() => decodeURIComponent(piece.slice(piece.indexOf('=') + 1))).not.toThrow();
      expect(piece.length).toBeLessThanOrEqual(76);
    });
  });
});
