import { domainOf } from '#engine/address';
import type { UncertainPolicy } from '#contracts';
import { REST } from '#engine/ab-test';
import type { CompiledContent } from '#engine/render';
import type { Database, Sql } from '#platform/database';
import { findAbTest, findCampaignById, findFrozenVariant } from '#domain/campaigns';
import type { CampaignRow } from '#domain/campaigns';
import type { RenderTask } from './render-task.js';

/** What every recipient of a campaign has in common, as frozen at the start. */
export interface FrozenCampaign {
  id: string;
  workspaceId: string;
  /** Lists of the audience, null for any list where segments are in it: who has left them all since gets nothing. */
  lists: string[] | null;
  smtpAccounts: string[];
  fromDomain: string;
  uncertain: UncertainPolicy;
  deliveryNotifications: boolean;
  mail: CampaignMail;
}

/** The part of a render task that is the same for every slice and account. */
export type CampaignMail = Pick<
  RenderTask,
  | 'contentKey'
  | 'content'
  | 'campaign'
  | 'workspace'
  | 'from'
  | 'replyTo'
  | 'attachments'
  | 'trackOpens'
  | 'readReceipts'
>;

const KEEP = 16;

/** Loads frozen campaigns once per process; they do not change while they are being sent. */
export class FrozenCampaigns {
  private readonly loaded = new Map<string, FrozenCampaign>();

  constructor(private readonly db: Database) {}

  /** @param arm of the batch; the rest of an A/B test is claimable once its variant is decided, and only then */
  async of(campaignId: string, arm = 0): Promise<FrozenCampaign> {
    const key = `${campaignId} ${arm}`;
    const known = this.loaded.get(key);
    if (known) return known;
    const campaign = await loadVariant(this.db, campaignId, arm);
    if (this.loaded.size >= KEEP) this.loaded.delete(this.loaded.keys().next().value ?? '');
    this.loaded.set(key, campaign);
    return campaign;
  }
}

async function loadVariant(db: Database, campaignId: string, arm: number): Promise<FrozenCampaign> {
  const campaign = await loadFrozen(db, campaignId);
  const variant = arm === REST ? (await findAbTest(db, campaignId))?.winner : arm;
  if (variant === 0) return campaign;
  const said = await findFrozenVariant(db, campaignId, variant ?? REST);
  if (!said) throw new Error(`campaign ${campaignId} has no frozen variant for arm ${arm}`);
  const { mail } = campaign;
  const from = { ...mail.from, name: said.fromName };
  const contentKey = `${mail.contentKey}.${variant}`;
  return { ...campaign, mail: { ...mail, contentKey, content: said.compiled, from } };
}

async function loadFrozen(db: Database, campaignId: string): Promise<FrozenCampaign> {
  const row = await findCampaignById(db, campaignId);
  const content = await db.first<{ compiled: CompiledContent }>(
    'SELECT compiled FROM campaign_contents WHERE campaign_id = $1',
    [campaignId],
  );
  if (!row || !content) throw new Error(`campaign ${campaignId} has no frozen content`);
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    lists: row.audience.segments.length > 0 ? null : row.audience.lists,
    smtpAccounts: row.smtpAccounts,
    fromDomain: domainOf(row.fromAddress),
    uncertain: row.uncertain,
    deliveryNotifications: row.deliveryNotifications,
    mail: await campaignMail(db, row, content.compiled),
  };
}

/** What all messages of a campaign have in common, ready to be compiled. */
export async function campaignMail(sql: Sql, row: CampaignRow, content: CompiledContent): Promise<CampaignMail> {
  const workspace = await sql.first<{ name: string; postalAddress: string }>(
    'SELECT name, postal_address AS "postalAddress" FROM workspaces WHERE id = $1',
    [row.workspaceId],
  );
  const attachments = await sql.rows<RenderTask['attachments'][number]>(
    `SELECT name AS filename, content_type AS "contentType", bytes AS content FROM attachments
     WHERE workspace_id = $1 AND id = ANY ($2::bigint[]) ORDER BY id`,
    [row.workspaceId, row.attachments],
  );
  return {
    contentKey: `${row.id}.${row.version}`,
    content,
    campaign: { id: row.id, name: row.name, workspaceId: row.workspaceId },
    workspace: { name: workspace?.name ?? '', postalAddress: workspace?.postalAddress ?? '' },
    from: { name: row.fromName, address: row.fromAddress },
    replyTo: row.replyTo,
    attachments,
    trackOpens: row.trackOpens,
    readReceipts: row.readReceipts,
  };
}
