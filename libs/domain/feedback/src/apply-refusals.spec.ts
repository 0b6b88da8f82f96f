import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { applyRefusals, findPendingRefusals } from './index.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.db.run(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC');
     INSERT INTO campaigns (workspace_id, name, content, audience) VALUES (1, 'c', '{}', '{}');`,
  );
});
afterAll(() => test?.drop());

let count = 0;
/** A row that the sender has written after a refusal, its contact beside it. */
async function refused(provider: string, code: number, enhanced: string | undefined, text: string): Promise<number> {
  const seq = (count += 1);
  const email = `r${seq}@${provider}.example`;
  await test.db.run(
    `WITH c AS (INSERT INTO contacts (workspace_id, email, canonical, domain) VALUES (1, $2, $2, 'x') RETURNING id)
     INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
       status, refusal_pending, attempts)
     SELECT 1, $1, 1, c.id, 1, $2, $2, $3, 'rejected', true, $4 FROM c`,
    [
      seq,
      email,
      provider,
      JSON.stringify([{ at: '2026-03-02T08:00:00Z', smtpAccountId: '1', kind: 'rejected', code, enhanced, text }]),
    ],
  );
  return seq;
}

const row = (seq: number) =>
  test.db.first(
    `SELECT r.bounce_kind AS kind, r.bounce_reason AS reason, r.bounced_at AS bounced, r.refusal_pending AS pending,
       c.status AS contact, EXISTS (SELECT 1 FROM suppressions s WHERE s.canonical = r.canonical) AS suppressed
     FROM campaign_recipients r JOIN contacts c ON c.id = r.contact_id WHERE r.campaign_id = 1 AND r.seq = $1`,
    [seq],
  );

const HARD = { kind: 'hard', bounced: null, pending: false, contact: 'bounced', suppressed: true };
const SOFT = { kind: 'soft', bounced: null, pending: false, contact: 'active', suppressed: false };

/** Texts as the providers send them; ids and addresses in them are made up. */
it.each([
  [
    'qq',
    550,
    undefined,
    'Ip frequency limited [xnWdQZ1yq0WZ IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/169.',
    'ratelimited',
  ],
  [
    'qq',
    550,
    undefined,
    'Domain frequency limited [MXsp6 IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/172.',
    'ratelimited',
  ],
  [
    'qq',
    550,
    undefined,
    'Sender frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000722',
    'ratelimited',
  ],
  [
    'qq',
    550,
    undefined,
    'Connection frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725',
    'ratelimited',
  ],
  [
    'qq',
    550,
    undefined,
    'Mailbox unavailable or access denied [MXQ IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/168.',
    'ratelimited',
  ],
  ['qq', 550, undefined, 'Suspected spam ip https://service.mail.qq.com/detail/122/170', 'badreputation'],
  ['qq', 550, undefined, 'Mail content denied. https://service.mail.qq.com/detail/122/171', 'spamdetected'],
  [
    'qq',
    550,
    undefined,
    'SPF/DKIM/DMARC check failed [xnWd IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/72',
    'authfailure',
  ],
  [
    'netease',
    550,
    undefined,
    'HL:REP 163 mx10,NMCowAAXbq http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7',
    'badreputation',
  ],
  [
    'netease',
    554,
    undefined,
    'DT:SPM 163 smtp5,D9GowLArizfS 1367911231 http://mail.163.com/help/help_spam_16.htm',
    'spamdetected',
  ],
  [
    'netease',
    550,
    undefined,
    'MI:SPF 163 mx14,PcCowABn http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7',
    'authfailure',
  ],
  ['netease', 550, undefined, 'RP:DRC 163 mx3,OsCowAA http://mail.163.com/help/help_spam_16.htm', 'ratelimited'],
  ['google', 550, '5.7.1', 'Our system has detected that this message is likely unsolicited mail.', 'spamdetected'],
  ['google', 550, '5.7.26', 'This mail has been blocked because the sender is unauthenticated.', 'authfailure'],
  [
    'microsoft',
    550,
    '5.7.1',
    'Unfortunately, messages from [192.0.2.7] weren’t sent. Please contact your Internet service provider since part of their network is on our block list (S3140).',
    'blocked',
  ],
] as const)('%s says %i %s %s: a block, which suppresses nobody', async (provider, code, enhanced, text, reason) => {
  const seq = await refused(provider, code, enhanced, text);
  await applyRefusals(test.db, '1');
  expect(await row(seq)).toEqual({ ...SOFT, reason });
});

it.each([
  [
    'qq',
    550,
    undefined,
    'Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&&no=1000728&&id=23',
    'userunknown',
  ],
  ['netease', 550, undefined, 'User not found: nobody@163.com', 'userunknown'],
  ['aliyun', 553, undefined, 'mailbox not exist', 'userunknown'],
  ['google', 550, '5.1.1', 'The email account that you tried to reach does not exist.', 'userunknown'],
  ['microsoft', 550, '5.5.0', 'Requested action not taken: mailbox unavailable (S2017062302).', 'userunknown'],
  [
    'other',
    550,
    '5.1.1',
    '<nobody@example.net>: Recipient address rejected: User unknown in virtual mailbox table',
    'userunknown',
  ],
] as const)(
  '%s says %i %s %s: nobody is there, and the address is suppressed',
  async (provider, code, enhanced, text, reason) => {
    const seq = await refused(provider, code, enhanced, text);
    await applyRefusals(test.db, '1');
    expect(await row(seq)).toEqual({ ...HARD, reason });
  },
);

it('netease says 550 User suspended: counted as hard, but suppressed only when it says so again within 30 days', async () => {
  const seq = await refused('netease', 550, undefined, 'User suspended: nobody@163.com');
  await applyRefusals(test.db, '1');
  expect(await row(seq)).toEqual({ ...SOFT, kind: 'hard', reason: 'suspend' });
});

it.each([
  ['other', 552, '5.2.2', 'Mailbox full', 'mailboxfull'],
  ['netease', 552, undefined, 'Requested mail action aborted: mail box space not enough', 'mailboxfull'],
  ['google', 552, '5.2.2', 'The email account that you tried to reach is over quota.', 'mailboxfull'],
  ['other', 552, '5.3.4', 'Message size exceeds fixed limit', 'mesgtoobig'],
  ['other', 550, undefined, 'Xyzzy.', expect.any(String)],
] as const)(
  '%s says %i %s %s: passing trouble, which suppresses nobody',
  async (provider, code, enhanced, text, reason) => {
    const seq = await refused(provider, code, enhanced, text);
    await applyRefusals(test.db, '1');
    expect(await row(seq)).toEqual({ ...SOFT, reason });
  },
);

it('refusals wait in the ledger until they are applied, by one worker or several, and each counts once', async () => {
  const rows: number[] = [];
  for (let n = 0; n < 30; n += 1) rows.push(await refused('other', 550, '5.1.1', 'User unknown'));
  expect(await findPendingRefusals(test.db)).toEqual(['1']);
  const applied = await Promise.all([1, 2, 3].map(() => applyRefusals(test.db, '1')));
  expect(applied.reduce((sum, n) => sum + n, 0)).toBe(rows.length);
  expect(await findPendingRefusals(test.db)).toEqual([]);
  const events = await test.db.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM events WHERE type = 'hard-bounced' AND seq = ANY ($1::int[])`,
    [rows],
  );
  expect(events?.n).toBe(rows.length);
  expect(await applyRefusals(test.db, '1')).toBe(0);
});
