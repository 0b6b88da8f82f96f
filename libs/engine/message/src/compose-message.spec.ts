import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import PostalMime from 'postal-mime';
import { campaignHeaders, composeMessage } from './index.js';
import type { OutgoingMessage } from './index.js';

const plain: OutgoingMessage = {
  from: { name: '鸿雁 Team', address: 'news@example.com' },
  to: { name: 'Li, Lei', address: 'lilei@example.org' },
  replyTo: 'answers@example.com',
  subject: 'Hello',
  date: new Date('2026-11-22T05:25:16Z'),
  messageId: '<m.aevaog7qgsby7hxubc4x4@example.com>',
  text: 'Hello\n',
  boundarySeed: '42:7',
};
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const image = { filename: 'dot.gif', contentType: 'image/gif', content: pixel, contentId: 'dot@example.com' };
const report = {
  filename: '第三季度报告（最终版）- 鸿雁 2026 年 “特别” 附录.pdf',
  contentType: 'application/pdf',
  content: Buffer.alloc(5000, '%PDF'),
};

/** Every awkward shape a campaign may have; what is not named is as in `plain`. */
const golden: Array<[string, Partial<OutgoingMessage>]> = [
  ['short ASCII text', {}],
  ['empty text', { text: '' }],
  [
    'Chinese text and subject',
    { subject: '双十一大促：全场五折，仅限今天', text: '您好，李雷：\n感谢您的支持。\n'.repeat(30) },
  ],
  ['emoji', { subject: '🎉 Party 👩‍👩‍👧 tonight', text: '🎉🎉\n', html: '<p>🎉 👩‍👩‍👧</p>' }],
  ['lone dots', { text: '.\n..\n.a\nb\n.\n', html: '<pre>.\n..\n.</pre>' }],
  ['5,000-character lines', { text: 'x'.repeat(5000), html: `<p>${'字'.repeat(5000)}</p>` }],
  ['a long English line', { html: `<p>${'word '.repeat(1000)}</p>` }],
  ['mixed line ends', { text: 'a\rb\nc\r\nd' }],
  [
    'text that looks like MIME',
    { text: '--=_x\n--\n=3D=\nFrom here\nContent-Type: text/html\n\nx', html: '<p>a=3Db</p>' },
  ],
  ['an attachment with a Chinese name', { attachments: [report] }],
  ['an inline image', { html: '<img src="cid:dot@example.com">', attachments: [image] }],
  [
    'an inline image and attachments',
    {
      html: '<img src="cid:dot@example.com">',
      attachments: [image, report, { ...report, filename: 'a "b".txt', contentType: 'text/plain' }],
    },
  ],
  [
    'an attached message',
    {
      attachments: [
        { filename: 'old.eml', contentType: 'message/rfc822', content: Buffer.from('Subject: x\r\n\r\ny') },
      ],
    },
  ],
  ['an IDN sender', { from: { name: 'Bücher', address: 'a@bücher.example' } }],
];

const sameLineEnds = (text: string | undefined) => (text ?? '').replace(/\r\n|\r/g, '\n').replace(/\n+$/, '');
async function read(message: Buffer) {
  const mail = await PostalMime.parse(message);
  return {
    from: mail.from,
    to: mail.to,
    replyTo: mail.replyTo,
    subject: mail.subject,
    date: mail.date,
    messageId: mail.messageId,
    text: sameLineEnds(mail.text),
    html: sameLineEnds(mail.html),
    attachments: mail.attachments.map((each) => ({
      filename: each.filename,
      contentId: each.contentId,
      disposition: each.disposition,
      content: Buffer.from(each.content as ArrayBuffer).toString('base64'),
    })),
  };
}

function expectCleanLines(message: Buffer) {
  const text = message.toString('latin1');
  expect(text.replace(/\r\n/g, '')).toMatch(/^[\t\x20-\x7E\x80-\xFF]*$/);
  expect(text.endsWith('\r\n')).toBe(true);
  for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
}

