import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import { DomainError, invalid, notFound } from '#contracts';
import type { HoldUp, Locale, TestSendBody, TestSendResult } from '#contracts';
import { domainOf, isReservedDomain, parseAddress } from '#engine/address';
import type { ParsedAddress } from '#engine/address';
import { MessageError, OutBuffer } from '#engine/message';
import { providerOf } from '#engine/pace';
import { SAMPLE_RECIPIENTS, linkTarget } from '#engine/render';
import type { CompiledContent, MergeData } from '#engine/render';
import type { KeyRing, TokenPurpose } from '#engine/token';
import type { Sql } from '#platform/database';
import { openSession } from '#platform/smtp';
import type { CampaignRow } from '#domain/campaigns';
import { findBehaviours, findContact, mergeDataOf } from '#domain/contacts';
import type { SendingAccount } from '#domain/senders';
import type { Outgoing } from './choose-account.js';
import { compileCampaignMessage } from './campaign-message.js';
import type { MessageMarks } from './campaign-message.js';
import { campaignMail } from './frozen-campaign.js';
import type { CampaignMail } from './frozen-campaign.js';
import { HOLD_UPS } from './sending-accounts.js';
import type { OpenAccount, SendingAccounts } from './sending-accounts.js';
import { leaveForTest } from './test-leave.js';
import { trackingUrls } from './tracking-urls.js';

type Result = z.infer<typeof TestSendResult>['results'][number];

/** What `sendTest` needs to know of the surroundings. */
export interface TestSurroundings {
  accounts: SendingAccounts;
  trackingUrl: string;
  nowMs: number;
}

/** So long all messages of a test together wait for their places. */
const PATIENCE_MS = 8_000;
/** No token is this short: what comes back under it acts on nobody. */
const TOKEN_OF_NOBODY = 'sample';
/** Nothing is signed with them. */
const NO_KEYS: KeyRing = { current: 0, keys: new Map() };

interface TestMail {
  mail: CampaignMail;
  data: Pick<MergeData, 'email' | 'name' | 'fields' | 'tags' | 'behaviour'>;
  surroundings: TestSurroundings;
}

/**
 * Sends the compiled campaign to a few addresses at once, with a contact's data or sample data: the message that the
 * campaign would send, with its files and list headers, but that nothing of it is counted: its links lead straight to
 * their targets, it carries no pixel, and its ways to unsubscribe name nobody. Addresses on reserved domains go to the
 * sandbox, whatever account exists. It keeps to limits, pace and health of the accounts as all mail does; who can't
 * leave within seconds is told why.
 * @throws DomainError VALIDATION_FAILED for a wrong address, contact or header, UPSTREAM_UNAVAILABLE without a usable account
 */
export async function sendTest(
  sql: Sql,
  campaign: CampaignRow,
  content: CompiledContent,
  body: Omit<z.infer<typeof TestSendBody>, 'variant'>,
  surroundings: TestSurroundings,
): Promise<Result[]> {
  const recipients = body.to.map((address, index) => {
    const parsed = parseAddress(address);
    if (!parsed.ok) throw invalid(`to.${index}`, parsed.code, parsed.message);
    return parsed.value;
  });
  const data = await mergeData(sql, campaign, content, body.contactId);
  const test: TestMail = { mail: await campaignMail(sql, campaign, content), data, surroundings };
  const { accounts } = surroundings;
  accounts.lookAgain(campaign.workspaceId);
  const until = performance.now() + PATIENCE_MS;
  const sessions: Sessions = new Map();
  const results: Result[] = [];
  try {
    for (const recipient of recipients) {
      const account = await leaveForTest(accounts, outgoing(campaign), recipient, until);
      if (account === null) throw nobodyFor(campaign, recipient);
      results.push(
        typeof account === 'string' ? heldUp(recipient, account) : await sendOver(sessions, account, test, recipient),
      );
    }
  } finally {
    for (const opened of sessions.values()) if (opened.ok) opened.session.close();
  }
  return results;
}

function outgoing({ workspaceId, smtpAccounts, fromAddress }: CampaignRow): Outgoing {
  return { workspaceId, smtpAccounts, fromDomain: domainOf(fromAddress) };
}

function heldUp({ address }: ParsedAddress, reason: HoldUp): Result {
  return { to: address, ok: false, code: null, text: `Not sent: ${HOLD_UPS[reason]}.`, heldUp: reason };
}

/** One session an account, by its id. */
type Sessions = Map<string, Awaited<ReturnType<typeof openSession>>>;

