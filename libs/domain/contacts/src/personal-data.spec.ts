import { ContactBody } from '#contracts';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import type { RequestContext } from '#domain/workspaces';
import { ContactsService, ListsService } from './index.js';

let test: TestDatabase;
let contacts: ContactsService;
beforeAll(async () => {
  test = await createTestDatabase();
  contacts = new ContactsService(test.db);
});
afterAll(() => test.drop());

async function workspace(): Promise<RequestContext> {
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  );
  const actor = { type: 'key' as const, id: '1', name: 'spec' };
  return { workspaceId: row?.id ?? '', actor, role: null, permissions: new Set() };
}

/** One row of everything that is kept about a contact, made by SQL as the other processes write it. */
async function fill(workspaceId: string, contactId: string, email: string): Promise<void> {
  const { db } = test;
  const row = async (sql: string, values: unknown[]) => (await db.first<{ id: string }>(sql, values))?.id ?? '';
  const campaign = await row(
    `INSERT INTO campaigns (workspace_id, name, status, from_address, content, audience)
     VALUES ($1, $2, 'sent', 'a@example.com', '{}', '{}') RETURNING id`,
    [workspaceId, `to ${email}`],
  );
  await db.run('SELECT ensure_recipient_partition($1)', [campaign]);
  await db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
       status, accepted_at) VALUES ($1, 1, $2, $3, 0, $4, $4, 'other', 'accepted', now())`,
    [campaign, workspaceId, contactId, email],
  );
  await db.run(
    `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, human, detail)
     VALUES (now(), $1, $2, 1, $3, 'opened', true, '')`,
    [workspaceId, campaign, contactId],
  );
  await db.run(`INSERT INTO suppressions (workspace_id, canonical, reason, note) VALUES ($1, $2, 'manual', 'asked')`, [
    workspaceId,
    email,
  ]);
  const inbound = await row(
    `INSERT INTO inbound_messages (workspace_id, envelope, raw, content_hash) VALUES ($1, '{}', '', '') RETURNING id`,
    [workspaceId],
  );
  const thread = await row(
    `INSERT INTO reply_threads (workspace_id, key, contact_id, address, subject, kind, state, last_at)
     VALUES ($1, $2, $3, $2, 'Re: tea', 'reply', 'new', now()) RETURNING id`,
    [workspaceId, email, contactId],
  );
  await db.run(
    `INSERT INTO reply_mails (thread_id, inbound_message_id, kind, matched, text, received_at)
     VALUES ($1, $2, 'reply', 'sender', $3, now())`,
    [thread, inbound, `words of ${email}`],
  );
}

it('a person’s data are all that is kept about them, nothing of anybody else, and the handing out is audited', async () => {
  const ctx = await workspace();
  const lists = new ListsService(test.db);
  const list = await lists.create(ctx, { name: 'News', description: '', optIn: 'single', public: false });
  const add = (email: string) =>
    contacts.create(
      ctx,
      ContactBody.parse({ email, name: '李明', lists: [{ id: list.id, consent: { source: 'fair' } }] }),
    );
  const [li, other] = [await add('li@example.com'), await add('other@example.com')];
  for (const { id, email } of [li, other]) await fill(ctx.workspaceId, id, email);

  const data = await contacts.personalData(ctx, li.id);
  expect(data).toMatchObject({
    contact: { email: 'li@example.com', name: '李明' },
    memberships: [{ list: 'News', status: 'subscribed', consent: { source: 'fair' } }],
    suppressions: [{ reason: 'manual', note: 'asked' }],
    campaigns: [{ campaign: 'to li@example.com', address: 'li@example.com', status: 'accepted' }],
    activity: [{ type: 'opened', campaign: 'to li@example.com' }],
    replies: [{ subject: 'Re: tea', text: 'words of li@example.com' }],
    triggeredMail: [],
    formRequests: [],
  });
  expect(JSON.stringify(data)).not.toContain('other@example.com');
  const told = await test.db.rows('SELECT action, subject FROM audit_log WHERE action = $1', ['contact.data-exported']);
  expect(told).toEqual([{ action: 'contact.data-exported', subject: `contact:${li.id}` }]);
  await expect(contacts.personalData(await workspace(), li.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
