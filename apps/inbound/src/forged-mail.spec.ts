import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { storeInbound } from '#domain/feedback';
import type { InboundSource } from '#domain/feedback';
import { MailReader } from './mail-reader.js';
import { processMails } from './process-mails.js';
import {
  dsn,
  feedbackReport,
  jmrpComplaint,
  notification,
  receipt,
  reply,
  unsubscribeMail,
} from './testing/reports.js';
import {
  KEYS,
  NO_EFFECT,
  OTHER_KEYS,
  OWN_SERVER,
  effectsOn,
  namesOf,
  relayedAs,
  sentCampaign,
} from './testing/sent-campaign.js';
import type { Names, SentCampaign } from './testing/sent-campaign.js';

const RECIPIENTS = 6;

let test: TestDatabase;
let reader: MailReader;
let ours: SentCampaign;
let theirs: SentCampaign;
beforeAll(async () => {
  test = await createTestDatabase();
  reader = new MailReader();
  ours = await sentCampaign(test.db, 'ours', RECIPIENTS);
  theirs = await sentCampaign(test.db, 'theirs', RECIPIENTS);
});
afterAll(async () => {
  await reader?.close();
  await test?.drop();
});

/** One forged mail: what it pretends, what it says, and whom it was delivered to. */
interface Forged {
  what: string;
  raw: string;
  recipients: string[];
}

