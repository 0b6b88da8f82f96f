import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CAMPAIGN_ACTIONS, CampaignBody, DomainError, applyPatch, invalid, notFound } from '#contracts';
import type { CampaignAction, FollowUp, ScheduleBody, UpdateCampaignBody, ZonePlan, ZonePlanBody } from '#contracts';
import { Database } from '#platform/database';
import type { Sql, Transaction } from '#platform/database';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';
import { JobQueue } from '#platform/queue';
import { ContentCompiler, findTemplateContent, getRevision, recordRevision } from '#domain/templates';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { copyAbTest, findAbTest } from './ab/ab-test.repository.js';
import {
  archiveCampaign,
  deleteDraft,
  findCampaign,
  findUtm,
  insertCampaign,
  moveCampaign,
  updateDraft,
} from './campaign.repository.js';
import type { CampaignDraft, CampaignRow } from './campaign.repository.js';
import { DueCampaigns } from './due-campaigns.js';
import { followedVariant, prepareFollowUp } from './follow-up.js';
import { requireKnownIds } from './require-known-ids.js';
import { holdAudience, refuse, requireReady } from './require-ready.js';
import { readScheduleTime, readWallClock } from './schedule-time.js';
import { startCampaign } from './start-campaign.js';
import { requireZonesFit } from './zones/fits-zones.js';
import { beginOfZones, planZones, zonePlanOf } from './zones/zone-plan.js';

