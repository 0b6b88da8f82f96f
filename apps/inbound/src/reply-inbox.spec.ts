import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { storeInbound } from '#domain/feedback';
import { RepliesService } from '#domain/replies';
import type { RequestContext } from '#domain/workspaces';
import { MailReader } from './mail-reader.js';
import { processMails } from './process-mails.js';
import { reply } from './testing/reports.js';
import { KEYS, NO_EFFECT, OTHER_KEYS, effectsOn, namesOf, sentCampaign } from './testing/sent-campaign.js';
import type { SentCampaign } from './testing/sent-campaign.js';

let test: TestDatabase;
let reader: MailReader;
let inbox: RepliesService;
let ours: SentCampaign;
let ctx: RequestContext;
let uid = 0;
beforeAll(async () => {
  test = await createTestDatabase();
  reader = new MailReader();
  inbox = new RepliesService(test.db);
});
beforeEach(async () => {
  ours = await sentCampaign(test.db, `ours-${String.fromCharCode(97 + (uid += 1))}-`, 3);
  const actor = { type: 'system', name: 'test' } as const;
  ctx = { workspaceId: ours.workspaceId, actor, role: 'owner', permissions: new Set() };
});
afterAll(async () => {
  await reader?.close();
  await test?.drop();
});

async function take(raw: string): Promise<{ status: string; id: string }> {
  const { mailboxId, workspaceId } = ours;
  const place = { folder: 'INBOX', uidValidity: '1', uid: String((uid += 1)) };
  const id = await storeInbound(test.db, Buffer.from(raw), { type: 'mailbox', mailboxId, workspaceId, ...place });
  await processMails({ db: test.db, reader, keys: KEYS, ownServer: OWN_SERVER }, [id!]);
  return (await test.db.first('SELECT id, status FROM inbound_messages WHERE id = $1', [id]))!;
}
const OWN_SERVER = { recipientHeader: '', authservId: '' };
/** What a mail program writes of the message it answers. */
const thread = (seq: number, keys = KEYS) => [`In-Reply-To: ${namesOf(ours.campaignId, seq, keys).messageId}`];
const answer = (seq: number, text?: string, original = thread(seq)) =>
  reply({ address: ours.address(seq), original }, text);
const threads = async (query: object = {}) => (await inbox.list(ctx, { limit: 50, ...query })).items;

it('replies of one person to one campaign are one thread, and mail in it twice is there once', async () => {
  const first = await take(answer(1, 'When do you open?'));
  await take(answer(1, 'And on Sunday?'));
  await take(answer(2));
  await processMails({ db: test.db, reader, keys: KEYS, ownServer: OWN_SERVER }, [first.id]);
  const [two, one] = await threads();
  expect(one).toMatchObject({
    address: ours.address(1),
    unread: 2,
    state: 'new',
    kind: 'reply',
    preview: 'And on Sunday?',
  });
  expect(two).toMatchObject({ address: ours.address(2), unread: 1, campaignId: ours.campaignId });
  const { mails } = await inbox.get(ctx, one!.id);
  expect(mails.map(({ text, matched }) => [text, matched])).toEqual([
    ['When do you open?', 'token'],
    ['And on Sunday?', 'token'],
  ]);
  expect(await effectsOn(test.db, ours.workspaceId)).toMatchObject({ replied: 2, suppressions: 0, left: 0 });
});

it('a reply known by its sender alone is shown and does nothing; a stranger’s waits for a person', async () => {
  const forged = await take(answer(1, 'Hello?', thread(1, OTHER_KEYS)));
  expect(forged.status).toBe('logged');
  expect((await take(reply({ address: 'stranger@elsewhere.example', original: [] }))).status).toBe('review');
  const [shown, ...others] = await threads();
  expect(others).toEqual([]);
  expect((await inbox.get(ctx, shown!.id)).mails).toMatchObject([{ matched: 'sender', text: 'Hello?' }]);
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
  await test.db.run(`UPDATE campaign_recipients SET accepted_at = now() - interval '15 days' WHERE campaign_id = $1`, [
    ours.campaignId,
  ]);
  expect((await take(answer(2, 'Late', thread(2, OTHER_KEYS)))).status).toBe('review');
});

