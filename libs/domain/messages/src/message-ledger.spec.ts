import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SendOutcome } from '#contracts';
import { Journal } from '#domain/delivery';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { claimMessages, maySend, releaseClaim, renewClaims } from './claim-messages.js';
import { forgetOldMessages } from './forget-messages.js';
import { replayAbandonedMessages, replayMessages, settleBrokenClaim, sweepExpiredClaims } from './recover-messages.js';
import { settleLateAnswers, settleMessages } from './settle-messages.js';
import type { Settlement } from './settle-messages.js';

let test: TestDatabase;
let dir: string;
let workspace: string;
const AT = '2026-11-22T05:25:16.000Z';
const ACCEPTED: SendOutcome = { kind: 'accepted', code: 250, text: 'ok' };
beforeAll(async () => {
  test = await createTestDatabase();
  workspace = await newWorkspace();
});
afterAll(() => test.drop());
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'messages-'));
  await messages(5);
});
afterEach(async () => {
  rmSync(dir, { recursive: true, force: true });
  await test.db.run('DELETE FROM messages');
  await test.db.run('DELETE FROM message_claims');
});

async function newWorkspace(): Promise<string> {
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  );
  return row!.id;
}

/** So many messages that are due, the first one longest. */
async function messages(count: number, of = workspace): Promise<void> {
  await test.db.run(
    `WITH content AS (
       INSERT INTO message_contents (workspace_id, hash, compiled) VALUES ($1, $3, '{}')
       ON CONFLICT (workspace_id, hash) DO UPDATE SET compiled = '{}' RETURNING id)
     INSERT INTO messages (workspace_id, to_address, canonical, provider, from_address, content_id, subject, ready_at,
       deadline_at)
     SELECT $1, 'p' || n || '@rcpt.org', 'p' || n || '@rcpt.org', 'other', 'a@b.org', content.id, 's',
       now() - make_interval(secs => 100 - n), now() + interval '1 hour'
     FROM generate_series(1, $2::int) n, content`,
    [of, count, Buffer.from('x')],
  );
}

const claim = async (limit = 20, owner = randomUUID() as string) => (await claimMessages(test.db, owner, limit, []))!;
const rows = () =>
  test.db.rows<{ id: string; status: string; claimId: string | null; kinds: string[] }>(
    `SELECT id, status, claim_id AS "claimId",
       ARRAY(SELECT jsonb_array_elements(attempts)->>'kind') AS kinds FROM messages ORDER BY id`,
  );
const statuses = async () => (await rows()).map(({ status }) => status);
const attempted = (id: string, outcome: SendOutcome): Settlement => ({
  id,
  kind: 'attempted',
  attempt: { ...outcome, at: AT, smtpAccountId: '1' },
  earlierAttempts: 0,
});

describe('claims', () => {
  it('take what waited longest, each message once, whoever asks at the same time', async () => {
    const claims = await Promise.all([claim(2), claim(2)]);
    const taken = claims.flatMap(({ messages: those }) => those.map(({ to }) => to));
    expect(taken.sort()).toEqual(['p1@rcpt.org', 'p2@rcpt.org', 'p3@rcpt.org', 'p4@rcpt.org']);
    expect((await claim()).messages.map(({ to }) => to)).toEqual(['p5@rcpt.org']);
    expect(await claimMessages(test.db, randomUUID(), 20, [])).toBeUndefined();
  });

  it('leave a workspace alone whose accounts have no room', async () => {
    const other = await newWorkspace();
    await messages(1, other);
    const taken = await claimMessages(test.db, randomUUID(), 20, [workspace]);
    expect(taken?.messages.map(({ workspaceId }) => workspaceId)).toEqual([other]);
    await test.db.run('DELETE FROM messages WHERE workspace_id = $1', [other]);
  });

  it('tell who was suppressed since, and are asked again', async () => {
    await test.db.run(
      "INSERT INTO suppressions (workspace_id, canonical, reason) VALUES ($1, 'p1@rcpt.org', 'complaint')",
      [workspace],
    );
    const { id, messages: taken } = await claim();
    expect(taken.filter(({ suppressed }) => suppressed).map(({ to }) => to)).toEqual(['p1@rcpt.org']);
    const may = await Promise.all(taken.map(({ id: message }) => maySend(test.db, id, message)));
    expect(may.filter(Boolean)).toHaveLength(4);
    await test.db.run('DELETE FROM suppressions');
  });

  it('are renewed by their owner only, and released with what is left of them', async () => {
    const owner = randomUUID();
    const mine = await claim(20, owner);
    expect(await renewClaims(test.db, owner, [mine])).toEqual(new Set([mine.id]));
    expect(await renewClaims(test.db, randomUUID(), [mine])).toEqual(new Set());
    await releaseClaim(test.db, mine.id);
    expect((await rows()).every(({ claimId, status }) => claimId === null && status === 'pending')).toBe(true);
  });
});

