import { readVerp } from '#engine/token';
import { compileContent } from '#engine/render';
import { renderSlice } from './render-slice.js';
import type { RenderAccount, RenderTask } from './render-task.js';

const tokenKeys = { current: 1, keys: new Map([[1, Buffer.alloc(32, 1)]]) };
const VERP: RenderAccount = {
  returnPath: 'verp',
  returnPathDomain: 'b.brand.example',
  returnPathAddress: null,
  keys: [],
};
const OWN: RenderAccount = {
  returnPath: 'account',
  returnPathDomain: null,
  returnPathAddress: 'me@qq.example',
  keys: [],
};

let count = 0;
/** The header lines of one message. */
async function headers(account: RenderAccount, readReceipts: boolean): Promise<string[]> {
  const compiled = await compileContent(
    { subject: 'Hi', text: 'Hello {{unsubscribeUrl}}' },
    { trackLinks: false, footer: null },
  );
  if (!compiled.ok) throw new Error('content refused');
  const task: RenderTask = {
    contentKey: `receipts ${(count += 1)}`,
    accountKey: 'one',
    content: compiled.content,
    campaign: { id: '7', name: 'Autumn', workspaceId: '3' },
    workspace: { name: 'Books', postalAddress: '' },
    from: { name: '', address: 'news@brand.example' },
    replyTo: null,
    attachments: [],
    trackOpens: false,
    readReceipts,
    trackingUrl: 'https://t.brand.example',
    account,
    tokenKeys,
    nowMs: 0,
    recipients: [{ seq: 42, email: 'anna@rcpt.example', name: '', fields: {}, tags: [] }],
  };
  const { bytes } = renderSlice(task);
  const text = Buffer.from(bytes).toString('latin1');
  return text
    .slice(0, text.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n');
}

const asks = (lines: string[]) => lines.filter((line) => line.startsWith('Disposition-Notification-To'));

it('a read receipt is asked for where bounces go, so that it proves whose it is', async () => {
  const [line = ''] = asks(await headers(VERP, true));
  expect(line).toMatch(/^Disposition-Notification-To: <b\.[a-z2-7]+@b\.brand\.example>$/);
  expect(readVerp(/<(.+)>/.exec(line)![1]!, tokenKeys)).toEqual({ campaignId: '7', seq: 42 });
  expect(asks(await headers(OWN, true))).toEqual(['Disposition-Notification-To: <me@qq.example>']);
});

it('and nothing stands there when nobody asks', async () => {
  expect(asks(await headers(VERP, false))).toEqual([]);
});
