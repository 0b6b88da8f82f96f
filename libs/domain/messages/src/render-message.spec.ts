import { compileContent } from '#engine/render';
import { createTokens, readMessageId, readVerp } from '#engine/token';
import PostalMime from 'postal-mime';
import { MessageRenderer } from './message-renderer.js';
import { renderMessage } from './render-message.js';
import type { MessageTask } from './render-message.js';

const tokenKeys = { current: 1, keys: new Map([[1, Buffer.alloc(32, 1)]]) };

async function task(source: { subject?: string; html?: string; text?: string }, more: object = {}) {
  const compiled = await compileContent({ subject: 'Hi', ...source }, { trackLinks: false, footer: null });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const whole: MessageTask = {
    id: '42',
    workspaceId: '7',
    workspace: { name: 'Shop', postalAddress: '' },
    contentId: String(Math.random()),
    content: compiled.content,
    to: { name: '李明', address: 'li@people.org' },
    from: { name: 'Shop', address: 'hello@brand.org' },
    replyTo: null,
    subject: '',
    answer: null,
    data: {},
    tags: [],
    files: [],
    account: { returnPath: 'verp', returnPathDomain: 'bounces.brand.org', returnPathAddress: null, keys: [] },
    tokenKeys,
    nowMs: Date.parse('2026-11-22T05:25:16Z'),
    ...more,
  };
  return whole;
}

function rendered(whole: MessageTask) {
  const result = renderMessage(whole);
  if (!result.ok) throw new Error(result.detail);
  return { ...result, text: Buffer.from(result.bytes).toString('utf8') };
}

it('is a private mail: personal, nothing tracked, no list to leave, no vacation reply wanted', async () => {
  const html =
    '<p>{{name}}, <a href="https://shop.org/r?t={{data.token}}">reset</a></p>{{#each data.items}}<b>{{this}}</b>{{/each}}';
  const data = { token: 'a b', items: ['x', '<y>'] };
  const { text, returnPath } = rendered(await task({ subject: 'Code {{data.token}}', html }, { data }));
  const mail = await PostalMime.parse(text);
  expect(mail).toMatchObject({ subject: 'Code a b', to: [{ name: '李明', address: 'li@people.org' }] });
  expect(mail.html).toContain('href="https://shop.org/r?t=a%20b"');
  expect(mail.html).toContain('<b>x</b><b>&lt;y&gt;</b>');
  const names = mail.headers.map(({ key }) => key);
  expect(names).toEqual(expect.arrayContaining(['auto-submitted', 'feedback-id', 'x-hongyan-ref']));
  expect(names.filter((name) => name.startsWith('list-') || name === 'precedence')).toEqual([]);
  expect(returnPath).toMatch(/^b\.[a-z2-7]{18,40}@bounces\.brand\.org$/);
});

it('has tokens that name no recipient of any campaign', async () => {
  const { text, returnPath } = rendered(await task({ text: 't' }));
  const messageId = /^Message-ID: (\S+)/m.exec(text)?.[1] ?? '';
  expect(messageId).toMatch(/^<m\.[a-z2-7]+@brand\.org>$/);
  expect([readVerp(returnPath, tokenKeys), readMessageId(messageId, tokenKeys)]).toEqual([null, null]);
  const campaigns = createTokens({ campaignId: '42', seq: 42 }, tokenKeys);
  expect(text).not.toContain(campaigns('message-id'));
  // The same message sent again is recognisable as such.
  expect(rendered(await task({ text: 't' })).text).toContain(messageId);
});

it('carries its files, and goes by the account’s own return path where that is asked for', async () => {
  const files = [{ filename: '发票.txt', contentType: 'text/plain', content: Buffer.from('42') }];
  const account = { returnPath: 'account', returnPathDomain: null, returnPathAddress: 'shop@qq.com', keys: [] };
  const { text, returnPath } = rendered(await task({ text: 't' }, { files, account }));
  const mail = await PostalMime.parse(text);
  expect(mail.attachments).toMatchObject([{ filename: '发票.txt', mimeType: 'text/plain' }]);
  expect(Buffer.from(mail.attachments[0]!.content as ArrayBuffer).toString()).toBe('42');
  expect(returnPath).toBe('shop@qq.com');
});

it('data that can’t be made into a mail ends in a clear sentence within a second, and the others go on', async () => {
  const renderer = new MessageRenderer();
  await renderer.warm();
  const list = Array.from({ length: 900 }, (_, n) => n);
  const nested = '{{#each data.l}}{{#each @root.data.l}}{{#each @root.data.l}}x{{/each}}{{/each}}{{/each}}';
  const started = performance.now();
  const [hostile, line, fine] = await Promise.all([
    renderer.render(() => task({ text: nested }, { data: { l: list } })),
    renderer.render(() => task({ text: 't' }, { from: { name: 'a\r\nBcc: x@y.org', address: 'a@b.org' } })),
    renderer.render(() => task({ text: 'fine' })),
  ]);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(hostile).toMatchObject({ ok: false, detail: expect.stringMatching(/\w+ \w+/) });
  expect(line).toMatchObject({ ok: false, detail: expect.stringMatching(/\w+/) });
  expect(fine).toMatchObject({ ok: true });
  await renderer.close();
});

it('a person’s answer is its own words in its thread, and no automatic mail', async () => {
  const answer = {
    text: '你好 {{name}}，\n\n周六上午十点。\n',
    inReplyTo: '<r1@people.org>',
    references: ['<m.x@brand.org>', '<r1@people.org>'],
    smtpAccounts: [],
  };
  const { text } = rendered(await task({ text: '-' }, { subject: '回复：春茶', answer }));
  const mail = await PostalMime.parse(text);
  expect(mail).toMatchObject({ subject: '回复：春茶', inReplyTo: '<r1@people.org>' });
  expect(mail.references?.split(/\s+/)).toEqual(answer.references);
  expect(mail.text?.replace(/\r\n/g, '\n').trim()).toBe(answer.text.trim());
  expect(text).not.toMatch(/^(?:Auto-Submitted|Feedback-ID|List-)/im);
});