describe('settling', () => {
  it('writes what became of each, and when the others are tried again', async () => {
    const { id, messages: taken } = await claim();
    const [one, two, three, four, five] = taken.map((message) => message.id) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const settled = await settleMessages(test.db, id, [
      attempted(one, ACCEPTED),
      attempted(two, { kind: 'deferred', code: 450, text: 'later' }),
      attempted(three, { kind: 'rejected', code: 550, text: 'no' }),
      { id: four, kind: 'skipped', reason: 'not_renderable', detail: 'too large' },
      { id: five, kind: 'again', waitMs: 7_200_000, detail: 'Waiting' },
    ]);
    expect(settled.size).toBe(5);
    expect(await statuses()).toEqual(['accepted', 'pending', 'rejected', 'skipped', 'expired']);
    const waits = await test.db.first<{ wait: number }>(
      'SELECT extract(epoch FROM ready_at - now())::float8 AS wait FROM messages WHERE id = $1',
      [two],
    );
    expect(waits?.wait).toBeGreaterThan(20);
    expect(waits?.wait).toBeLessThan(40);
  });

  it('does not wait for a server that refuses the sender for good', async () => {
    const { id, messages: taken } = await claim(1);
    const refused: SendOutcome = { kind: 'unreachable', code: 553, text: 'not yours', senderRefused: true };
    await settleMessages(test.db, id, [attempted(taken[0]!.id, refused)]);
    expect((await statuses())[0]).toBe('rejected');
  });

  it('changes nothing for who has lost the claim, except that the truth comes to light', async () => {
    const owner = randomUUID();
    const { id, messages: taken } = await claim(20, owner);
    await test.db.run("UPDATE message_claims SET lease_until = now() - interval '1 hour'");
    expect(await sweepExpiredClaims(test.db, owner, 0)).toBe(0); // its own, which it settles itself
    expect(await sweepExpiredClaims(test.db, randomUUID(), 0)).toBe(1);
    expect(await statuses()).toEqual(Array.from({ length: 5 }, () => 'uncertain'));
    const late = [attempted(taken[0]!.id, ACCEPTED), attempted(taken[1]!.id, { kind: 'deferred', text: 'later' })];
    expect(await settleMessages(test.db, id, late)).toEqual(new Set());
    await settleLateAnswers(test.db, late);
    expect((await rows()).map(({ kinds, status }) => [status, ...kinds]).slice(0, 2)).toEqual([
      ['accepted', 'uncertain', 'accepted'],
      ['uncertain', 'uncertain'],
    ]);
  });
});

