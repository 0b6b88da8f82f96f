import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { OutBuffer, compileMessage, composeMessage, senderHeaders, subjectHeader, toHeader } from './index.js';
import type { MessageAttachment, TextPieces } from './index.js';

interface Mail {
  html: TextPieces<string[]> | null;
  text: TextPieces<string[]>;
  attachments?: MessageAttachment[];
}

const FROM = { name: '鸿雁', address: 'news@brand.example' };
const TO = { name: 'Tom', address: 'tom@rcpt.example' };
const value = (index: number) => (values: string[]) => values[index] ?? '';
const joined = (pieces: TextPieces<string[]>, values: string[]) =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece(values))).join('');

/** The message for these values as the compiled writer and as the plain composer make it. */
function both(mail: Mail, values: string[]): { compiled: Buffer; composed: Buffer } {
  const write = compileMessage<string[]>({
    headers: [senderHeaders({ from: FROM }), toHeader(TO), (own) => subjectHeader(own[0] ?? '')],
    ...mail,
    boundarySeed: 'seed',
  });
  const out = new OutBuffer(16);
  write(out, values);
  const composed = composeMessage({
    from: FROM,
    to: TO,
    subject: values[0] ?? '',
    date: new Date(0),
    messageId: '<a@b.example>',
    text: joined(mail.text, values),
    ...(mail.html ? { html: joined(mail.html, values) } : {}),
    ...(mail.attachments ? { attachments: mail.attachments } : {}),
    boundarySeed: 'seed',
  });
  return { compiled: Buffer.from(out.written()), composed };
}

async function content(message: Buffer) {
  const { from, to, subject, html, text, attachments } = await PostalMime.parse(message);
  // The compiled one ends each part with a line end.
  const trimmed = (part: string | undefined) => part?.replace(/\r\n/g, '\n').replace(/\n+$/, '');
  const files = attachments.map(({ filename, mimeType, contentId, content: bytes }) => ({
    ...{ filename, mimeType, contentId },
    bytes: Buffer.from(bytes as ArrayBuffer).toString('hex'),
  }));
  return { from, to, subject, html: trimmed(html), text: trimmed(text), files };
}

async function expectEqual(mail: Mail, values: string[]): Promise<void> {
  const { compiled, composed } = both(mail, values);
  expect(await content(compiled)).toEqual(await content(composed));
  const wire = compiled.toString('latin1');
  expect(wire).not.toMatch(/[^\r]\n|\r[^\n]/);
  expect(wire.split('\r\n').filter((line) => line.startsWith('.'))).toEqual([]);
  const bodyLines = wire.slice(wire.indexOf('\r\n\r\n')).split('\r\n');
  expect(bodyLines.filter((line) => line.length > 76)).toEqual([]);
  expect(wire.endsWith('\r\n')).toBe(true);
}

const LETTER: Mail = {
  html: ['<p>Hello ', value(0), '.</p>\n<p>', value(1), '</p><a href="https://t.example/c/', value(2), '/0">x</a>\n'],
  text: ['Hello ', value(0), ',\n\n', value(1), '\n.\nFrom here on: ', value(2)],
};
const CHINESE: Mail = {
  html: [`<p>${'春季大促，全场八折。'.repeat(30)}</p>`, value(0), `<p>${'欢迎光临'.repeat(20)}</p>`, value(1)],
  text: [`${'春季大促，全场八折。\n'.repeat(20)}`, value(0), '\n.\n', value(1)],
};

describe('a compiled message says what the composed one says', () => {
  it.each([
    ['plain names', ['Anna', 'one two', 'abc']],
    ['nothing', ['', '', '']],
    ['Chinese and emoji', ['王小明', '您好 🎉🎉', '鸿雁']],
    ['lone dots and From at the start of lines', ['.', '.\n.\nFrom me\n', 'From x']],
    ['equals signs and URLs', ['a=b', 'https://x.example/?a=1&b=2==', '=']],
    ['blanks and tabs at the ends', [' a ', '\tb\t \nc ', ' ']],
    ['a line of thousands of characters', ['x'.repeat(900), 'y'.repeat(5000), '= '.repeat(2000)]],
    ['every kind of line end', ['a', 'a\r\nb\rc\nd', '']],
  ])('with %s', async (_name, values) => {
    await expectEqual(LETTER, values);
    await expectEqual(CHINESE, values);
    await expectEqual({ html: null, text: LETTER.text }, values);
    await expectEqual({ html: null, text: CHINESE.text }, values);
  });

  it('with attachments and inline images', async () => {
    const bytes = Buffer.from(Array.from({ length: 500 }, (_, n) => n % 256));
    const attachments = [
      { filename: '价目表.pdf', contentType: 'application/pdf', content: bytes },
      { filename: 'logo.png', contentType: 'image/png', content: bytes.subarray(7), contentId: 'logo@x' },
    ];
    await expectEqual({ ...LETTER, attachments }, ['Anna', '<img src="cid:logo@x">', 'abc']);
    await expectEqual({ html: null, text: LETTER.text, attachments: attachments.slice(0, 1) }, ['Anna', 'b', 'c']);
  });

  it('with an empty piece beside another fixed one, before a value that fills a line', async () => {
    const values = ['subject', '𐀀𐀀 𐀀ࠀ𐀀𐀀', `${'x'.repeat(73)}`, 'y'.repeat(76)];
    for (const index of [1, 2, 3]) {
      await expectEqual({ html: ['<p>', '', value(index)], text: ['Hi ', '', value(index), ''] }, values);
    }
  });

  it('with any pieces and any values', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 120 }).map((any) => any.replace(/\p{Cc}/gu, '\n'));
    const part = fc.array(fc.oneof(text, fc.nat({ max: 3 }).map(value)), { minLength: 1, maxLength: 12 });
    const values = fc.tuple(fc.constant('subject'), text, text, text);
    await fc.assert(
      fc.asyncProperty(part, part, values, async (html, plain, own) => {
        await expectEqual({ html: ['<p>', ...html], text: ['Hi ', ...plain] }, own);
      }),
      { numRuns: 300 },
    );
  });
});

it('costs the fixed text nothing: one writer serves any number of recipients, in any order', () => {
  const write = compileMessage<string[]>({ headers: [], html: LETTER.html, text: LETTER.text, boundarySeed: 's' });
  const once = (values: string[]) => {
    const out = new OutBuffer();
    write(out, values);
    return out.written().toString();
  };
  const first = once(['a', 'b', 'c']);
  once(['王', 'y'.repeat(10_000), '.']);
  expect(once(['a', 'b', 'c'])).toBe(first);
});