/** What people and programs do with campaigns. Sending itself is domain/delivery. */
@Injectable()
export class CampaignsService {
  private readonly due: DueCampaigns;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(ContentCompiler) private readonly compiler: ContentCompiler,
    @Inject(LOGGER) log: Logger,
  ) {
    this.due = new DueCampaigns({ db, queue, compiler }, log);
  }

  async get(ctx: RequestContext, id: string): Promise<CampaignRow> {
    const row = await findCampaign(this.db, ctx.workspaceId, id);
    if (!row) throw notFound('campaign', id);
    return row;
  }

  async create(ctx: RequestContext, body: z.infer<typeof CampaignBody>): Promise<CampaignRow> {
    return this.db.transaction(async (tx) => {
      const draft = toDraft({ ...body, utm: body.utm ?? (await findUtm(tx, ctx.workspaceId)) });
      await requireKnownIds(tx, ctx.workspaceId, draft, null);
      if (body.templateId) draft.content = await this.contentOf(tx, ctx, body.templateId);
      return this.insert(tx, ctx, draft);
    });
  }

  async update(ctx: RequestContext, id: string, body: z.infer<typeof UpdateCampaignBody>): Promise<CampaignRow> {
    return this.change(ctx, id, body, null);
  }

  /** Brings back what the draft said; what it says now is kept as a revision too. */
  async restore(ctx: RequestContext, id: string, version: number, revisionId: string): Promise<CampaignRow> {
    const { content } = await getRevision(this.db, { campaignId: id }, revisionId);
    return this.change(ctx, id, { version, content }, revisionId);
  }

  private async change(
    ctx: RequestContext,
    id: string,
    body: z.infer<typeof UpdateCampaignBody>,
    restoredFrom: string | null,
  ): Promise<CampaignRow> {
    return this.db.transaction(async (tx) => {
      const current = await findCampaign(tx, ctx.workspaceId, id);
      if (!current) throw notFound('campaign', id);
      if (current.status !== 'draft') throw refuse('edit', current.status);
      const { version, ...changes } = body;
      const before = toBody(current);
      const { templateId } = changes;
      if (templateId) before.content = await this.contentOf(tx, ctx, templateId);
      const draft = toDraft(applyPatch(CampaignBody, before, changes));
      await requireKnownIds(tx, ctx.workspaceId, draft, current);
      const row = await updateDraft(tx, ctx.workspaceId, id, version, draft);
      if (!row) {
        throw new DomainError('STALE_VERSION', 'Somebody has changed this campaign since you opened it.', {
          help: 'Look at the present state and apply your change to it.',
          extra: { current: toBody(current), currentVersion: current.version },
        });
      }
      const kept = { before: current.content, after: row.content, restoredFrom };
      await recordRevision(tx, ctx, { campaignId: id }, kept);
      return row;
    });
  }

  async duplicate(ctx: RequestContext, id: string): Promise<CampaignRow> {
    const original = await this.get(ctx, id);
    const { name, ...rest } = toBody(original);
    const draft = toDraft({ ...rest, templateId: null, name: `${name} (2)`.slice(0, 200) });
    return this.db.transaction(async (tx) => {
      const copy = await this.insert(tx, ctx, draft);
      await copyAbTest(tx, id, copy.id);
      return copy;
    });
  }

  /**
   * A draft with the same content for those who did not open a campaign, or who clicked in it: of a tested one that of
   * the variant that won or was chosen, which most of them got.
   * @throws DomainError CAMPAIGN_NOT_STARTED
   */
  async followUp(ctx: RequestContext, id: string, to: FollowUp): Promise<CampaignRow> {
    const original = await this.get(ctx, id);
    return this.db.transaction(async (tx) => {
      const { name, segmentId } = await prepareFollowUp(tx, original, to);
      const audience = { lists: [], excludeLists: [], segments: [segmentId], excludeSegments: [] };
      const { fromName, content } = followedVariant(original, await findAbTest(tx, id));
      const from = { name: fromName, address: original.fromAddress };
      return this.insert(tx, ctx, toDraft({ ...toBody(original), name, audience, from, content, templateId: null }));
    });
  }

  async remove(ctx: RequestContext, id: string): Promise<void> {
    const row = await this.get(ctx, id);
    const gone =
      (await deleteDraft(this.db, ctx.workspaceId, id)) || (await archiveCampaign(this.db, ctx.workspaceId, id));
    if (!gone) throw refuse('edit', row.status);
    await audit(this.db, ctx, 'campaign.removed', `campaign:${id}`, { name: row.name }, null);
  }

  /** Starts, or with `undoSeconds` waits that long, so that a person can take it back. */
  async start(ctx: RequestContext, id: string, undoSeconds = 0): Promise<CampaignRow> {
    if (undoSeconds > 0) {
      const now = Date.now();
      const departure = { now, at: now + undoSeconds * 1_000 };
      await requireReady(this.db, this.compiler, await this.get(ctx, id), 'start', departure);
      // No zone: nobody chose this time, so taking it back leaves no date behind.
      return this.move(ctx, id, 'schedule', UNDO_WINDOW, [undoSeconds]);
    }
    return startCampaign({ db: this.db, queue: this.queue, compiler: this.compiler }, ctx.workspaceId, id, ctx.actor);
  }

  async schedule(ctx: RequestContext, id: string, body: z.infer<typeof ScheduleBody>): Promise<CampaignRow> {
    const campaign = await this.get(ctx, id);
    const wall = body.inRecipientZone ? readWallClock(body) : null;
    const at = wall === null ? readScheduleTime(body, Date.now()) : null;
    if (wall !== null) requireZonesFit(campaign, await findAbTest(this.db, id));
    const departure = { now: Date.now(), at: at?.getTime() ?? null };
    await requireReady(this.db, this.compiler, campaign, 'schedule', departure);
    const { timezone } = body;
    const begins = wall === null ? at : await beginOfZones(this.db, campaign, { wall, timezone }, Date.now());
    const set = 'scheduled_at = $4, timezone = $5, recipient_time = $6';
    return this.move(ctx, id, 'schedule', set, [begins, timezone, wall]);
  }

  /** When whom of an audience a schedule in the recipients' time zones would reach. */
  planZones(ctx: RequestContext, { audience, at, timezone }: z.infer<typeof ZonePlanBody>) {
    const { workspaceId } = ctx;
    const wall = readWallClock({ at });
    return planZones(this.db, { workspaceId, audience }, { wall, timezone }, Date.now());
  }

  async zonePlan(ctx: RequestContext, id: string): Promise<z.infer<typeof ZonePlan>> {
    return zonePlanOf(this.db, await this.get(ctx, id), Date.now());
  }

  /** Back to the draft. A date that somebody chose stays with it, to begin from the next time. */
  unschedule(ctx: RequestContext, id: string): Promise<CampaignRow> {
    const kept = 'scheduled_at = CASE WHEN timezone IS NULL THEN NULL ELSE scheduled_at END';
    return this.move(ctx, id, 'unschedule', kept);
  }

  pause(ctx: RequestContext, id: string): Promise<CampaignRow> {
    return this.move(ctx, id, 'pause', `stop_reasons = '[]'`);
  }

  async resume(ctx: RequestContext, id: string): Promise<CampaignRow> {
    // The deadline is time in which one may send: a pause does not count. Nor may a limited campaign make up for it.
    const pause = '(now() - coalesce(paused_at, now()))';
    const times = `deadline_at = deadline_at + ${pause},
      delayed_by = CASE WHEN hourly_limit IS NULL THEN delayed_by ELSE delayed_by + ${pause} END`;
    const row = await this.move(ctx, id, 'resume', `stop_reasons = '[]', ${times}`);
    await this.queue.add('campaign.prepare', { campaignId: id }, { dedupe: id });
    await this.queue.add('batch.ready', { campaignId: id });
    return row;
  }

  cancel(ctx: RequestContext, id: string): Promise<CampaignRow> {
    return this.move(ctx, id, 'cancel', 'finished_at = now()');
  }

  /** Starts what is due; called by every sender's clock, one call after the other. */
  startDue(): Promise<void> {
    return this.due.start();
  }

  private async move(ctx: RequestContext, id: string, action: CampaignAction, set: string, values: unknown[] = []) {
    return this.db.transaction(async (tx) => {
      const before = await findCampaign(tx, ctx.workspaceId, id);
      if (!before) throw notFound('campaign', id);
      const row = await moveCampaign(tx, id, CAMPAIGN_ACTIONS[action].from, CAMPAIGN_ACTIONS[action].to, set, values);
      if (!row) throw refuse(action, before.status);
      if (action === 'schedule') await holdAudience(tx, row);
      await audit(tx, ctx, `campaign.${action}`, `campaign:${id}`, { status: before.status }, { status: row.status });
      return row;
    });
  }

  private async insert(tx: Transaction, ctx: RequestContext, draft: CampaignDraft): Promise<CampaignRow> {
    const row = await insertCampaign(tx, ctx.workspaceId, draft);
    if (!row) throw new Error('the campaign was not inserted');
    await audit(tx, ctx, 'campaign.created', `campaign:${row.id}`, null, { name: row.name });
    return row;
  }

  private async contentOf(sql: Sql, ctx: RequestContext, templateId: string): Promise<CampaignRow['content']> {
    const content = await findTemplateContent(sql, ctx.workspaceId, templateId);
    if (!content) throw invalid('templateId', 'TEMPLATE_UNKNOWN', 'There is no such template in this workspace.');
    return content;
  }
}

const UNDO_WINDOW = 'scheduled_at = now() + make_interval(secs => $4), timezone = NULL, recipient_time = NULL';

/** A body that says everything; only the creation may leave something to the workspace. */
type WholeBody = z.infer<typeof CampaignBody> & Pick<CampaignDraft, 'utm'>;

function toDraft(body: WholeBody): CampaignDraft {
  const { from, templateId = null, ...rest } = body;
  return { ...rest, templateId, fromName: from.name, fromAddress: from.address };
}

function toBody(row: CampaignRow): WholeBody {
  return {
    name: row.name,
    from: { name: row.fromName, address: row.fromAddress },
    replyTo: row.replyTo,
    content: row.content,
    templateId: row.templateId,
    audience: row.audience,
    smtpAccounts: row.smtpAccounts,
    attachments: row.attachments,
    trackOpens: row.trackOpens,
    trackClicks: row.trackClicks,
    utm: row.utm,
    readReceipts: row.readReceipts,
    deliveryNotifications: row.deliveryNotifications,
    uncertain: row.uncertain,
    deadlineHours: row.deadlineHours,
    hourlyLimit: row.hourlyLimit,
  };
}
