import { createPrivateKey, randomInt } from 'node:crypto';
import type { z } from 'zod';
import { DomainError, invalid, notFound } from '#contracts';
import type { TestSendBody, TestSendResult } from '#contracts';
import { isReservedDomain, parseAddress } from '#engine/address';
import type { ParsedAddress } from '#engine/address';
import { MessageError, campaignHeaders, composeMessage, signDkim } from '#engine/message';
import type { OutgoingMessage } from '#engine/message';
import { SAMPLE_MERGE_DATA, createRenderer } from '#engine/render';
import type { CompiledContent, MergeData } from '#engine/render';
import type { Sql } from '#platform/database';
import { openSession } from '#platform/smtp';
import type { CampaignRow } from '#domain/campaigns';
import { findContact, mergeDataOf } from '#domain/contacts';
import type { SendingAccount, SendingAccountLoader } from '#domain/senders';

type Result = z.infer<typeof TestSendResult>['results'][number];

/** What `sendTest` needs to know of the surroundings. */
export interface TestSurroundings {
  loader: SendingAccountLoader;
  trackingUrl: string;
  nowMs: number;
}

interface TestMail {
  campaign: CampaignRow;
  content: CompiledContent;
  data: MergeData;
  attachments: NonNullable<OutgoingMessage['attachments']>;
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
  const attachments = await attachmentsOf(sql, campaign);
  const mail: TestMail = { campaign, content, data, attachments, surroundings };
  const results = new Map<ParsedAddress, Result>();
  for (const account of new Set(routed.map((each) => each.account))) {
    const those = routed.filter((each) => each.account === account).map(({ recipient }) => recipient);
    for (const [index, result] of (await sendOver(account, mail, those)).entries()) {
      results.set(those[index] as ParsedAddress, result);
    }
  }
  return recipients.map((recipient) => results.get(recipient) as Result);
}

/** One session for those that go over one account; the results in the order of the recipients. */
async function sendOver(account: SendingAccount, mail: TestMail, recipients: ParsedAddress[]): Promise<Result[]> {
  const opened = await openSession(account.target);
  if (!opened.ok) {
    const { code, text } = opened.outcome;
    return recipients.map(({ address }) => ({ to: address, ok: false, code: code ?? null, text }));
  }
  try {
    const results: Result[] = [];
    for (const { address, international } of recipients) {
      const envelope = { from: returnPath(account, mail.campaign), to: address, smtpUtf8: international };
      const message = composeTest(mail, account, address);
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
  const domain = domainOf(campaign.fromAddress).toLowerCase();
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

/** Where bounces of a test go: where those of the campaign do, but to a name that stands for nobody. */
function returnPath({ render }: SendingAccount, campaign: CampaignRow): string {
  if (render.returnPath === 'verp' && render.returnPathDomain) return `b.test@${render.returnPathDomain}`;
  return render.returnPathAddress ?? campaign.fromAddress;
}

async function attachmentsOf(sql: Sql, campaign: CampaignRow): Promise<TestMail['attachments']> {
  const rows = await sql.rows<{ filename: string; contentType: string; content: Buffer }>(
    `SELECT name AS filename, content_type AS "contentType", bytes AS content FROM attachments
     WHERE workspace_id = $1 AND id = ANY ($2::bigint[]) ORDER BY id`,
    [campaign.workspaceId, campaign.attachments],
  );
  return rows;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

async function mergeData(sql: Sql, campaign: CampaignRow, contactId: string | undefined): Promise<MergeData> {
  const workspace = await sql.first<{ name: string; postalAddress: string }>(
    'SELECT name, postal_address AS "postalAddress" FROM workspaces WHERE id = $1',
    [campaign.workspaceId],
  );
  const contact = contactId ? await findContact(sql, campaign.workspaceId, contactId) : undefined;
  if (contactId && !contact) throw notFound('contact', contactId);
  const { email, name, fields, tags } = contact ? mergeDataOf(contact) : SAMPLE_MERGE_DATA;
  return {
    email,
    name,
    fields,
    tags,
    campaign: { name: campaign.name },
    workspace: workspace ?? { name: '', postalAddress: '' },
  };
}

/** Where a part of a message stands in a campaign. */
const CAMPAIGN_FIELD: Record<string, string> = {
  'replyTo.address': 'replyTo',
  messageId: 'from.address',
  listId: 'from.address',
  subject: 'content.subject',
};

/** @throws DomainError VALIDATION_FAILED naming the campaign's field that no header may carry */
function composeOrRefuse(compose: () => Buffer): Buffer {
  try {
    return compose();
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    throw invalid(CAMPAIGN_FIELD[error.property] ?? error.property, error.code, error.message);
  }
}

function composeTest(mail: TestMail, account: SendingAccount, to: string): Buffer {
  const now = new Date(mail.surroundings.nowMs);
  const message = composeOrRefuse(() => composeMessage(testMessage(mail, account, to, now)));
  const { dkim } = account.render;
  if (!dkim) return message;
  const privateKey = createPrivateKey(dkim.privateKeyPem);
  const algorithm = privateKey.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256';
  return signDkim(message, [{ domain: dkim.domain, selector: dkim.selector, algorithm, privateKey }], now);
}

function testMessage(
  { campaign, content, data, attachments, surroundings }: TestMail,
  account: SendingAccount,
  to: string,
  now: Date,
): OutgoingMessage {
  const sample = `${surroundings.trackingUrl.replace(/\/+$/, '')}/u/sample`;
  const mail = createRenderer(content).render(data, {
    link: (index) => content.links[index]?.url ?? '#',
    open: null,
    unsubscribe: sample,
    webVersion: sample,
  });
  const id = `${campaign.id}.${now.getTime()}.${randomInt(1e9)}`;
  const domain = domainOf(campaign.fromAddress);
  const { returnPathDomain } = account.render;
  return {
    from: { name: campaign.fromName, address: campaign.fromAddress },
    to: { address: to },
    ...(campaign.replyTo ? { replyTo: campaign.replyTo } : {}),
    subject: `[测试 Test] ${mail.subject}`,
    date: now,
    messageId: `<test.${id}@${domain}>`,
    headers: campaignHeaders({
      listId: `${campaign.workspaceId}.lists.${domain}`,
      listName: data.workspace.name,
      unsubscribeUrl: sample,
      ...(returnPathDomain ? { unsubscribeMailto: `u.test@${returnPathDomain}` } : {}),
      feedbackId: `${campaign.id}:${campaign.workspaceId}:campaign:hongyan`,
      bulk: true,
    }),
    ...(mail.html === null ? {} : { html: mail.html }),
    text: mail.text,
    attachments,
    boundarySeed: id,
  };
}
