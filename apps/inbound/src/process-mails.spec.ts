import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { applyRefusals, endTake, forgetTakes, storeInbound, takeStored } from '#domain/feedback';
import { MailReader } from './mail-reader.js';
import { processMails } from './process-mails.js';
import { dsn, reply } from './testing/reports.js';
import { KEYS, effectsOn, namesOf, sentCampaign } from './testing/sent-campaign.js';
import type { SentCampaign } from './testing/sent-campaign.js';

let test: TestDatabase;
let reader: MailReader;
let campaign: SentCampaign;
beforeAll(async () => {
  test = await createTestDatabase();
  reader = new MailReader();
  campaign = await sentCampaign(test.db, 'many', 200);
  // Postgres refuses whatever is told about these.
  await test.db.run(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'poison'; END $$;
     CREATE TRIGGER refuse BEFORE UPDATE OF bounce_kind ON campaign_recipients FOR EACH ROW
       WHEN (NEW.seq IN (7, 107)) EXECUTE FUNCTION refuse();`,
  );
});
afterAll(async () => {
  await reader?.close();
  await test?.drop();
});

const tools = () => ({ db: test.db, reader, keys: KEYS });
const seqs = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);

async function store(raw: string, seq: number): Promise<string> {
  const recipients = [`${namesOf(campaign.campaignId, seq).verp}@bounces.brand.example`];
  const source = { type: 'smtp', recipients, sender: null, remote: '' } as const;
  return (await storeInbound(test.db, Buffer.from(raw), source))!;
}

const bounced = (seq: number) => store(dsn({ address: campaign.address(seq), original: ['Subject: news'] }), seq);

it('a mail that can’t be applied is left stored, and those beside it are applied', async () => {
  const ids = await Promise.all(seqs(1, 40).map(bounced));
  await expect(processMails(tools(), ids)).rejects.toThrow('poison');
  const left = await test.db.rows(`SELECT id, attempts FROM inbound_messages WHERE status <> 'applied'`);
  expect(left).toEqual([{ id: ids[6], attempts: 1 }]);
  expect(await effectsOn(test.db, campaign.workspaceId)).toMatchObject({ bounced: 39, suppressions: 39, marked: 39 });
});

it('of a batch, mails of all kinds about the same reader count each once and in their order', async () => {
  const about = { address: campaign.address(50), original: ['Subject: news'] };
  const full = dsn(about, '5.2.2', '552 5.2.2 Mailbox full');
  const ids: string[] = [];
  for (const raw of [full, full, reply(about, 'Thanks!'), reply(about, 'Thanks again!')])
    ids.push(await store(raw, 50));
  await processMails(tools(), ids);
  const rows = await test.db.rows<{ summary: string }>(
    'SELECT summary FROM inbound_messages WHERE id = ANY ($1::bigint[]) ORDER BY id',
    [ids],
  );
  expect(rows.map(({ summary }) => summary)).toEqual([
    'soft bounce: mailboxfull',
    'soft bounce: mailboxfull (known already)',
    'a person replied',
    'a person replied',
  ]);
  // Who answers is no longer backed off, and both answers wait in one thread.
  expect(await test.db.rows('SELECT 1 FROM suppressions WHERE canonical = $1', [campaign.address(50)])).toEqual([]);
  expect(await test.db.rows('SELECT unread FROM reply_threads')).toEqual([{ unread: 2 }]);
});

it('a mail that was tried before is taken alone, after those that were not', async () => {
  const ids: string[] = [];
  for (const seq of seqs(60, 4)) ids.push(await bounced(seq));
  await test.db.run('UPDATE inbound_messages SET attempts = 2 WHERE id = ANY ($1::bigint[])', [ids.slice(0, 2)]);
  const taken: string[][] = [];
  for (let rest = ids; rest.length > 0; rest = rest.filter((id) => !taken.flat().includes(id))) {
    taken.push((await takeStored(test.db, rest)).mails.map(({ id }) => id));
  }
  expect(taken).toEqual([ids.slice(2), [ids[0]], [ids[1]]]);
});

it('a take that nobody ended counts as an attempt of each of its mails until they have a result', async () => {
  const ids: string[] = [];
  for (const seq of seqs(70, 12)) ids.push(await bounced(seq));
  const take = async () => {
    const { takeId, mails } = await takeStored(test.db, ids);
    return { takeId, taken: mails.map(({ id }) => id), attempts: new Set(mails.map(({ attempts }) => attempts)) };
  };
  expect(await take()).toMatchObject({ taken: ids, attempts: new Set([1]) });
  // In few, since the process died over these; then the two that were not among the few; then each alone.
  const few = await take();
  expect(few).toMatchObject({ taken: ids.slice(0, 10), attempts: new Set([2]) });
  await endTake(test.db, few.takeId);
  expect(await take()).toMatchObject({ taken: ids.slice(10), attempts: new Set([2]) });
  expect(await take()).toMatchObject({ taken: [ids[0]], attempts: new Set([3]) });
  const takes = 'SELECT id FROM inbound_takes WHERE mails && $1::bigint[]';
  const age = () => test.db.run(`UPDATE inbound_takes SET taken_at = now() - interval '2 minutes'`);
  await age();
  await forgetTakes(test.db);
  expect(await test.db.rows(takes, [ids])).toHaveLength(3); // what they tell is still needed
  await processMails(tools(), ids);
  await forgetTakes(test.db);
  expect(await test.db.rows(takes, [ids])).toEqual([]);
  const states = await test.db.rows('SELECT DISTINCT status FROM inbound_messages WHERE id = ANY ($1::bigint[])', [
    ids,
  ]);
  expect(states).toEqual([{ status: 'applied' }]);
});

it('a refusal that can’t be applied waits in the ledger, and those beside it are applied', async () => {
  const attempt = { at: '2026-03-02T08:00:00Z', kind: 'rejected', code: 550, enhanced: '5.1.1', text: 'User unknown' };
  await test.db.run(
    `UPDATE campaign_recipients SET status = 'rejected', refusal_pending = true, attempts = jsonb_build_array($1::jsonb)
     WHERE seq BETWEEN 101 AND 120`,
    [JSON.stringify(attempt)],
  );
  await expect(applyRefusals(test.db, campaign.campaignId)).rejects.toThrow('poison');
  expect(await test.db.rows('SELECT seq FROM campaign_recipients WHERE refusal_pending')).toEqual([{ seq: 107 }]);
});
