import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import { DomainError, invalid, notFound } from '#contracts';
import type { TestSendBody, TestSendResult } from '#contracts';
import { domainOf, isReservedDomain, parseAddress } from '#engine/address';
import type { ParsedAddress } from '#engine/address';
import { MessageError, OutBuffer } from '#engine/message';
import { SAMPLE_MERGE_DATA } from '#engine/render';
import type { CompiledContent, MergeData } from '#engine/render';
import type { KeyRing, TokenPurpose } from '#engine/token';
import type { Sql } from '#platform/database';
import { openSession } from '#platform/smtp';
import type { CampaignRow } from '#domain/campaigns';
import { findContact, mergeDataOf } from '#domain/contacts';
import type { SendingAccount, SendingAccountLoader } from '#domain/senders';
import { compileCampaignMessage } from './campaign-message.js';
import type { MessageMarks } from './campaign-message.js';
import { campaignMail } from './frozen-campaign.js';
import type { CampaignMail } from './frozen-campaign.js';
import { trackingUrls } from './tracking-urls.js';

type Result = z.infer<typeof TestSendResult>['results'][number];

/** What `sendTest` needs to know of the surroundings. */
export interface TestSurroundings {
  loader: SendingAccountLoader;
  trackingUrl: string;
  nowMs: number;
}

/** No token is this short: what comes back under it acts on nobody. */
const TOKEN_OF_NOBODY = 'sample';
/** Nothing is signed with them. */
const NO_KEYS: KeyRing = { current: 0, keys: new Map() };

interface TestMail {
  mail: CampaignMail;
  data: Pick<MergeData, 'email' | 'name' | 'fields' | 'tags'>;
  surroundings: TestSurroundings;
}

/**
 * Sends the compiled campaign to a few addresses at once, with a contact's data or sample data: the message that the
 * campaign would send, with its files and list headers, but that nothing of it is counted: its links lead straight to
 * their targets, it carries no pixel, and its ways to unsubscribe name nobody. Addresses on reserved domains go to the
 * sandbox, whatever account exists.
 * @throws DomainError VALIDATION_FAILED for a wrong address, contact or header, UPSTREAM_UNAVAILABLE without a usable account
 */
export async function sendTest(
  sql: Sql,
  campaign: CampaignRow,
  content: CompiledContent,
  body: z.infer<typeof TestSendBody>,
  surroundings: TestSurroundings,
): Promise<Result[]> {
  const recipients = body.to.map((address, index) => {
    const parsed = parseAddress(address);
    if (!parsed.ok) throw invalid(`to.${index}`, parsed.code, parsed.message);
    return parsed.value;
  });
  const accounts = await surroundings.loader.load(sql, campaign.workspaceId);
  const routed = recipients.map((recipient) => ({
    recipient,
    account: isReservedDomain(recipient.domain) ? sandboxOf(accounts) : accountFor(campaign, accounts),
  }));
  const data = await mergeData(sql, campaign, body.contactId);
  const test: TestMail = { mail: await campaignMail(sql, campaign, content), data, surroundings };
  const results = new Map<ParsedAddress, Result>();
  for (const account of new Set(routed.map((each) => each.account))) {
    const those = routed.filter((each) => each.account === account).map(({ recipient }) => recipient);
    for (const [index, result] of (await sendOver(account, test, those)).entries()) {
      results.set(those[index] as ParsedAddress, result);
    }
  }
  return recipients.map((recipient) => results.get(recipient) as Result);
}

/** One session for those that go over one account; the results in the order of the recipients. */
async function sendOver(account: SendingAccount, test: TestMail, recipients: ParsedAddress[]): Promise<Result[]> {
  const opened = await openSession(account.target);
  if (!opened.ok) {
    const { code, text } = opened.outcome;
    return recipients.map(({ address }) => ({ to: address, ok: false, code: code ?? null, text }));
  }
  try {
    const results: Result[] = [];
    for (const { address, international } of recipients) {
      const { from, message } = composeOrRefuse(() => composeTest(test, account, address));
      const envelope = { from, to: address, smtpUtf8: international };
      const outcome = await opened.session.send(envelope, message, { beforeBody: () => true });
      results.push({ to: address, ok: outcome.kind === 'accepted', code: outcome.code ?? null, text: outcome.text });
    }
    return results;
  } finally {
    opened.session.close();
  }
}

/** @throws DomainError UPSTREAM_UNAVAILABLE where the sandbox is off: what may not leave then goes nowhere */
function sandboxOf(accounts: SendingAccount[]): SendingAccount {
  const sandbox = accounts.find((account) => account.kind === 'sandbox' && account.enabled);
  if (sandbox) return sandbox;
  throw new DomainError('UPSTREAM_UNAVAILABLE', 'Mail to reserved domains goes to the sandbox only, and it is off.', {
    property: 'to',
    help: 'Switch the sandbox on, or test with an address of a real domain.',
  });
}

/** A real account, or the sandbox until one has been added. */
function accountFor(campaign: CampaignRow, accounts: SendingAccount[]): SendingAccount {
  const domain = domainOf(campaign.fromAddress);
  const kind = accounts.some((account) => account.kind === 'smtp') ? 'smtp' : 'sandbox';
  const account = accounts.find(
    (candidate) =>
      candidate.enabled &&
      candidate.kind === kind &&
      (campaign.smtpAccounts.length === 0 || campaign.smtpAccounts.includes(candidate.id)) &&
      (candidate.fromDomains.length === 0 || candidate.fromDomains.includes(domain)),
  );
  if (account) return account;
  throw new DomainError(
    'UPSTREAM_UNAVAILABLE',
    `No enabled SMTP account may send from ${domain || 'an empty address'}.`,
    { property: 'from.address', help: 'Add an SMTP account, or allow the domain at one.' },
  );
}

async function mergeData(sql: Sql, campaign: CampaignRow, contactId: string | undefined): Promise<TestMail['data']> {
  const contact = contactId ? await findContact(sql, campaign.workspaceId, contactId) : undefined;
  if (contactId && !contact) throw notFound('contact', contactId);
  return contact ? mergeDataOf(contact) : SAMPLE_MERGE_DATA;
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
  { id, version, render }: SendingAccount,
  to: string,
): { from: string; message: Buffer } {
  const { trackingUrl, nowMs } = surroundings;
  const { email, name, fields, tags } = data;
  const recipient = { seq: 0, email, name, fields, tags };
  const account = { accountKey: `${id}.${version}`, account: render };
  const task = { ...mail, ...account, trackingUrl, tokenKeys: NO_KEYS, nowMs, recipients: [recipient] };
  const out = new OutBuffer();
  const from = compileCampaignMessage(task, testMarks(mail, surroundings, to)).write(out, recipient, new Date(nowMs));
  return { from, message: out.written() };
}

/** Names that stand for nobody, and links that lead straight to their targets. */
function testMarks(
  { campaign, content }: CampaignMail,
  { trackingUrl, nowMs }: TestSurroundings,
  to: string,
): MessageMarks {
  const messageId = `${TOKEN_OF_NOBODY}.${campaign.id}.${nowMs}.${randomInt(1e9)}`;
  const token = (purpose: TokenPurpose) => (purpose === 'message-id' ? messageId : TOKEN_OF_NOBODY);
  const { unsubscribe } = trackingUrls(trackingUrl, token, false);
  const link = (index: number) => content.links[index]?.url ?? '#';
  return {
    subjectPrefix: '[测试 Test] ',
    toOf: () => ({ address: to }),
    signsOf: () => ({ token, urls: { link, open: null, unsubscribe, webVersion: unsubscribe } }),
  };
}