async function sendOver(
  sessions: Sessions,
  account: OpenAccount,
  test: TestMail,
  { address, domain, international }: ParsedAddress,
): Promise<Result> {
  const { from, message } = composeOrRefuse(() => composeTest(test, account, address));
  const opened = sessions.get(account.id) ?? (await openSession(account.target));
  sessions.set(account.id, opened);
  const envelope = { from, to: address, smtpUtf8: international };
  const outcome = opened.ok ? await opened.session.send(envelope, message, { beforeBody: () => true }) : opened.outcome;
  await test.surroundings.accounts.answered(account, providerOf(domain), [{ email: address, outcome }]);
  const { kind, code, text } = outcome;
  return { to: address, ok: kind === 'accepted', code: code ?? null, text, heldUp: null };
}

/** What may not leave goes nowhere where the sandbox is off; all else needs an account that allows its From domain. */
function nobodyFor(campaign: CampaignRow, { domain }: ParsedAddress): DomainError {
  if (isReservedDomain(domain)) {
    return new DomainError(
      'UPSTREAM_UNAVAILABLE',
      'Mail to reserved domains goes to the sandbox only, and it is off.',
      {
        property: 'to',
        help: 'Switch the sandbox on, or test with an address of a real domain.',
      },
    );
  }
  const from = domainOf(campaign.fromAddress) || 'an empty address';
  return new DomainError('UPSTREAM_UNAVAILABLE', `No enabled SMTP account may send from ${from}.`, {
    property: 'from.address',
    help: 'Add an SMTP account, or allow the domain at one.',
  });
}

async function mergeData(
  sql: Sql,
  campaign: CampaignRow,
  { behaviours = [] }: CompiledContent,
  contactId: string | undefined,
): Promise<TestMail['data']> {
  const contact = contactId ? await findContact(sql, campaign.workspaceId, contactId) : undefined;
  if (contactId && !contact) throw notFound('contact', contactId);
  if (!contact) {
    const row = await sql.first<{ locale: Locale }>('SELECT locale FROM workspaces WHERE id = $1', [
      campaign.workspaceId,
    ]);
    return SAMPLE_RECIPIENTS[row?.locale ?? 'en'];
  }
  const found = await findBehaviours(sql, campaign.workspaceId, behaviours, [contact.id], new Date());
  return { ...mergeDataOf(contact), behaviour: found.get(contact.id) };
}

/** Where a part of a message stands in a campaign. */
const CAMPAIGN_FIELD: Record<string, string> = {
  'replyTo.address': 'replyTo',
  messageId: 'from.address',
  listId: 'from.address',
  subject: 'content.subject',
};

/** @throws DomainError VALIDATION_FAILED naming the campaign's field that no header may carry */
function composeOrRefuse<T>(compose: () => T): T {
  try {
    return compose();
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    throw invalid(CAMPAIGN_FIELD[error.property] ?? error.property, error.code, error.message);
  }
}

function composeTest(
  { mail, data, surroundings }: TestMail,
  { renderKey, render }: SendingAccount,
  to: string,
): { from: string; message: Buffer } {
  const { trackingUrl, nowMs } = surroundings;
  const { email, name, fields, tags, behaviour } = data;
  const recipient = { seq: 0, email, name, fields, tags, behaviour };
  const account = { accountKey: renderKey, account: render };
  const task = { ...mail, ...account, trackingUrl, tokenKeys: NO_KEYS, nowMs, recipients: [recipient] };
  const out = new OutBuffer();
  const known: MergeData = { ...data, campaign: mail.campaign, workspace: mail.workspace };
  const from = compileCampaignMessage(task, testMarks(mail, known, surroundings, to)).write(
    out,
    recipient,
    new Date(nowMs),
  );
  return { from, message: out.written() };
}

/** Names that stand for nobody, and links that lead straight to their targets. */
function testMarks(
  { campaign, content }: CampaignMail,
  data: MergeData,
  { trackingUrl, nowMs }: TestSurroundings,
  to: string,
): MessageMarks {
  const messageId = `${TOKEN_OF_NOBODY}.${campaign.id}.${nowMs}.${randomInt(1e9)}`;
  const token = (purpose: TokenPurpose) => (purpose === 'message-id' ? messageId : TOKEN_OF_NOBODY);
  const { unsubscribe, preferences } = trackingUrls(trackingUrl, token, false);
  const link = (index: number) => {
    const entry = content.links[index];
    return (entry && linkTarget(entry, data)) ?? '#';
  };
  return {
    subjectPrefix: '[测试 Test] ',
    toOf: () => ({ address: to }),
    signsOf: () => ({ token, urls: { link, open: null, unsubscribe, webVersion: unsubscribe, preferences } }),
  };
}
