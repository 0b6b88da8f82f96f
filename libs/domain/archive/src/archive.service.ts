import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, notFound } from '#contracts';
import type { Archive, ArchiveBody, ArchiveCampaign, Page, PageQuery } from '#contracts';
import { Settings } from '#platform/config';
import { Database, isUniqueViolation, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { containsPattern, decodeIdCursor } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import {
  countShown,
  findSentCampaigns,
  findSettings,
  hideCampaign,
  saveSettings,
  showCampaign,
} from './archive.repository.js';

type View = z.infer<typeof Archive>;
type Campaign = z.infer<typeof ArchiveCampaign>;

/** What the public page with earlier campaigns says, and which campaigns it shows. */
@Injectable()
export class ArchiveService {
  private readonly root: string;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Settings) settings: Settings,
  ) {
    this.root = settings.get('TRACKING_URL').replace(/\/+$/, '');
  }

  get(ctx: RequestContext): Promise<View> {
    return this.view(this.db, ctx);
  }

  /** @throws DomainError ALREADY_EXISTS at `slug` when another workspace has it */
  async set(ctx: RequestContext, { slug, ...body }: z.infer<typeof ArchiveBody>): Promise<View> {
    try {
      return await this.db.transaction(async (tx) => {
        const before = await findSettings(tx, ctx.workspaceId);
        const after = { ...body, slug: slug ?? randomBytes(12).toString('hex') };
        await saveSettings(tx, ctx.workspaceId, after);
        await audit(tx, ctx, 'archive.changed', `workspace:${ctx.workspaceId}`, before ?? null, after);
        return this.view(tx, ctx);
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new DomainError('ALREADY_EXISTS', `The address ${slug} is taken.`, {
        property: 'slug',
        help: 'Choose another one.',
      });
    }
  }

  /** Campaigns that were sent, newest first, each with whether the page shows it. */
  async campaigns(ctx: RequestContext, query: PageQuery): Promise<Page<Campaign>> {
    const q = containsPattern(query.q);
    const before = decodeIdCursor(query.cursor);
    const rows = await findSentCampaigns(this.db, ctx.workspaceId, { q, before, limit: query.limit + 1 });
    return toPage(
      rows,
      query.limit,
      (row) => [row.id],
      ({ startedAt, ...row }) => ({ ...row, startedAt: startedAt.toISOString() }),
    );
  }

  /** @throws DomainError NOT_FOUND unless it is a campaign of the workspace that was sent to its end */
  async show(ctx: RequestContext, id: string, shown: boolean): Promise<Campaign> {
    return this.db.transaction(async (tx) => {
      const [row] = await findSentCampaigns(tx, ctx.workspaceId, { id, q: null, before: null, limit: 1 });
      if (!row) throw notFound('sent campaign', id);
      if (row.shown !== shown) {
        if (shown) await showCampaign(tx, ctx.workspaceId, id);
        else await hideCampaign(tx, ctx.workspaceId, id);
        await audit(tx, ctx, 'archive.campaign', `campaign:${id}`, { shown: row.shown }, { shown });
      }
      return { ...row, startedAt: row.startedAt.toISOString(), shown };
    });
  }

  private async view(sql: Sql, { workspaceId }: RequestContext): Promise<View> {
    const settings = await findSettings(sql, workspaceId);
    const shown = await countShown(sql, workspaceId);
    if (!settings) return { enabled: false, slug: null, title: '', intro: '', indexed: false, url: null, shown };
    return { ...settings, url: `${this.root}/a/${settings.slug}`, shown };
  }
}
