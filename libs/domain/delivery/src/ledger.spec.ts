import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { checkSlice } from './check-slice.js';
import { claimBatch, releaseBatch, renewLeases } from './claim-batch.js';
import type { ClaimedBatch } from './claim-batch.js';
import { finishCampaigns } from './finish-campaigns.js';
import { Journal } from './journal.js';
import { loadPending } from './load-pending.js';
import { OutcomeWriter } from './outcome-writer.js';
import { prepareCampaign } from './prepare-campaign.js';
import { recordOutcomes } from './record-outcomes.js';
import { replayAbandoned, replayJournal, sweepExpiredLeases } from './recover.js';
import { settleUncertain } from './settle-uncertain.js';

let test: TestDatabase;
let dir: string;
let campaign: string;
let workspace: string;
beforeAll(async () => (test = await createTestDatabase()));
afterAll(() => test.drop());
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ledger-'));
  campaign = await startedCampaign(10);
});
afterEach(async () => {
  rmSync(dir, { recursive: true, force: true });
  await test.db.run('DELETE FROM campaigns');
  await test.db.run('DELETE FROM send_batches');
});

const queue = { add: () => Promise.resolve() } as never;
const ME = randomUUID();
const YOU = randomUUID();
const AT = '2026-11-22T05:25:16.000Z';

