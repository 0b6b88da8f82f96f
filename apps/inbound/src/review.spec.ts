import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { ContentReader, InboundService, storeInbound } from '#domain/feedback';
import { PhrasesService, ReviewService, applyDueVerdicts } from '#domain/review';
import type { RequestContext } from '#domain/workspaces';
import { MailReader } from './mail-reader.js';
import { processMails } from './process-mails.js';
import { dsn, reply } from './testing/reports.js';
import { KEYS, NO_EFFECT, effectsOn, namesOf, sentCampaign } from './testing/sent-campaign.js';
import type { SentCampaign } from './testing/sent-campaign.js';

let test: TestDatabase;
let reader: MailReader;
let contents: ContentReader;
let ours: SentCampaign;
let theirs: SentCampaign;
let review: ReviewService;
let ctx: RequestContext;
let uid = 0;
beforeAll(async () => {
  test = await createTestDatabase();
  reader = new MailReader();
  contents = new ContentReader();
  review = new ReviewService(test.db, new InboundService(test.db, contents));
});
beforeEach(async () => {
  ours = await sentCampaign(test.db, `ours-${letter()}-`, 3);
  theirs = await sentCampaign(test.db, `theirs-${letter()}-`, 1);
  const actor = { type: 'system', name: 'test' } as const;
  ctx = { workspaceId: ours.workspaceId, actor, role: 'owner', permissions: new Set() };
});
afterAll(async () => {
  await contents?.onModuleDestroy();
  await reader?.close();
  await test?.drop();
});

/** Digits would be taken for numbers of recipients. */
const letter = () => String.fromCharCode(97 + (uid += 1));

/** Mail in our mailbox, processed. */
async function take(raw: string): Promise<string> {
  const { mailboxId, workspaceId } = ours;
  const place = { folder: 'INBOX', uidValidity: '1', uid: String((uid += 1)) };
  const id = await storeInbound(test.db, Buffer.from(raw), { type: 'mailbox', mailboxId, workspaceId, ...place });
  await processMails({ db: test.db, reader, keys: KEYS }, [id!]);
  return id!;
}
const bounce = (seq: number) => take(dsn({ address: ours.address(seq), original: [] }));
const decided = { undoSeconds: 0, kind: 'bounce', reason: 'userunknown' } as const;

it('a bounce without a token waits with a guess whom it is about and why, and touches nobody', async () => {
  const id = await bounce(2);
  expect(await review.countWaiting(ctx)).toBe(1);
  const { cause, guess, candidates, words } = await review.get(ctx, id);
  expect(cause).toBe('no-token');
  expect(guess).toMatchObject({
    kind: 'bounce',
    reason: 'userunknown',
    recipient: { campaignId: ours.campaignId, seq: 2 },
  });
  expect(guess.because.map(({ code }) => code)).toEqual(['engine', 'words', 'named']);
  expect(candidates).toMatchObject([{ email: ours.address(2), proof: 'named' }]);
  expect(words).toContain('User unknown');
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
});

it('a verdict acts once as the fact would have, is audited, and the mail leaves the queue', async () => {
  const id = await bounce(1);
  const { guess } = await review.get(ctx, id);
  const verdict = { kind: guess.kind, reason: guess.reason, recipient: guess.recipient, undoSeconds: 0 };
  const after = await review.decide(ctx, id, verdict);
  expect(after.message).toMatchObject({ status: 'applied', kind: 'bounce', contactEmail: ours.address(1) });
  const effects = { ...NO_EFFECT, suppressions: 1, bounced: 1, marked: 1, events: 1 };
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(effects);
  await review.decide(ctx, id, verdict);
  await applyDueVerdicts(test.db);
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(effects);
  await expect(review.decide(ctx, id, { ...verdict, kind: 'complaint' })).rejects.toMatchObject({
    code: 'MAIL_NOT_IN_REVIEW',
  });
  await expect(review.undo(ctx, id)).rejects.toMatchObject({ code: 'VERDICT_HAS_ACTED' });
  expect(await review.countWaiting(ctx)).toBe(0);
  const lines = await test.db.rows('SELECT action FROM audit_log WHERE workspace_id = $1', [ours.workspaceId]);
  expect(lines).toEqual([{ action: 'inbound.verdict' }]);
});

it('until its time has come a verdict touches nobody and can be taken back', async () => {
  const id = await bounce(1);
  const recipient = { campaignId: ours.campaignId, seq: 1 };
  await review.decide(ctx, id, { ...decided, recipient, undoSeconds: 60 });
  await applyDueVerdicts(test.db);
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
  expect(await review.countWaiting(ctx)).toBe(0);
  await review.undo(ctx, id);
  expect(await review.countWaiting(ctx)).toBe(1);
  await review.decide(ctx, id, { ...decided, recipient, undoSeconds: 60 });
  await test.db.run('UPDATE inbound_verdicts SET acts_at = now() WHERE inbound_message_id = $1', [id]);
  expect(await applyDueVerdicts(test.db)).toBe(1);
  expect(await effectsOn(test.db, ours.workspaceId)).toMatchObject({ suppressions: 1 });
});

