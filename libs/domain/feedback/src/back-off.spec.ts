import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { applyFact } from './index.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.db.run(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC');
     INSERT INTO campaigns (workspace_id, name, content, audience) VALUES (1, 'c', '{}', '{}');
     INSERT INTO contacts (workspace_id, email, canonical, domain)
       SELECT 1, 'r' || n || '@a.example', 'r' || n || '@a.example', 'a.example' FROM generate_series(1, 5) n;
     INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status)
       SELECT 1, id, 1, id, 1, email, canonical, 'other', 'accepted' FROM contacts;`,
  );
});
afterAll(() => test?.drop());

it('a person who clicks or replies is no longer backed off; an open, a machine and an absence assistant prove nothing', async () => {
  const at = new Date();
  const backedOff = async () =>
    (await test.db.rows<{ canonical: string }>('SELECT canonical FROM suppressions ORDER BY 1')).map(
      (row) => row.canonical,
    );
  await test.db.transaction(async (tx) => {
    for (let seq = 1; seq <= 5; seq += 1) {
      await applyFact(tx, {
        ...{ type: 'soft-bounced', recipient: { campaignId: '1', seq }, at },
        evidence: {
          reason: 'mailboxfull',
          status: '5.2.2',
          replyCode: 552,
          diagnostic: 'full',
          inboundMessageId: null,
        },
      });
    }
  });
  expect(await backedOff()).toHaveLength(5);
  const person = { human: true, machineRule: null, userAgent: '' };
  await test.db.transaction(async (tx) => {
    const about = (seq: number) => ({ recipient: { campaignId: '1', seq }, at });
    await applyFact(tx, { type: 'clicked', ...about(1), link: 0, visitor: person });
    await applyFact(tx, { type: 'replied', ...about(2), inboundMessageId: '1' });
    await applyFact(tx, { type: 'opened', ...about(3), visitor: person });
    await applyFact(tx, { type: 'clicked', ...about(4), link: 0, visitor: { ...person, human: false } });
    await applyFact(tx, { type: 'auto-replied', ...about(5), inboundMessageId: '2' });
  });
  expect(await backedOff()).toEqual(['r3@a.example', 'r4@a.example', 'r5@a.example']);
});