describe('after a crash', () => {
  const journal = () => new Journal(path.join(dir, 'messages'), 'boot-1');

  it('never intended is pending, answered is what was answered, intended without an answer is uncertain', async () => {
    const dead = journal();
    const held = await claim(20, dead.owner);
    const [one, two, three] = held.messages.map(({ id }) => Number(id)) as [number, number, number];
    const pages = dead.open({ id: held.id, fence: held.fence, campaignId: '0' });
    for (const seq of [one, two, three]) pages.intend(seq, '1');
    pages.answer(one, ACCEPTED, AT, '1');
    pages.answer(two, { kind: 'deferred', code: 450, text: 'later' }, AT, '1');
    pages.release();
    expect(await replayMessages(test.db, journal())).toBe(1);
    expect(await statuses()).toEqual(['accepted', 'pending', 'uncertain', 'pending', 'pending']);
    expect((await rows()).every(({ claimId }) => claimId === null)).toBe(true);
    expect(journal().leftBehind()).toEqual([]);
    expect(await replayMessages(test.db, journal())).toBe(0);
  });

  it('a missing journal, or one of another boot, means uncertain, never pending', async () => {
    const dead = journal();
    await claim(2, dead.owner);
    const other = await claim(3, dead.owner);
    new Journal(path.join(dir, 'messages'), 'boot-0')
      .open({ id: other.id, fence: other.fence, campaignId: '0' })
      .release();
    await replayMessages(test.db, journal());
    expect(await statuses()).toEqual(Array.from({ length: 5 }, () => 'uncertain'));
  });

  it('the folder of a sender that is no longer started is settled by another, unless it is in use', async () => {
    const gone = new Journal(path.join(dir, 'gone', 'messages'), 'boot-1');
    const held = await claim(20, gone.owner);
    gone.open({ id: held.id, fence: held.fence, campaignId: '0' }).release();
    const again = () => new Journal(path.join(dir, 'gone', 'messages'), 'boot-1');
    expect(await replayAbandonedMessages(test.db, [again()])).toBe(1);
    expect(await statuses()).toEqual(Array.from({ length: 5 }, () => 'pending'));
    expect(await replayAbandonedMessages(test.db, [again()])).toBe(0);
  });

  it('a pass that broke off is settled by its journal while the sender runs on', async () => {
    const running = journal();
    const held = await claim(20, running.owner);
    const pages = running.open({ id: held.id, fence: held.fence, campaignId: '0' });
    pages.intend(Number(held.messages[4]!.id), '1');
    pages.release();
    await settleBrokenClaim(test.db, running, held.id);
    expect(await statuses()).toEqual(['pending', 'pending', 'pending', 'pending', 'uncertain']);
    expect((await claim()).messages).toHaveLength(4);
  });
});

it('what a message said is forgotten after a month and that it was sent after half a year, unless it waits', async () => {
  const { db } = test;
  await db.run(`UPDATE messages SET data = '{"code": 1}', status = 'accepted'`);
  const ids = (await rows()).map(({ id }) => id);
  const age = (id: string | undefined, days: number, status = 'accepted') =>
    db.run('UPDATE messages SET created_at = now() - make_interval(days => $2), status = $3 WHERE id = $1', [
      id,
      days,
      status,
    ]);
  await age(ids[0], 29);
  await age(ids[1], 31);
  await age(ids[2], 181);
  await age(ids[3], 181, 'uncertain');
  for (const id of ids.slice(0, 2)) {
    await db.run("INSERT INTO message_attachments VALUES ($1, 0, $2, 'a.txt', 'text/plain', 'x')", [id, workspace]);
  }
  await db.run(
    `INSERT INTO message_contents (workspace_id, hash, compiled, created_at)
     VALUES ($1, 'unused', '{}', now() - interval '181 days')`,
    [workspace],
  );
  await db.run("UPDATE message_contents SET created_at = now() - interval '181 days'");
  await forgetOldMessages(db);
  const left = await db.rows<{ id: string; said: boolean; files: number }>(
    `SELECT id, data <> '{}' AS said,
       (SELECT count(*)::int FROM message_attachments a WHERE a.message_id = m.id) AS files FROM messages m ORDER BY id`,
  );
  expect(left).toEqual([
    { id: ids[0], said: true, files: 1 },
    { id: ids[1], said: false, files: 0 },
    { id: ids[3], said: true, files: 0 },
    { id: ids[4], said: true, files: 0 },
  ]);
  expect(await db.rows('SELECT 1 FROM message_contents')).toHaveLength(1);
});