it('nobody of another workspace is touched, and its mail is not there', async () => {
  const id = await bounce(1);
  const recipient = { campaignId: theirs.campaignId, seq: 1 };
  await expect(review.decide(ctx, id, { ...decided, recipient })).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    property: 'recipient',
  });
  await expect(review.decide(ctx, id, { ...decided, reason: null, recipient })).rejects.toMatchObject({
    property: 'reason',
  });
  const other = { ...ctx, workspaceId: theirs.workspaceId };
  await expect(review.decide(other, id, { ...decided, recipient })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(review.undo(other, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await effectsOn(test.db, theirs.workspaceId)).toEqual(NO_EFFECT);
});

it('without a recipient a verdict is only written down', async () => {
  const id = await take(reply({ address: 'stranger@elsewhere.example', original: [] }));
  expect((await review.get(ctx, id)).candidates).toEqual([]);
  const { message } = await review.decide(ctx, id, { kind: 'other', reason: null, recipient: null, undoSeconds: 0 });
  expect(message).toMatchObject({ status: 'logged', kind: 'other' });
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
});

it('what an unknown person asks is guessed to be an answer to us, with what speaks for it', async () => {
  const letter = (subject: string, text: string) =>
    take(
      [
        'From: Mei <mei@elsewhere.example>',
        'To: Green Hill <news@brand.example>',
        `Subject: ${subject}`,
        'Content-Type: text/plain; charset=utf-8',
        '',
        text,
      ].join('\r\n'),
    );
  await test.db.run(
    `UPDATE campaigns SET name = 'Spring', from_address = 'news@brand.example', started_at = now(),
       content = content || '{"subject":"First leaves for {{name}}"}' WHERE id = $1`,
    [ours.campaignId],
  );
  const guess = async (subject: string, text: string) => (await review.get(ctx, await letter(subject, text))).guess;
  expect(await guess('Tea', 'Do you ship to Malaysia?')).toEqual({
    ...{ kind: 'reply', reason: null, recipient: null },
    because: [
      { code: 'asks', detail: 'Do you ship to Malaysia?' },
      { code: 'addressed', detail: 'news@brand.example' },
    ],
  });
  expect(await guess('Fwd: First leaves for Wang', 'For the kitchen.')).toMatchObject({
    kind: 'reply',
    because: [{ code: 'subject', detail: 'Spring' }, { code: 'addressed' }],
  });
  expect(await guess('Offer', 'Visitors for your site? Unsubscribe here.')).toMatchObject({
    kind: 'other',
    because: [{ code: 'nothing' }],
  });
});

it('confirmed words become a rule that is looked at first, previewed before, and acts only with trust', async () => {
  const phrases = new PhrasesService(test.db);
  const text = 'the addressee has left the firm';
  const closed = (seq: number, original: string[] = []) =>
    dsn({ address: ours.address(seq), original }, '5.0.0', `554 ${text} (ref 12345678)`);
  const first = await take(closed(1));
  const { proposal } = await review.get(ctx, first);
  expect(proposal).toContain(text);
  const rule = { phrase: text, kind: 'bounce', reason: 'userunknown' } as const;
  const preview = await phrases.preview(ctx, rule);
  expect(preview).toMatchObject({ hits: 1, today: [{ kind: 'bounce', count: 1 }] });
  expect(preview.today[0]!.reason).not.toBe('userunknown');
  const { id } = await phrases.add(ctx, rule);
  await expect(phrases.add(ctx, rule)).rejects.toMatchObject({ property: 'phrase' });
  await expect(phrases.add(ctx, { ...rule, phrase: '<> 5.1' })).rejects.toMatchObject({ property: 'phrase' });

  const untrusted = await take(closed(2));
  expect((await review.get(ctx, untrusted)).guess).toMatchObject({ kind: 'bounce', reason: 'userunknown' });
  expect(await effectsOn(test.db, ours.workspaceId)).toEqual(NO_EFFECT);
  await take(closed(3, [`Message-ID: ${namesOf(ours.campaignId, 3).messageId}`]));
  expect(await effectsOn(test.db, ours.workspaceId)).toMatchObject({ suppressions: 1, bounced: 1 });

  const other = { ...ctx, workspaceId: theirs.workspaceId };
  expect((await phrases.preview(other, rule)).hits).toBe(0);
  await expect(phrases.remove(other, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await phrases.remove(ctx, id);
  expect((await phrases.list(ctx, { limit: 50 })).items).toEqual([]);
});