/** Every keyed name with one character of its MAC changed. */
function flipped(names: Names): Names {
  const flip = (text: string) => {
    const token = /[a-z2-7]{18,40}/.exec(text)![0];
    const at = text.indexOf(token) + token.length - 5;
    return `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
  };
  return Object.fromEntries(Object.entries(names).map(([name, text]) => [name, flip(text)])) as unknown as Names;
}

/** Tokens that are ours, each in a place of another purpose. */
function misplaced({ verp, unsubscribe, messageId, reference, track }: Names): Names {
  return {
    verp: `b.${bare(messageId)}`,
    unsubscribe: `u.${track}`,
    messageId: `<m.${bare(verp)}@brand.example>`,
    reference: bare(unsubscribe),
    track: reference,
  };
}

function bare(name: string): string {
  return /[a-z2-7]{16,40}/.exec(name.replace(/^[<a-z]*\./, ''))![0];
}

/** All kinds of mail, with these names wherever a report has room for them. */
function mailsWith(pretence: string, names: Names, address: string): Forged[] {
  const original = [
    `Return-Path: <${names.verp}@bounces.brand.example>`,
    `Message-ID: ${names.messageId}`,
    `X-Hongyan-Ref: ${names.reference}`,
    `List-Unsubscribe: <mailto:${names.unsubscribe}@brand.example>`,
    'From: news@brand.example',
    `To: ${address}`,
    'Subject: news',
  ];
  const thread = [`In-Reply-To: ${names.messageId}`, `References: <x@y.example> ${names.messageId}`];
  const verp = `${names.verp}@bounces.brand.example`;
  const leave = `${names.unsubscribe}@brand.example`;
  return [
    { what: 'report', raw: dsn({ address, original, to: verp }), recipients: [verp] },
    { what: 'complaint', raw: feedbackReport({ address, original, to: verp }), recipients: [verp] },
    { what: 'JMRP complaint', raw: jmrpComplaint({ address, original, to: verp }), recipients: [verp] },
    { what: 'unsubscribe mail', raw: unsubscribeMail({ address, original: thread, to: leave }), recipients: [leave] },
    { what: 'reply', raw: reply({ address, original: thread, to: verp }), recipients: [verp] },
    { what: 'reply 退订', raw: reply({ address, original: thread }, '退订'), recipients: ['news@brand.example'] },
  ].map((forged) => ({ ...forged, what: `${pretence}: ${forged.what}` }));
}

const NONE: Names = { verp: 'b.', unsubscribe: 'u.', messageId: '<m.@brand.example>', reference: '', track: '' };

function forgedSet(): Forged[] {
  const { campaignId } = ours;
  return Array.from({ length: RECIPIENTS }, (_, index) => index + 1).flatMap((seq) => {
    const names = namesOf(campaignId, seq);
    const address = ours.address(seq);
    return [
      ...mailsWith('our address everywhere, no token', NONE, address),
      ...mailsWith('a flipped bit', flipped(names), address),
      ...mailsWith('tokens of other purposes', misplaced(names), address),
      ...mailsWith('keys of another installation', namesOf(campaignId, seq, OTHER_KEYS), address),
      ...mailsWith('a recipient who never was', namesOf(campaignId, 1_000 + seq), address),
      ...mailsWith('a campaign that never was', namesOf('987654321', seq), address),
      ...mailsWith('a sample', namesOf(campaignId, 0), address),
    ];
  });
}

/** Takes a mail in and processes it; answers what became of it. */
async function take(raw: string, source: InboundSource): Promise<{ status: string; kind: string; trust: string }> {
  const id = await storeInbound(test.db, Buffer.from(raw), source);
  await processMails({ db: test.db, reader, keys: KEYS, ownServer: OWN_SERVER }, [id!]);
  return (await test.db.first('SELECT status, kind, trust FROM inbound_messages WHERE id = $1', [id]))!;
}

function overSmtp(recipients: string[]): InboundSource {
  return { type: 'smtp', recipients, sender: null, remote: '192.0.2.9' };
}

let uid = 0;
function inMailboxOf({ mailboxId, workspaceId }: SentCampaign): InboundSource {
  uid += 1;
  return { type: 'mailbox', mailboxId, workspaceId, folder: 'INBOX', uidValidity: '1', uid: String(uid) };
}

it('more than two hundred forged mails act on nobody, and each waits for a person', async () => {
  const forged = forgedSet();
  expect(forged.length).toBeGreaterThanOrEqual(200);
  const acted: string[] = [];
  for (const { what, raw, recipients } of forged) {
    const { status, trust } = await take(raw, overSmtp(recipients));
    if (status !== 'review' || trust !== 'T0') acted.push(`${what}: ${status} ${trust}`);
  }
  expect(acted).toEqual([]);
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
}, 60_000);

it('genuine tokens of a workspace, put into the mailbox of another, act in neither', async () => {
  const acted: string[] = [];
  for (let seq = 1; seq <= RECIPIENTS; seq += 1) {
    for (const { what, raw } of mailsWith('elsewhere', namesOf(ours.campaignId, seq), ours.address(seq))) {
      const { status, trust } = await take(raw, inMailboxOf(theirs));
      if (status !== 'review' || trust !== 'T0') acted.push(`${what}: ${status} ${trust}`);
    }
  }
  expect(acted).toEqual([]);
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
  expect(await effectsOn(test.db, theirs.workspaceId)).toEqual(NO_EFFECT);
  // What nobody could be named for stays with the workspace whose mailbox it was in, and names no other's campaign.
  const rows = await test.db.rows<{ workspace: string; campaign: string | null }>(
    'SELECT DISTINCT workspace_id AS workspace, campaign_id AS campaign FROM inbound_messages WHERE mailbox_id = $1',
    [theirs.mailboxId],
  );
  expect(rows).toEqual([{ workspace: theirs.workspaceId, campaign: null }]);
});

it('a report about several people proves nothing about the one whose token it carries', async () => {
  const names = namesOf(ours.campaignId, 1);
  const about = { address: ours.address(1), original: [`Message-ID: ${names.messageId}`] };
  const others = [ours.address(2), ours.address(3)];
  const to = overSmtp([`${names.verp}@bounces.brand.example`]);
  const several = [dsn(about, '5.1.1', '550 5.1.1 User unknown', others), feedbackReport(about, 'abuse', others)];
  for (const raw of several) expect((await take(raw, to)).status).toBe('review');
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
});

it('a report that names more people than the message had is refused, whatever became of the others', async () => {
  const names = namesOf(ours.campaignId, 1);
  const about = { address: ours.address(1), original: [`Message-ID: ${names.messageId}`] };
  const to = overSmtp([`${names.verp}@bounces.brand.example`]);
  const delayed = dsn(about, '5.1.1', '550 5.1.1 User unknown', [ours.address(2)]);
  const raw = delayed.replace(/Action: failed(?![^]*Action: failed)/, 'Action: delayed');
  expect(raw).toMatch(/failed[^]*delayed/);
  expect((await take(raw, to)).status).toBe('review');
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
});

it('a recipient header that came with the mail is no envelope, and an address of ours below it names nobody', async () => {
  const written = [
    'Delivered-To: fbl@brand.example',
    `Delivered-To: ${flipped(namesOf(ours.campaignId, 1)).verp}@b.example`,
  ];
  const mail = dsn({ address: ours.address(1), original: ['Subject: news'] });
  const { status, trust } = await take(`${written.join('\r\n')}\r\n${mail}`, inMailboxOf(ours));
  expect([status, trust]).toEqual(['review', 'T0']);
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
});

/** Complaints without a token that a relay's own Message-ID names, and what is wrong with each. */
function untrusted(seq: number, name: string): Forged[] {
  const address = ours.address(seq);
  const original = [`Message-ID: <${name}@relay.example>`, 'Subject: news'];
  const good = 'Authentication-Results: mx.brand.example; dkim=pass header.d=hotmail.com';
  const of = (what: string, report: string[], more: Partial<{ address: string; original: string[] }> = {}) => ({
    what,
    raw: jmrpComplaint({ address, original, report, ...more }),
    recipients: [],
  });
  const abuse = feedbackReport({ address, original });
  return [
    of('says nothing of authenticity', []),
    of('failed', ['Authentication-Results: mx.brand.example; dkim=fail header.d=hotmail.com']),
    of('another server says so', ['Authentication-Results: mx.evil.example; dkim=pass header.d=hotmail.com']),
    of('a name that begins like ours', [
      'Authentication-Results: mx.brand.example.evil.example; dkim=pass header.d=hotmail.com',
    ]),
    of('said below what our server says', ['Authentication-Results: mx.brand.example; dkim=none', good]),
    of('another domain', ['Authentication-Results: mx.brand.example; dkim=pass header.d=hotmail.com.evil.example']),
    of('domain in a comment', ['Authentication-Results: mx.brand.example; dkim=none (dkim=pass header.d=hotmail.com)']),
    of('signed for another property', ['Authentication-Results: mx.brand.example; dkim=pass header.b=hotmail.com']),
    of('another person', [good], { address: ours.address(seq === 1 ? 2 : 1) }),
    of('a message we never sent', [good], { original: ['Message-ID: <0100018f0000never@relay.example>'] }),
    of('a piece of a name', [good], { original: [`Message-ID: <${name.slice(0, 8)}@relay.example>`] }),
    { what: 'no known reporter', raw: `${good}\r\n${abuse}`, recipients: [] },
    { what: 'a bounce', raw: `${good}\r\n${dsn({ address, original })}`, recipients: [] },
    { what: 'an unsubscribe mail', raw: `${good}\r\n${unsubscribeMail({ address, original })}`, recipients: [] },
  ];
}

it('a complaint without a token acts only when its reporter is known and authentic, and the message ours and recent', async () => {
  const acted: string[] = [];
  for (const seq of [1, 2]) {
    const name = await relayedAs(test.db, ours, seq);
    for (const { what, raw } of untrusted(seq, name)) {
      const { status, trust } = await take(raw, inMailboxOf(ours));
      if (status !== 'review' || trust !== 'T0') acted.push(`${what}: ${status} ${trust}`);
    }
    const report = ['Authentication-Results: mx.brand.example; dkim=pass header.d=hotmail.com'];
    const about = { address: ours.address(seq), original: [`Message-ID: <${name}@relay.example>`], report };
    if ((await take(jmrpComplaint(about), inMailboxOf(theirs))).trust !== 'T0') acted.push('in another workspace');
    await test.db.run(
      `UPDATE campaign_recipients SET accepted_at = now() - interval '15 days' WHERE campaign_id = $1 AND seq = $2`,
      [ours.campaignId, seq],
    );
    if ((await take(jmrpComplaint(about), inMailboxOf(ours))).trust !== 'T0') acted.push('after fifteen days');
  }
  expect(acted).toEqual([]);
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
});

it('a key that has left the ring proves nothing any more', async () => {
  const ring = { current: 2, keys: new Map([[2, Buffer.alloc(32, 7)]]) };
  const verp = `${namesOf(ours.campaignId, 4).verp}@bounces.brand.example`;
  const id = await storeInbound(
    test.db,
    Buffer.from(dsn({ address: ours.address(4), original: [] })),
    overSmtp([verp]),
  );
  await processMails({ db: test.db, reader, keys: ring }, [id!]);
  expect(await test.db.first('SELECT trust FROM inbound_messages WHERE id = $1', [id])).toEqual({ trust: 'T0' });
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
});

it('a receipt or a notification without a token of ours is logged, and tells nothing of anybody', async () => {
  const address = ours.address(5);
  const { messageId } = flipped(namesOf(ours.campaignId, 5));
  const about = { address, original: [`Message-ID: ${messageId}`] };
  for (const raw of [
    receipt({ ...about, messageId }),
    notification(about, 'delivered'),
    notification(about, 'delayed'),
  ]) {
    expect(await take(raw, overSmtp(['bounces@brand.example']))).toMatchObject({ status: 'logged', trust: 'T0' });
  }
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
});

it('the token of an unsubscribe address, which stands in every mail, proves no bounce and no complaint', async () => {
  const leave = `${namesOf(ours.campaignId, 2).unsubscribe}@brand.example`;
  const about = { address: ours.address(2), original: ['Subject: news'], to: leave };
  for (const raw of [dsn(about), feedbackReport(about)]) {
    expect((await take(raw, overSmtp([leave]))).status).toBe('review');
  }
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
});

it('a genuine report that comes after ninety days acts on nobody', async () => {
  const late = await sentCampaign(test.db, 'late', 1);
  await test.db.run(`UPDATE campaign_recipients SET accepted_at = now() - interval '91 days' WHERE campaign_id = $1`, [
    late.campaignId,
  ]);
  const names = namesOf(late.campaignId, 1);
  const about = { address: late.address(1), original: [`Message-ID: ${names.messageId}`] };
  const to = overSmtp([`${names.verp}@bounces.brand.example`]);
  for (const raw of [dsn(about), feedbackReport(about)]) expect((await take(raw, to)).status).toBe('review');
  expect(await effectsOn(test.db, late.workspaceId)).toEqual(NO_EFFECT);
});

it.each(['auth-failure', 'not-spam', 'virus', 'other'])(
  'a feedback report of type %s accuses nobody, also with a valid token',
  async (type) => {
    const names = namesOf(ours.campaignId, 3);
    const about = { address: ours.address(3), original: [`Message-ID: ${names.messageId}`] };
    const { status, kind } = await take(feedbackReport(about, type), overSmtp([`${names.verp}@bounces.brand.example`]));
    expect([kind, status]).toEqual(['complaint', /auth|not-spam/.test(type) ? 'logged' : 'review']);
    expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
  },
);
