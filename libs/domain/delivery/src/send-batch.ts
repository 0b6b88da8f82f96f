import { setTimeout as sleep } from 'node:timers/promises';
import type { StopReason } from '#contracts';
import { pauseForPerson } from '#domain/campaigns';
import type { Leave } from './account-pace.js';
import { checkSlice } from './check-slice.js';
import { releaseBatch } from './claim-batch.js';
import type { ClaimedBatch } from './claim-batch.js';
import { Flight } from './flight.js';
import type { BatchJournal } from './journal.js';
import { keepTrying } from './keep-trying.js';
import { loadPending } from './load-pending.js';
import { OutcomeWriter } from './outcome-writer.js';
import { letGo } from './pass.js';
import type { Pass, WaitingRecipient } from './pass.js';
import { postpone } from './record-outcomes.js';
import { settleHeldBatch } from './recover.js';
import { renderAhead } from './render-ahead.js';
import { sendSlice, sliceSize, sleepUntil } from './send-slice.js';
import { LEAD_MS } from './lane-limits.js';
import type { OpenAccount, Wait } from './sending-accounts.js';
import type { SendingTools } from './sending-tools.js';

/** A shorter wait for tokens is spent here, a longer one gives the batch back. */
const PATIENCE_MS = 2_000;
/** The next slice is made while so many of the last are still on their way: connections never wait for it. */
const STILL_FLYING = 50;
/** At a slow pace a batch would take minutes: it is given back after this, and whoever has waited comes next. */
const TURN_MS = 5_000;

/** Sends what can be sent of a claimed batch now, and gives it back. */
export async function sendBatch(tools: SendingTools, batch: ClaimedBatch, claimedAt: number): Promise<void> {
  const { db, log, journal, leases } = tools;
  const lease = leases.hold(batch, claimedAt);
  let pages: BatchJournal | undefined;
  try {
    pages = journal.open(batch);
    const campaign = await tools.campaigns.of(batch.campaignId, batch.arm);
    const ledger = new OutcomeWriter({ ...tools, batch, policy: campaign.uncertain });
    const everyone: WaitingRecipient[] = await loadPending(db, batch);
    const own = { batch, campaign, pages, lease, ledger, waiting: [...everyone], flight: new Flight(), answers: [] };
    const waitSeconds = await sendWaiting({ ...tools, ...own }).finally(async () => {
      await own.flight.landed();
      everyone.forEach(letGo);
    });
    await ledger.written();
    await releaseBatch(db, journal.owner, batch, waitSeconds);
    pages.close();
  } catch (error) {
    // The journal has the truth of what left and what was answered: settle by it, as after a crash.
    log.error({ err: error, batch: batch.id }, 'batch broke off; settling it by its journal');
    pages?.release();
    await keepTrying(tools, `batch ${batch.id} by its journal`, () => settleHeldBatch(db, journal, batch));
  } finally {
    lease.release();
  }
}

/**
 * Slice by slice: an account, rendering, leave to send, a last look at who may still get it, the wire. Whatever takes
 * time comes before the leave, so that no token is wasted and no message late. Ends when nobody is left, the campaign
 * or the process stops, or no account may send.
 * @returns seconds the rest of the batch should wait; null until its provider has room
 */