describe('composeMessage', () => {
  it.each(golden)('reads back as it was meant: %s', async (_title, part) => {
    const m = { ...plain, ...part };
    const message = composeMessage(m);
    expectCleanLines(message);
    const mail = await read(message);
    expect(mail.subject).toBe(m.subject);
    expect(mail.text).toBe(sameLineEnds(m.text));
    expect(mail.html).toBe(sameLineEnds(m.html));
    expect(mail.date).toBe('2026-11-22T05:25:16.000Z');
    expect(mail.messageId).toBe(m.messageId);
    expect(mail.to).toEqual([{ name: 'Li, Lei', address: 'lilei@example.org' }]);
    expect(mail.attachments.map((each) => each.filename)).toEqual((m.attachments ?? []).map((each) => each.filename));
  });

  it.each(golden)('means the same as the reference composer: %s', async (_title, part) => {
    const m = { ...plain, ...part };
    const reference = await new MailComposer({
      ...m,
      headers: [],
      attachments: m.attachments?.map(({ contentId, contentType, ...rest }) => ({
        ...rest,
        contentType: contentType === 'message/rfc822' ? 'application/octet-stream' : contentType,
        ...(contentId && m.html ? { cid: contentId, contentDisposition: 'inline' as const } : {}),
      })),
    })
      .compile()
      .build();
    expect(await read(composeMessage(m))).toEqual(await read(reference));
  });

  it('nests parts as mixed(alternative(text, related(html, image)), attachment)', () => {
    const message = composeMessage({ ...plain, html: '<p>x</p>', attachments: [image, report] }).toString('latin1');
    expect(message.match(/^Content-Type: [a-z/]+/gim)?.map((line) => line.slice(14))).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/gif',
      'application/pdf',
    ]);
    expect(composeMessage(plain).toString()).toContain('Content-Type: text/plain; charset=utf-8\r\n');
  });

  it('gives the same bytes for the same input and other boundaries for another seed', () => {
    const m = { ...plain, html: '<p>x</p>' };
    expect(composeMessage(m).equals(composeMessage({ ...m }))).toBe(true);
    expect(composeMessage(m).equals(composeMessage({ ...m, boundarySeed: '42:8' }))).toBe(false);
  });

  it('writes the headers of a campaign among its own', async () => {
    const headers = campaignHeaders({ listId: '7.lists.example.com', unsubscribeUrl: 'https://t.example.com/u/aeva' });
    const message = composeMessage({ ...plain, headers: [...headers, ['X-Note', '备注']] });
    expectCleanLines(message);
    expect(message.toString()).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    expect(message.toString()).toContain('X-Note: =?UTF-8?B?5aSH5rOo?=\r\n');
  });

  it.each<[string, Partial<OutgoingMessage>, string]>([
    ['a line break in the subject', { subject: 'a\r\nBcc: b@example.com' }, 'subject'],
    ['a NUL in the subject', { subject: 'a\0' }, 'subject'],
    ['a line break in a name', { from: { name: 'a\nb', address: 'a@example.com' } }, 'from.name'],
    ['two recipients', { to: { address: 'a@example.com, b@example.com' } }, 'to.address'],
    ['a bad Reply-To', { replyTo: 'x' }, 'replyTo.address'],
    ['a bare Message-ID', { messageId: 'a@b' }, 'messageId'],
    ['a Message-ID with a line break', { messageId: '<a@b>\r\nX: y' }, 'messageId'],
    ['an invalid date', { date: new Date(NaN) }, 'date'],
    ['a second From', { headers: [['from', 'b@example.com']] }, 'headers.0'],
    [
      'a Bcc',
      {
        headers: [
          ['X-A', 'b'],
          ['BCC', 'b@example.com'],
        ],
      },
      'headers.1',
    ],
    ['a line break in a further header', { headers: [['X-A', 'b\nc']] }, 'headers.0'],
    ['a line break in a non-ASCII header', { headers: [['X-A', '备\n注']] }, 'headers.0'],
    ['a line break in a file name', { attachments: [{ ...report, filename: 'a\nb' }] }, 'attachments.0.filename'],
    [
      'a content type with parameters',
      { attachments: [{ ...report, contentType: 'a/b; x="y"' }] },
      'attachments.0.contentType',
    ],
    ['a Content-ID with brackets', { attachments: [{ ...image, contentId: '<a>' }] }, 'attachments.0.contentId'],
  ])('refuses %s and names the field', (_title, part, property) => {
    expect(() => composeMessage({ ...plain, ...part })).toThrow(
      expect.objectContaining({ code: 'HEADER_INVALID', property }),
    );
  });

  it('keeps any subject, name and body whole', async () => {
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom('\n', '.\n', ' ', '鸿雁', '😀', '--', '=_', 'x'.repeat(200)),
          fc.string({ unit: 'grapheme', maxLength: 9 }),
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join(''));
    const word = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((each) => !/[\r\n\0]/.test(each));
    await fc.assert(
      fc.asyncProperty(word, word, text, text, async (subject, name, body, html) => {
        const message = composeMessage({
          ...plain,
          subject,
          to: { name, address: 'a@example.com' },
          text: body,
          html: `<p>${html}</p>`,
        });
        expectCleanLines(message);
        const mail = await read(message);
        expect(mail.subject ?? '').toBe(subject);
        expect(mail.to?.[0]?.name?.trim()).toBe(name.trim());
        expect(mail.text).toBe(sameLineEnds(body));
        expect(mail.html).toBe(sameLineEnds(`<p>${html}</p>`));
      }),
      { numRuns: 200 },
    );
  });
});
