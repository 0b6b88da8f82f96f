import { createPrivateKey, randomInt } from 'node:crypto';
import type { z } from 'zod';
import { DomainError, invalid, notFound } from '#contracts';
import type { TestSendBody, TestSendResult } from '#contracts';
import { parseAddress } from '#engine/address';
import { MessageError, composeMessage, signDkim } from '#engine/message';
import type { OutgoingMessage } from '#engine/message';
import { SAMPLE_MERGE_DATA, createRenderer } from '#engine/render';
import type { CompiledContent, MergeData } from '#engine/render';
import type { Sql } from '#platform/database';
import { SmtpSession } from '#platform/smtp';
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

/**
 * Sends the compiled campaign to a few addresses at once, with a contact's data or sample data. Nothing of it is
 * counted: its links lead straight to their targets and it carries no pixel.
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
  const account = await accountFor(sql, campaign, surroundings.loader);
  const data = await mergeData(sql, campaign, body.contactId);
  const opened = await SmtpSession.open(account.target);
  if (!opened.ok) {
    return recipients.map(({ address }) => ({
      to: address,
      ok: false,
      code: opened.outcome.code ?? null,
      text: opened.outcome.text,
    }));
  }
  try {
    const results: Result[] = [];
    for (const { address, international } of recipients) {
      const message = composeTest(campaign, content, account, data, address, surroundings);
      const from = account.render.returnPathAddress ?? campaign.fromAddress;
      const outcome = await opened.session.send({ from, to: address, smtpUtf8: international }, message, {
        beforeBody: () => true,
      });
      results.push({ to: address, ok: outcome.kind === 'accepted', code: outcome.code ?? null, text: outcome.text });
    }
    return results;
  } finally {
    opened.session.close();
  }
}

async function accountFor(sql: Sql, campaign: CampaignRow, loader: SendingAccountLoader): Promise<SendingAccount> {
  const domain = campaign.fromAddress.slice(campaign.fromAddress.lastIndexOf('@') + 1).toLowerCase();
  const accounts = (await loader.load(sql, campaign.workspaceId)).filter(
    (account) =>
      account.enabled &&
      (campaign.smtpAccounts.length === 0 || campaign.smtpAccounts.includes(account.id)) &&
      (account.fromDomains.length === 0 || account.fromDomains.includes(domain)),
  );
  const account = accounts.find((candidate) => candidate.kind === 'smtp') ?? accounts[0];
  if (!account) {
    throw new DomainError(
      'UPSTREAM_UNAVAILABLE',
      `No enabled SMTP account may send from ${domain || 'an empty address'}.`,
      {
        property: 'from.address',
        help: 'Add an SMTP account, or allow the domain at one.',
      },
    );
  }
  return account;
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
  subject: 'content.subject',
};

/** @throws DomainError VALIDATION_FAILED naming the campaign's field that no header may carry */
function composeOrRefuse(message: OutgoingMessage): Buffer {
  try {
    return composeMessage(message);
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    throw invalid(CAMPAIGN_FIELD[error.property] ?? error.property, error.code, error.message);
  }
}

function composeTest(
  campaign: CampaignRow,
  content: CompiledContent,
  account: SendingAccount,
  data: MergeData,
  to: string,
  { trackingUrl, nowMs }: TestSurroundings,
): Buffer {
  const sample = `${trackingUrl.replace(/\/+$/, '')}/u/sample`;
  const mail = createRenderer(content).render(data, {
    link: (index) => content.links[index]?.url ?? '#',
    open: null,
    unsubscribe: sample,
    webVersion: sample,
  });
  const id = `${campaign.id}.${nowMs}.${randomInt(1e9)}`;
  const domain = campaign.fromAddress.slice(campaign.fromAddress.lastIndexOf('@') + 1);
  const message = composeOrRefuse({
    from: { name: campaign.fromName, address: campaign.fromAddress },
    to: { address: to },
    ...(campaign.replyTo ? { replyTo: campaign.replyTo } : {}),
    subject: `[测试 Test] ${mail.subject}`,
    date: new Date(nowMs),
    messageId: `<test.${id}@${domain}>`,
    ...(mail.html === null ? {} : { html: mail.html }),
    text: mail.text,
    boundarySeed: id,
  });
  const { dkim } = account.render;
  if (!dkim) return message;
  const privateKey = createPrivateKey(dkim.privateKeyPem);
  const algorithm = privateKey.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256';
  return signDkim(message, [{ domain: dkim.domain, selector: dkim.selector, algorithm, privateKey }], new Date(nowMs));
}