async function sendWaiting(pass: Pass): Promise<number | null> {
  const { db, batch, campaign, accounts, journal, ledger, waiting, flight } = pass;
  const turnEnds = performance.now() + TURN_MS;
  let waitSeconds: number | null = 0;
  let stillFlying = STILL_FLYING;
  let mayGoOn = true;
  for (;;) {
    await flight.atMost(waiting.length > 0 ? stillFlying : 0);
    mayGoOn = await heedAnswers(pass);
    if (!mayGoOn || waiting.length === 0 || ledger.lost || pass.stopping()) break;
    if (performance.now() > turnEnds) break;
    const account = await accounts.pick(campaign, batch);
    if (!account) {
      await pauseForPerson(db, campaign.id, noAccount(campaign.fromDomain));
      break;
    }
    if ('waitMs' in account) {
      if (account.handBack || account.waitMs > PATIENCE_MS) {
        waitSeconds = account.handBack ? null : account.waitMs / 1000;
        break;
      }
      await sleep(account.waitMs);
      continue;
    }
    const ready = await renderAhead(pass, account, await roomFor(pass, account));
    if (ready === 0) continue;
    const closed = await account.pool.warm();
    if (closed) {
      pass.answers.push({ account, email: waiting[0]!.email, outcome: closed });
      continue;
    }
    const leave = await leaveFor(pass, account, ready);
    if ('waitMs' in leave) continue;
    await sleepUntil(leave.startMs - LEAD_MS);
    const checkedAt = performance.now();
    const slice = waiting.splice(0, leave.granted);
    const seqs = slice.map(({ seq }) => seq);
    const onTheWay = [...flight.onTheWay, ...ledger.unwritten];
    const cleared = await checkSlice(db, journal.owner, { batch, lists: campaign.lists, seqs, onTheWay });
    if (!cleared) {
      account.unused += leave.granted;
      break;
    }
    const leaving = slice.filter(({ seq }) => cleared.has(seq));
    sendSlice(pass, { account, leave, checkedAt }, leaving);
    // Where nothing but the server holds them back, half of them show that it is ready for more.
    stillFlying = leave.spacingMs > 0 ? STILL_FLYING : Math.min(STILL_FLYING, leaving.length >> 1);
  }
  await flight.atMost(0);
  // A campaign that was paused for its sender may have been resumed since: the same answers don't pause it twice.
  if (mayGoOn) await heedAnswers(pass);
  return waitSeconds;
}

/** A provider's tokens are few: who has some waits with them for the account's, instead of asking again for both. */
async function leaveFor(
  { batch, accounts, stopping }: Pass,
  account: OpenAccount,
  want: number,
): Promise<Leave | Wait> {
  for (;;) {
    const leave = await accounts.leave(account, want);
    if (!('waitMs' in leave) || leave.waitMs > PATIENCE_MS || stopping()) return leave;
    if (!accounts.isSlowed(account, batch.provider)) return leave;
    await sleep(leave.waitMs);
  }
}

/**
 * Brings to the head of the queue who may be sent by the pace of their providers, and puts off who may not.
 * @returns how many there are at the head
 */
async function roomFor({ db, batch, accounts, waiting }: Pass, account: OpenAccount): Promise<number> {
  const head: WaitingRecipient[] = waiting.splice(0, sliceSize(account));
  const { now, later } = await accounts.room(account, batch.provider, head);
  const off = new Set(later.map(({ seq }) => seq));
  if (off.size > 0) await postpone(db, batch, later);
  const going = new Set(now);
  waiting.unshift(...now, ...head.filter((recipient) => !going.has(recipient) && !off.has(recipient.seq)));
  return now.length;
}

/** What servers answered tells how the accounts and providers fare. @returns false when only a person can help */
async function heedAnswers({ db, batch, accounts, campaign, answers }: Pass): Promise<boolean> {
  const told = answers.splice(0);
  for (const account of new Set(told.map((answer) => answer.account))) {
    const theirs = told.filter((answer) => answer.account === account);
    await accounts.answered(account, batch.provider, theirs);
    const outcomes = theirs.map(({ outcome }) => outcome);
    const refused = outcomes.find((outcome) => outcome.kind === 'unreachable' && outcome.senderRefused);
    if (refused) {
      await pauseForPerson(db, campaign.id, senderRefused(`${refused.code} ${refused.text}`));
      return false;
    }
    await accounts.fared(account, outcomes);
  }
  return true;
}

const noAccount = (domain: string): StopReason => ({
  code: 'NO_SMTP_ACCOUNT',
  message: `No enabled SMTP account may send from ${domain}.`,
  params: { domain },
});

const senderRefused = (words: string): StopReason => ({
  code: 'SENDER_REFUSED',
  message: `The server refused the sender: ${words}`,
  params: { words },
});
