import type { z } from 'zod';
import { invalid, notFound } from '#contracts';
import type {
  ContactCampaign,
  ContactCampaignQuery,
  DecisionTrail,
  ExclusionReason,
  Page,
  TrailQuery,
} from '#contracts';
import { parseAddress } from '#engine/address';
import { toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { AUDIENCE } from '#domain/campaigns';
import { decodeIdCursor, findContact } from '#domain/contacts';
import { VERDICT_COLUMNS, findTrailMemberships, loadEvidence } from './trail-evidence.js';
import type { TrailCampaign, TrailWho } from './trail-evidence.js';
import { requireCampaign } from './recipients.js';
import { judge, tellSteps } from './trail-story.js';
import type { VerdictRecipient } from './trail-story.js';

/**
 * Why one address got, or did not get, one campaign: the verdict, and every step that led to it.
 * @throws DomainError NOT_FOUND for a campaign or contact of another workspace, VALIDATION_FAILED at `address`
 */
export async function decisionTrail(
  sql: Sql,
  workspaceId: string,
  campaignId: string,
  query: z.infer<typeof TrailQuery>,
): Promise<z.infer<typeof DecisionTrail>> {
  await requireCampaign(sql, workspaceId, campaignId);
  const evidence = await loadEvidence(sql, workspaceId, campaignId, whoOf(query));
  const { campaign, contact, recipient, exclusion, suppression } = evidence;
  return {
    ...judge(evidence),
    address: query.address?.trim() ?? contact?.email ?? '',
    contact: contact && { id: contact.id, email: contact.email, name: contact.name },
    campaign: { id: campaign.id, name: campaign.name, status: campaign.status },
    recipient: recipient && {
      seq: recipient.seq,
      batchId: recipient.batchId,
      provider: recipient.provider,
      status: recipient.status,
    },
    exclusion,
    steps: tellSteps(evidence),
    suppression: suppression && {
      id: suppression.id,
      reason: suppression.reason,
      createdAt: suppression.createdAt.toISOString(),
    },
  };
}

function whoOf({ address, contactId }: z.infer<typeof TrailQuery>): TrailWho {
  if (address === undefined && contactId !== undefined) return { contactId };
  const parsed = parseAddress(address);
  if (!parsed.ok) throw invalid('address', parsed.code, parsed.message);
  return { canonical: parsed.value.canonical };
}

interface CampaignOfContact extends TrailCampaign {
  recipient: VerdictRecipient | null;
  exclusion: ExclusionReason | null;
}

/**
 * The campaigns that have started, newest first, each with whether this contact got it and why.
 * Index: campaigns_page read backwards; ledger and exclusions by their unique (campaign, contact), a row each.
 * @throws DomainError NOT_FOUND for another workspace's contact
 */
export async function contactCampaigns(
  sql: Sql,
  workspaceId: string,
  contactId: string,
  query: z.infer<typeof ContactCampaignQuery>,
): Promise<Page<z.infer<typeof ContactCampaign>>> {
  const contact = await findContact(sql, workspaceId, contactId);
  if (!contact) throw notFound('contact', contactId);
  const rows = await sql.rows<CampaignOfContact>(
    `SELECT k.id, k.name, k.status, ${AUDIENCE}, k.frozen_at AS "frozenAt",
       k.started_at AS "startedAt", k.max_contact_id AS "maxContactId", k.prepared_at AS "preparedAt",
       k.prepare_cursor AS "prepareCursor", to_jsonb(r) AS recipient,
       (SELECT x.reason FROM campaign_exclusions x WHERE x.campaign_id = k.id AND x.contact_id = $2) AS exclusion
     FROM campaigns k
     LEFT JOIN LATERAL (
       SELECT ${VERDICT_COLUMNS} FROM campaign_recipients r WHERE r.campaign_id = k.id AND r.contact_id = $2) r ON true
     WHERE k.workspace_id = $1 AND k.frozen_at IS NOT NULL AND ($3::bigint IS NULL OR k.id < $3)
     ORDER BY k.id DESC LIMIT $4`,
    [workspaceId, contactId, decodeIdCursor(query.cursor), query.limit + 1],
  );
  const lists = rows.flatMap(({ audience }) => audience.lists);
  const memberships = await findTrailMemberships(sql, contactId, { lists, excludeLists: [] });
  return toPage(
    rows,
    query.limit,
    (row) => [row.id],
    ({ recipient, exclusion, ...campaign }) => ({
      campaign: {
        id: campaign.id,
        name: campaign.name,
        status: campaign.status,
        startedAt: campaign.startedAt?.toISOString() ?? null,
      },
      ...judge({ campaign, contact, memberships, recipient, exclusion, wouldBe: null }),
    }),
  );
}