/** A campaign that was started over `size` subscribed contacts, prepared. */
async function startedCampaign(size: number): Promise<string> {
  const { db } = test;
  const one = async (text: string, values: unknown[] = []) => (await db.first<{ id: string }>(text, values))?.id ?? '';
  workspace = await one(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'zh-CN', 'Asia/Shanghai') RETURNING id`,
  );
  const list = await one(`INSERT INTO lists (workspace_id, name) VALUES ($1, 'l') RETURNING id`, [workspace]);
  await db.run(
    `WITH people AS (
       INSERT INTO contacts (workspace_id, email, canonical, domain)
       SELECT $1, 'p' || n || '@rcpt.org', 'p' || n || '@rcpt.org', 'rcpt.org' FROM generate_series(1, $3::int) n RETURNING id)
     INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT $2, id, $1, 'subscribed' FROM people`,
    [workspace, list, size],
  );
  const id = await one(
    `INSERT INTO campaigns (workspace_id, name, content, audience, status, started_at, frozen_at, deadline_at, max_contact_id)
     VALUES ($1, 'c', '{}', jsonb_build_object('lists', jsonb_build_array($2::text), 'excludeLists', '[]'::jsonb), 'sending', now(), now(),
       now() + interval '2 days', (SELECT max(id) FROM contacts)) RETURNING id`,
    [workspace, list],
  );
  await db.run('SELECT ensure_recipient_partition($1)', [id]);
  await prepareCampaign(db, queue, id);
  return id;
}

const statuses = async () =>
  Object.fromEntries(
    (
      await test.db.rows<{ status: string; n: number }>(
        'SELECT status, count(*)::int AS n FROM campaign_recipients WHERE campaign_id = $1 GROUP BY 1',
        [campaign],
      )
    ).map((row) => [row.status, row.n]),
  );
/** Another process that does what `lock()` does. */
async function lockElsewhere(folder: string): Promise<{ locked: boolean; end(): Promise<void> }> {
  const program = `import { Journal } from './dist/libs/domain/delivery/src/journal.js';
    await new Journal(process.argv[1], 'boot-1').lock(); process.send('locked'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [message] = await once(child, 'message');
  const end = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { locked: message === 'locked', end };
}
const claim = async (owner: string) => (await claimBatch(test.db, owner)) as ClaimedBatch;
/** The first `size` recipients of a batch, checked and noted as on the way. */
const takeSlice = async (batch: ClaimedBatch, owner: string, size: number) => {
  const seqs = (await loadPending(test.db, batch)).slice(0, size).map(({ seq }) => seq);
  const { lists } = (await test.db.first<{ lists: string[] }>(
    "SELECT audience->'lists' AS lists FROM campaigns WHERE id = $1",
    [batch.campaignId],
  )) ?? { lists: [] };
  return checkSlice(test.db, owner, { batch, lists, seqs, onTheWay: [] });
};
const accepted = (seq: number) => ({
  seq,
  earlierAttempts: 0,
  attempt: { kind: 'accepted', code: 250, text: 'ok', at: AT, smtpAccountId: '1' } as const,
});

describe('preparation', () => {
  it('run twice at once makes each row once, and the counts balance', async () => {
    await test.db.run("UPDATE campaigns SET prepared_at = NULL, prepare_cursor = '0' WHERE id = $1", [campaign]);
    await test.db.run('UPDATE campaigns SET prepared_count = 0 WHERE id = $1', [campaign]);
    await test.db.run('DELETE FROM campaign_recipients WHERE campaign_id = $1', [campaign]);
    await test.db.run('DELETE FROM send_batches WHERE campaign_id = $1', [campaign]);
    await Promise.all([1, 2, 3].map(() => prepareCampaign(test.db, queue, campaign)));
    expect(await statuses()).toEqual({ pending: 10 });
    expect(
      await test.db.first(
        'SELECT prepared_count AS prepared, excluded_count AS excluded FROM campaigns WHERE id = $1',
        [campaign],
      ),
    ).toEqual({ prepared: 10, excluded: 0 });
  });
});

describe('a claim', () => {
  it('is given to one of many who ask at once', async () => {
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimBatch(test.db, randomUUID())));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('goes to the campaign with the fewest batches at work, however many another has waiting', async () => {
    await test.db.run(
      `INSERT INTO send_batches (campaign_id, workspace_id, provider, size)
       SELECT $1, $2, 'other', 1 FROM generate_series(1, 5)`,
      [campaign, workspace],
    );
    const small = await startedCampaign(1);
    const order = [];
    for (let n = 0; n < 4; n += 1) order.push((await claim(ME)).campaignId);
    expect(order).toEqual([campaign, small, campaign, campaign]);
  });

  it('is renewed and given back by its owner under its fence only', async () => {
    const batch = await claim(ME);
    expect(await renewLeases(test.db, ME, [batch])).toEqual(new Set([batch.id]));
    expect(await renewLeases(test.db, YOU, [batch])).toEqual(new Set());
    expect(await renewLeases(test.db, ME, [{ ...batch, fence: '99' }])).toEqual(new Set());
    await releaseBatch(test.db, YOU, batch);
    expect(await claimBatch(test.db, YOU)).toBeUndefined();
    await releaseBatch(test.db, ME, batch);
    expect((await claim(YOU)).fence).toBe(String(Number(batch.fence) + 1));
  });

  it('is not possible once the deadline is over', async () => {
    await test.db.run("UPDATE campaigns SET deadline_at = now() - interval '1 s' WHERE id = $1", [campaign]);
    expect(await claimBatch(test.db, ME)).toBeUndefined();
    await finishCampaigns(test.db);
    expect(await statuses()).toEqual({ expired: 10 });
  });

  it('is not possible while the campaign is paused', async () => {
    await test.db.run("UPDATE campaigns SET status = 'paused' WHERE id = $1", [campaign]);
    expect(await claimBatch(test.db, ME)).toBeUndefined();
  });
});

describe('a slice', () => {
  it('leaves out, with the reason, who was suppressed or unsubscribed since the preparation', async () => {
    await test.db.run(
      "INSERT INTO suppressions (workspace_id, canonical, reason) VALUES ($1, 'p1@rcpt.org', 'manual')",
      [workspace],
    );
    await test.db.run(
      `UPDATE list_members SET status = 'unsubscribed' WHERE contact_id = (
         SELECT id FROM contacts WHERE workspace_id = $1 AND email = 'p2@rcpt.org')`,
      [workspace],
    );
    const slice = await takeSlice(await claim(ME), ME, 100);
    expect(slice?.size).toBe(8);
    expect(await statuses()).toEqual({ pending: 8, skipped: 2 });
  });

  it('leaves out a whole domain that was barred since the preparation', async () => {
    await test.db.run(
      "INSERT INTO suppressions (workspace_id, canonical, reason) VALUES ($1, '@rcpt.org', 'quarantined')",
      [workspace],
    );
    expect(await takeSlice(await claim(ME), ME, 4)).toEqual(new Set());
    expect(await statuses()).toEqual({ skipped: 4, pending: 6 });
  });

  it('is refused once the campaign is paused or the lease belongs to another', async () => {
    const batch = await claim(ME);
    expect(await takeSlice(batch, YOU, 5)).toBeNull();
    expect(await takeSlice({ ...batch, fence: '99' }, ME, 5)).toBeNull();
    await test.db.run("UPDATE campaigns SET status = 'paused' WHERE id = $1", [campaign]);
    expect(await takeSlice(batch, ME, 5)).toBeNull();
  });
});

describe('outcomes', () => {
  it('of a stale owner change no row', async () => {
    const batch = await claim(ME);
    expect(await recordOutcomes(test.db, { ...batch, fence: '0' }, [accepted(1)], 'hold')).toBe(false);
    expect(await statuses()).toEqual({ pending: 10 });
    expect(await recordOutcomes(test.db, batch, [accepted(1)], 'hold')).toBe(true);
    expect(await statuses()).toEqual({ accepted: 1, pending: 9 });
  });
});

describe('the writer of outcomes', () => {
  it('names who is answered and not in the ledger yet, so that a vanished owner has nobody sent again', async () => {
    const batch = await claim(ME);
    const log = { warn: () => undefined } as never;
    const writer = new OutcomeWriter({ db: test.db, log, batch, policy: 'hold', stopping: () => false });
    writer.add(accepted(1));
    writer.add(accepted(2));
    expect(writer.unwritten).toEqual([1, 2]);
    await writer.written();
    expect(writer.unwritten).toEqual([]);
    expect(await statuses()).toEqual({ accepted: 2, pending: 8 });
  });
});

describe('recovery', () => {
  it('by the journal: never intended is pending, answered is what was answered, the rest is uncertain', async () => {
    const journal = new Journal(dir, 'boot-1');
    const batch = await claim(journal.owner);
    await takeSlice(batch, journal.owner, 5);
    const pages = journal.open(batch);
    pages.intend(1, '1');
    pages.answer(1, { kind: 'accepted', code: 250, text: 'ok' }, AT, '1');
    pages.intend(2, '1');
    pages.release();
    expect(await replayJournal(test.db, new Journal(dir, 'boot-1'))).toBe(1);
    expect(await statuses()).toEqual({ accepted: 1, uncertain: 1, pending: 8 });
    const [lost] = await test.db.rows("SELECT attempts FROM campaign_recipients WHERE status = 'uncertain'");
    expect(lost).toMatchObject({ attempts: [{ kind: 'uncertain', smtpAccountId: '1', senderStopped: true }] });
    // The batch goes on under another fence; the dead owner's word counts no more.
    expect(await recordOutcomes(test.db, batch, [accepted(3)], 'hold')).toBe(false);
    expect(Number((await claim(YOU)).fence)).toBeGreaterThan(Number(batch.fence));
  });

  it('after another boot, or without a journal, takes everybody in the slice for uncertain', async () => {
    const journal = new Journal(dir, 'boot-1');
    const batch = await claim(journal.owner);
    await takeSlice(batch, journal.owner, 5);
    const pages = journal.open(batch);
    pages.intend(1, '1');
    pages.answer(1, { kind: 'accepted', code: 250, text: 'ok' }, AT, '1');
    pages.release();
    await replayJournal(test.db, new Journal(dir, 'boot-2'));
    expect(await statuses()).toEqual({ accepted: 1, uncertain: 4, pending: 5 });
  });

  it('late, from a journal whose batch was given up meanwhile, still turns uncertain into what was answered', async () => {
    const journal = new Journal(dir, 'boot-1');
    const batch = await claim(journal.owner);
    await takeSlice(batch, journal.owner, 3);
    const pages = journal.open(batch);
    pages.intend(1, '1');
    pages.answer(1, { kind: 'accepted', code: 250, text: 'ok' }, AT, '1');
    pages.intend(2, '1');
    pages.release();
    await test.db.run("UPDATE send_batches SET lease_until = now() - interval '3 s' WHERE id = $1", [batch.id]);
    await sweepExpiredLeases(test.db, 2);
    expect(await statuses()).toEqual({ uncertain: 3, pending: 7 });
    expect(await replayAbandoned(test.db, [new Journal(dir, 'boot-1')])).toBe(0);
    expect(await statuses()).toEqual({ accepted: 1, uncertain: 2, pending: 7 });
    expect(readdirSync(dir)).toEqual(['sender-id']);
  });

  it('sets a journal that can not be read aside and takes it for missing', async () => {
    const journal = new Journal(dir, 'boot-1');
    const batch = await claim(journal.owner);
    await takeSlice(batch, journal.owner, 5);
    writeFileSync(path.join(dir, `${batch.id}-${batch.fence}.journal`), `${'\0'.repeat(200)}\n`);
    expect(await replayJournal(test.db, journal)).toBe(1);
    expect(await statuses()).toEqual({ uncertain: 5, pending: 5 });
    expect(readdirSync(dir)).toContain(`${batch.id}-${batch.fence}.journal.damaged`);
  });

  it('is not shared: a second process on the same folder is refused, a later one is not', async () => {
    const { locked, end } = await lockElsewhere(dir);
    expect(locked).toBe(true);
    await expect(new Journal(dir, 'boot-1').lock()).rejects.toThrow('Another sender uses the journal folder');
    await end();
    await expect(new Journal(dir, 'boot-1').lock()).resolves.toBeUndefined();
  });

  it('of an owner that never comes back waits, then settles its slice and lets the rest go on', async () => {
    const batch = await claim(ME);
    await takeSlice(batch, ME, 3);
    await test.db.run("UPDATE send_batches SET lease_until = now() - interval '1 s' WHERE id = $1", [batch.id]);
    expect(await sweepExpiredLeases(test.db, 2)).toBe(0);
    await test.db.run("UPDATE send_batches SET lease_until = now() - interval '3 s' WHERE id = $1", [batch.id]);
    // A database that has only just come back gives everybody the whole time again.
    expect(await sweepExpiredLeases(test.db, 365 * 86_400)).toBe(0);
    expect(await sweepExpiredLeases(test.db, 2)).toBe(1);
    expect(await statuses()).toEqual({ uncertain: 3, pending: 7 });
  });
});

describe('a chosen resend', () => {
  it('leaves nobody behind, even while its batch is just being given back as done', async () => {
    const batch = await claim(ME);
    await test.db.run("UPDATE campaign_recipients SET status = 'uncertain' WHERE campaign_id = $1", [campaign]);
    const waiting = async (count: number) => {
      const blocked = `SELECT count(*)::int AS n FROM pg_stat_activity
                       WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      for (;;) if (((await test.db.first<{ n: number }>(blocked))?.n ?? 0) >= count) return;
    };
    let release!: Promise<void>;
    let settled!: Promise<number>;
    await test.db.transaction(async (tx) => {
      await tx.run('SELECT 1 FROM send_batches WHERE id = $1 FOR UPDATE', [batch.id]);
      release = releaseBatch(test.db, ME, batch);
      await waiting(1);
      settled = test.db.transaction((tx) => settleUncertain(tx, campaign, 'resend'));
      await waiting(2);
    });
    await release;
    expect(await settled).toBe(10);
    await finishCampaigns(test.db);
    expect(await test.db.first('SELECT status FROM campaigns WHERE id = $1', [campaign])).toEqual({
      status: 'sending',
    });
    expect(await claim(YOU)).toMatchObject({ id: batch.id });
  });
});

describe('the end', () => {
  it('comes when every batch is done, and not before', async () => {
    const status = async () =>
      (await test.db.first<{ status: string }>('SELECT status FROM campaigns WHERE id = $1', [campaign]))?.status;
    const batch = await claim(ME);
    await finishCampaigns(test.db);
    expect(await status()).toBe('sending');
    await recordOutcomes(
      test.db,
      batch,
      Array.from({ length: 10 }, (_, n) => accepted(n + 1)),
      'hold',
    );
    await releaseBatch(test.db, ME, batch);
    await finishCampaigns(test.db);
    expect(await status()).toBe('sent');
  });
});

describe('an import that is held while a campaign is on its way', () => {
  it('keeps back who came by it and was not reached yet, and nobody else', async () => {
    const held = await test.db.first<{ id: string }>(
      `INSERT INTO imports (workspace_id, list_id, file_name, options, file_id, created_by, held_at)
       SELECT $1, id, 'a.csv', '{}', gen_random_uuid(), 'x', now() FROM lists WHERE workspace_id = $1 RETURNING id`,
      [workspace],
    );
    // The first four came by it; the first of them has been reached by an earlier campaign.
    await test.db.run(
      `WITH first AS (SELECT contact_id, seq FROM campaign_recipients WHERE campaign_id = $1 AND seq <= 4),
       earlier AS (
         INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
           status, accepted_at)
         SELECT 0, 1, $3, contact_id, 0, '', '', 'other', 'accepted', now() FROM first WHERE seq = 1)
       UPDATE list_members m SET import_id = $2::bigint FROM first WHERE m.contact_id = first.contact_id`,
      [campaign, held?.id, workspace],
    );
    const sent = await takeSlice(await claim(ME), ME, 10);
    expect([...(sent ?? [])].sort((a, b) => a - b)).toEqual([1, 5, 6, 7, 8, 9, 10]);
    const skipped = await test.db.rows(
      "SELECT seq, skip_reason AS why FROM campaign_recipients WHERE campaign_id = $1 AND status = 'skipped' ORDER BY seq",
      [campaign],
    );
    expect(skipped).toEqual([2, 3, 4].map((seq) => ({ seq, why: 'held' })));
    await test.db.run('DELETE FROM campaign_recipients WHERE campaign_id = 0');
  });
});
