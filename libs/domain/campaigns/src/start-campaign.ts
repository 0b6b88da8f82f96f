import { CAMPAIGN_ACTIONS, DomainError, notFound } from '#contracts';
import { shareLinks } from '#engine/render';
import type { Database, Transaction } from '#platform/database';
import type { JobQueue } from '#platform/queue';
import type { ContentCompiler } from '#domain/templates';
import { audit } from '#domain/workspaces';
import type { Actor } from '#domain/workspaces';
import { findAbTest, saveFrozenVariants } from './ab/ab-test.repository.js';
import type { AbTestRow } from './ab/ab-test.repository.js';
import type { ReadyVariant } from './ab/variant-contents.js';
import { findCampaign, moveCampaign, saveFrozenContent, saveFrozenSegments } from './campaign.repository.js';
import { freezeSegments } from './audience-rules.js';
import type { CampaignRow } from './campaign.repository.js';
import { holdAudience, requireReady } from './require-ready.js';

export interface StartDependencies {
  db: Database;
  queue: JobQueue;
  compiler: ContentCompiler;
}

/**
 * Starts a campaign: freezes rules, content and the highest contact id, then lets the senders prepare the audience.
 *
 * The status update is the mutex: of two starts one changes the row, the other is told CAMPAIGN_NOT_STARTABLE. What
 * happens after the commit is only a hint; the senders' sweep finds a campaign that is `sending` and not prepared.
 *
 * @param actor who starts it; a system actor for a due schedule
 * @throws DomainError NOT_FOUND, CAMPAIGN_NOT_STARTABLE, CAMPAIGN_INCOMPLETE (with every open point)
 */
export async function startCampaign(
  { db, queue, compiler }: StartDependencies,
  workspaceId: string,
  campaignId: string,
  actor: Actor,
): Promise<CampaignRow> {
  const draft = await findCampaign(db, workspaceId, campaignId);
  if (!draft) throw notFound('campaign', campaignId);
  const departure = actor.type === 'system' ? undefined : { now: Date.now(), at: Date.now() };
  const { variants, test } = await requireReady(db, compiler, draft, 'start', departure);

  const started = await db.transaction(async (tx) => {
    const row = await moveCampaign(
      tx,
      campaignId,
      // A due schedule starts what is still scheduled: a person may have taken it back a moment ago.
      actor.type === 'system' ? ['scheduled'] : CAMPAIGN_ACTIONS.start.from,
      'sending',
      `started_at = now(), frozen_at = now(), stop_reasons = '[]',
       scheduled_at = CASE WHEN status = 'scheduled' THEN scheduled_at END,
       recipient_time = CASE WHEN $5 THEN recipient_time END,
       deadline_at = now() + make_interval(hours => deadline_hours),
       max_contact_id = (SELECT coalesce(max(id), 0) FROM contacts WHERE workspace_id = $4)`,
      // Who starts it by hand means now, for everybody.
      [workspaceId, actor.type === 'system'],
    );
    // The version is compared too: what was checked and compiled above is what is sent.
    if (!row || row.version !== draft.version + 1 || !(await isStill(tx, campaignId, test))) {
      throw new DomainError('CAMPAIGN_NOT_STARTABLE', 'The campaign has been started or changed meanwhile.', {
        help: 'Reload it to see its present state.',
      });
    }
    await holdAudience(tx, row);
    await saveFrozenSegments(tx, campaignId, await freezeSegments(tx, row));
    await freezeContents(tx, campaignId, variants);
    await tx.run('SELECT ensure_recipient_partition($1)', [campaignId]);
    await audit(tx, { workspaceId, actor }, 'campaign.started', `campaign:${campaignId}`, null, { name: row.name });
    return row;
  });
  await queue.add('campaign.prepare', { campaignId }, { dedupe: campaignId });
  return started;
}

/** What was checked is what is tested: nobody has changed, made or removed the test meanwhile. */
async function isStill(tx: Transaction, campaignId: string, test: AbTestRow | undefined): Promise<boolean> {
  return JSON.stringify(await findAbTest(tx, campaignId)) === JSON.stringify(test);
}

async function freezeContents(tx: Transaction, campaignId: string, variants: readonly ReadyVariant[]): Promise<void> {
  const shared = shareLinks(variants.map(({ compiled }) => compiled));
  const frozen = variants.flatMap(({ variant, fromName }, index) => {
    const compiled = shared[index];
    return compiled ? [{ variant, fromName, compiled }] : [];
  });
  const [first, ...others] = frozen;
  await saveFrozenContent(tx, campaignId, first?.compiled, first?.compiled.links);
  await saveFrozenVariants(tx, campaignId, others);
}
