import type { InboundReview, InboundVerdict } from '#contracts';
import { parseAddress } from '#engine/address';
import type { Sql } from '#platform/database';

export type Candidate = InboundReview['candidates'][number];

/** A bounce token lasts as long: what comes later is not about our message. */
const DAYS = 90;
const MOST = 10;

/** What of a mail says whom it may be about. */
export interface Evidence {
  campaignId: string | null;
  seq: number | null;
  from: string;
  verdict: InboundVerdict | null;
}

interface Row extends Omit<Candidate, 'sentAt' | 'proof'> {
  canonical: string;
  sentAt: Date | null;
}

/**
 * Recipients of this workspace that a mail may be about: whom a token named, then the addresses in the report, then who
 * wrote it; of each address the last message. A proposal to a person, never an identity.
 */
export async function findCandidates(sql: Sql, workspaceId: string, evidence: Evidence): Promise<Candidate[]> {
  const { campaignId, seq, verdict } = evidence;
  const named = canonicals((verdict?.recipients ?? []).map((recipient) => recipient.address));
  const sender = canonicals([evidence.from]);
  const rows = await sql.rows<Row>(
    `SELECT * FROM (
       SELECT DISTINCT ON (r.canonical) r.campaign_id AS "campaignId", r.seq, r.email, r.canonical,
         coalesce(k.name, '') AS "campaignName", r.accepted_at AS "sentAt"
       FROM contacts c JOIN campaign_recipients r ON r.contact_id = c.id
         LEFT JOIN campaigns k ON k.id = r.campaign_id
       WHERE c.workspace_id = $1 AND c.canonical = ANY ($2::text[]) AND r.workspace_id = $1
         AND r.accepted_at > now() - make_interval(days => ${DAYS})
       ORDER BY r.canonical, r.accepted_at DESC) AS latest
     UNION ALL
     SELECT r.campaign_id, r.seq, r.email, r.canonical, coalesce(k.name, ''), r.accepted_at
     FROM campaign_recipients r LEFT JOIN campaigns k ON k.id = r.campaign_id
     WHERE r.workspace_id = $1 AND r.campaign_id = $3 AND r.seq = $4`,
    [workspaceId, [...named, ...sender], campaignId, seq],
  );
  const found = rows.map(({ canonical, sentAt, ...row }): Candidate => {
    const byToken = row.campaignId === campaignId && row.seq === seq;
    const proof = byToken ? 'token' : named.includes(canonical) ? 'named' : 'sender';
    return { ...row, sentAt: sentAt?.toISOString() ?? null, proof };
  });
  const order = ['token', 'named', 'sender'];
  found.sort((a, b) => order.indexOf(a.proof) - order.indexOf(b.proof));
  const once = new Map(found.reverse().map((each) => [`${each.campaignId}:${each.seq}`, each]));
  return [...once.values()].reverse().slice(0, MOST);
}

function canonicals(addresses: string[]): string[] {
  return addresses.slice(0, 50).flatMap((address) => {
    const parsed = parseAddress(address);
    return parsed.ok ? [parsed.value.canonical] : [];
  });
}