it('people also write anew: what nobody recognises is shown where its sender got mail of ours, a newsletter is not', async () => {
  const anew = (n: number, more: string) =>
    `From: ${ours.address(n)}\r\nSubject: opening hours\r\n${more}\r\nDo you open on Sunday?\r\n`;
  expect((await take(anew(1, ''))).status).toBe('logged');
  expect(await threads()).toMatchObject([{ kind: 'reply', state: 'new', preview: 'Do you open on Sunday?' }]);
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
  expect((await take(anew(2, 'List-Id: <weekly.example>\r\nPrecedence: bulk\r\n'))).status).toBe('review');
  expect(await threads()).toHaveLength(1);
});

it('a search finds every mail of a thread, and its note', async () => {
  await take(answer(1, 'About the oolong'));
  await take(answer(1, 'And the jasmine'));
  const [one] = await threads();
  const { version } = await inbox.get(ctx, one!.id);
  await inbox.update(ctx, one!.id, { version, note: 'Calls back on Friday' });
  for (const q of ['oolong', 'jasmine', 'friday']) expect(await threads({ q })).toHaveLength(1);
  expect(await threads({ q: 'assam' })).toEqual([]);
});

it.each(['退订', 'TD', 'unsubscribe', 'Stop.'])(
  'a top line %s leaves the list, the history names the mail, and the thread is done',
  async (line) => {
    const { id } = await take(answer(1, `${line}\r\n\r\nSent from my phone`));
    expect(await effectsOn(test.db, ours.workspaceId)).toMatchObject({ left: 1, replied: 0, suppressions: 0 });
    const told = `SELECT inbound_message_id AS mail FROM events WHERE campaign_id = $1 AND type = 'unsubscribed'`;
    expect(await test.db.rows(told, [ours.campaignId])).toEqual([{ mail: id }]);
    expect(await threads()).toMatchObject([{ kind: 'unsubscribe', state: 'done', unread: 0 }]);
  },
);

it('automatic answers are told apart: done and read, and no engagement', async () => {
  const away = answer(1, 'I am away.').replace(
    'Subject: Re: news',
    'Subject: Automatic reply: news\r\nAuto-Submitted: auto-replied',
  );
  await take(away);
  expect(await threads()).toMatchObject([{ kind: 'auto-reply', state: 'done', unread: 0, preview: 'I am away.' }]);
  expect(await inbox.countUnread(ctx)).toBe(0);
  await take(answer(1, 'Back again.'));
  expect(await threads({ kind: 'reply', state: 'new' })).toMatchObject([{ unread: 1, preview: 'Back again.' }]);
  expect(await inbox.countUnread(ctx)).toBe(1);
});

it('opening a thread reads it and asks for \\Seen where its mails lie; a new mail opens a done thread again', async () => {
  await take(answer(1, 'First'));
  const [one] = await threads();
  const read = await inbox.markRead(ctx, one!.id);
  expect(read).toMatchObject({ unread: 0, state: 'open' });
  const flags = await test.db.rows('SELECT flag, mailbox_id AS mailbox FROM mailbox_flags WHERE mailbox_id = $1', [
    ours.mailboxId,
  ]);
  expect(flags).toEqual([{ flag: 'seen', mailbox: ours.mailboxId }]);
  const done = await inbox.update(ctx, one!.id, { version: read.version, state: 'done', note: 'called her' });
  await expect(inbox.update(ctx, one!.id, { version: read.version, state: 'open' })).rejects.toMatchObject({
    code: 'STALE_VERSION',
  });
  await expect(inbox.update(ctx, one!.id, { version: done.version, assigneeId: '987' })).rejects.toMatchObject({
    property: 'assigneeId',
  });
  await take(answer(1, 'Second'));
  expect(await threads()).toMatchObject([{ state: 'new', unread: 1 }]);
  expect(await inbox.get(ctx, one!.id)).toMatchObject({ note: 'called her' });
});

it('search and pages find every thread once', async () => {
  for (const seq of [1, 2, 3]) await take(answer(seq, `Question ${seq} about 龙井`));
  expect(await threads({ q: 'question 2' })).toMatchObject([{ address: ours.address(2) }]);
  expect(await threads({ q: '龙井' })).toHaveLength(3);
  expect(await threads({ q: '%' })).toEqual([]);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await inbox.list(ctx, { limit: 1, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ address }) => address));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual([3, 2, 1].map((seq) => ours.address(seq)));
});
