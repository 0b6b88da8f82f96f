import type { ContentLink, MergeData } from '#engine/render';
import type { RecipientRef } from '#engine/token';
import type { Sql } from '#platform/database';

/** What the tracker knows of a started campaign. The link table never changes; names are read again now and then. */
export interface SentCampaign {
  id: string;
  name: string;
  workspace: { name: string; postalAddress: string; locale: string };
  /** Their addresses as they stand in a Location header, or templates of them; null where there is no usable one. */
  links: Array<ContentLink | null>;
}

const KEPT = 500;
const FRESH_MS = 60_000;

/** Started campaigns, read once a minute at most, so that a click on a fixed link needs no query. */
export class SentCampaigns {
  private readonly known = new Map<string, { at: number; campaign: Promise<SentCampaign | null> }>();

  constructor(private readonly sql: Sql) {}

  /** @returns null when the campaign was never started or is gone */
  async find(id: string): Promise<SentCampaign | null> {
    const known = this.known.get(id);
    if (known && performance.now() - known.at < FRESH_MS) return known.campaign;
    const campaign = load(this.sql, id);
    this.known.delete(id);
    this.known.set(id, { at: performance.now(), campaign });
    if (this.known.size > KEPT) this.known.delete(this.known.keys().next().value ?? '');
    try {
      return await campaign;
    } catch (error) {
      // What was known is better than an error: links of a sent mail don't change.
      if (known) this.known.set(id, { ...known, at: performance.now() });
      else this.known.delete(id);
      if (known) return known.campaign;
      throw error;
    }
  }
}

async function load(sql: Sql, id: string): Promise<SentCampaign | null> {
  const row = await sql.first<Omit<SentCampaign, 'links'> & { links: ContentLink[] }>(
    {
      name: 'tracked_campaign',
      text: `SELECT c.id, c.name, x.links,
               json_build_object('name', w.name, 'postalAddress', w.postal_address, 'locale', w.locale) AS workspace
             FROM campaigns c JOIN workspaces w ON w.id = c.workspace_id JOIN campaign_contents x ON x.campaign_id = c.id
             WHERE c.id = $1`,
    },
    [id],
  );
  return row ? { ...row, links: row.links.map(usable) } : null;
}

/** Only http(s) leaves by a redirect, normalised, so that a header can hold it. */
function usable(link: ContentLink): ContentLink | null {
  if (link.dynamic) return link;
  if (!URL.canParse(link.url)) return null;
  const { href, protocol } = new URL(link.url);
  return protocol === 'http:' || protocol === 'https:' ? { url: href, dynamic: false } : null;
}

/** The recipient of one mail, with the data that a mail can say. */
export interface Reader extends Pick<MergeData, 'email' | 'name' | 'fields' | 'tags'> {
  workspaceId: string;
  contactId: string;
  acceptedAt: Date | null;
}

/** A recipient with what a template can say about them now; an erased contact leaves the address of the ledger. */
export function findReader(sql: Sql, { campaignId, seq }: RecipientRef): Promise<Reader | undefined> {
  return sql.first(
    {
      name: 'tracked_reader',
      text: `SELECT r.workspace_id AS "workspaceId", r.contact_id AS "contactId", r.accepted_at AS "acceptedAt", r.email, coalesce(c.name, '') AS name, coalesce(c.fields, '{}') AS fields, coalesce(c.tags, '{}') AS tags
             FROM campaign_recipients r LEFT JOIN contacts c ON c.id = r.contact_id
             WHERE r.campaign_id = $1 AND r.seq = $2`,
    },
    [campaignId, seq],
  );
}
