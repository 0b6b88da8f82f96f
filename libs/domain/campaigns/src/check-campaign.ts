import type { z } from 'zod';
import type { Checklist } from '#contracts';
import { parseAddress } from '#engine/address';
import type { Sql } from '#platform/database';
import { findGoneLists } from './audience-lists.js';
import { findSegmentProblems } from './audience-rules.js';
import type { CampaignRow } from './campaign.repository.js';
import { checkSenderDomain } from './check-sender-domain.js';
import { reachesAnybody } from './count-audience.js';

type Item = z.infer<typeof Checklist>['items'][number];

/**
 * What stands between a draft and its start. Errors block; warnings are told. Content problems of the template engine
 * are added by the caller, who has compiled it.
 */
export async function checkCampaign(sql: Sql, campaign: CampaignRow): Promise<Item[]> {
  const items: Item[] = [];
  const error = (code: string, property: string, message: string, params?: Item['params']) =>
    items.push({ code, severity: 'error', property, message, ...(params ? { params } : {}) });
  const warning = (code: string, property: string, message: string) =>
    items.push({ code, severity: 'warning', property, message });

  const { content } = campaign;
  const { lists, segments } = campaign.audience;
  const named = lists.length + segments.length > 0;
  if (!named) error('AUDIENCE_EMPTY', 'audience.lists', 'Choose at least one list or segment.');
  if (!content.subject.trim()) error('SUBJECT_EMPTY', 'content.subject', 'Write a subject.');
  if (!content.document && !content.html?.trim() && !content.mjml?.trim() && !content.text?.trim()) {
    error('CONTENT_EMPTY', 'content.html', 'Write the content, or choose a template.');
  }
  if (!campaign.fromAddress) {
    error('FROM_EMPTY', 'from.address', 'Enter the address the campaign comes from.');
  } else {
    const parsed = parseAddress(campaign.fromAddress);
    if (!parsed.ok) error('FROM_INVALID', 'from.address', parsed.message);
    else {
      await checkAccounts(sql, campaign, parsed.value.domain, error);
      items.push(...(await checkSenderDomain(sql, campaign.workspaceId, parsed.value.domain)));
    }
  }
  if (campaign.replyTo) {
    const parsed = parseAddress(campaign.replyTo);
    if (!parsed.ok) error('REPLY_TO_INVALID', 'replyTo', parsed.message);
  }
  for (const { code, property, message } of await findGoneLists(sql, campaign)) error(code, property, message);
  const broken = await findSegmentProblems(sql, campaign);
  for (const { code, property, message, params } of broken) error(code, property, message, params);
  if (named && broken.length === 0 && !(await reachesAnybody(sql, campaign))) {
    error(
      'NOBODY_TO_SEND_TO',
      'audience.lists',
      'Nobody in this audience may be mailed. Choose other lists, or look at the exclusions.',
    );
  }
  const workspace = await sql.first<{ address: string }>(
    'SELECT postal_address AS address FROM workspaces WHERE id = $1',
    [campaign.workspaceId],
  );
  if (!workspace?.address) {
    warning(
      'POSTAL_ADDRESS_MISSING',
      'workspace.postalAddress',
      'Marketing mail needs a postal address: add it in the settings.',
    );
  }
  if (!campaign.testedAt) warning('NOT_TESTED', 'content', 'No test message has been sent yet.');
  return items;
}

async function checkAccounts(
  sql: Sql,
  campaign: CampaignRow,
  domain: string,
  error: (code: string, property: string, message: string, params?: Item['params']) => void,
): Promise<void> {
  const usable = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM smtp_accounts
     WHERE workspace_id = $1 AND enabled AND (cardinality($2::bigint[]) = 0 OR id = ANY ($2::bigint[]))
       AND (cardinality(from_domains) = 0 OR $3 = ANY (from_domains))
       -- The sandbox stands in until a real account has been added, usable or not: real mail must not end in it.
       AND (kind = 'smtp' OR NOT EXISTS (SELECT 1 FROM smtp_accounts r WHERE r.workspace_id = $1 AND r.kind = 'smtp'))`,
    [campaign.workspaceId, campaign.smtpAccounts, domain],
  );
  if (usable?.n === 0) {
    error(
      'NO_SMTP_ACCOUNT',
      'smtpAccounts',
      `No enabled SMTP account may send from ${domain}. Add one, or allow the domain at an account.`,
      { domain },
    );
  }
}
