import { Inject, Injectable } from '@nestjs/common';
import { DomainError, notFound } from '#contracts';
import type { Locale } from '#contracts';
import { Database } from '#platform/database';
import type { Transaction } from '#platform/database';
import { ensureSandboxAccount } from '#domain/senders';
import { ContentCompiler, TemplatesService } from '#domain/templates';
import type { RequestContext } from '#domain/workspaces';
import { addAudiences } from './audiences.js';
import { CAMPAIGNS, addCampaign } from './campaigns.js';
import type { DemoContent, DemoPlace } from './campaigns.js';
import { addPeople } from './people.js';
import { addPurchases } from './purchases.js';
import { addReplies } from './replies.js';

/** Some seconds of work on a quiet machine. */
const TIMEOUT_MS = 300_000;
const NAME: Record<Locale, string> = { 'zh-CN': '青山茶舍（演示）', en: 'Green Hill Tea (demo)' };
const ADDRESS: Record<Locale, string> = { 'zh-CN': '杭州市西湖区龙井路 1 号', en: '1 Longjing Road, Hangzhou' };

/** A workspace full of invented people and a year of mail to them, to look around in; gone again by one call. */
@Injectable()
export class DemoService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(TemplatesService) private readonly templates: TemplatesService,
    @Inject(ContentCompiler) private readonly compiler: ContentCompiler,
  ) {}

  /**
   * Makes the demo workspace; the caller owns it. Each person has one at most.
   * @returns its id, also where it was there before
   * @throws DomainError FORBIDDEN for an API key
   */
  async create(ctx: RequestContext, locale: Locale): Promise<{ id: string }> {
    const { actor } = ctx;
    if (actor.type !== 'user') throw new DomainError('FORBIDDEN', 'An API key can’t make workspaces.');
    const contents = await this.compileStarters(locale);
    return this.db.transaction(
      async (tx) => {
        // Two clicks at once make one.
        await tx.run('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [actor.id]);
        const known = await tx.first<{ id: string }>(
          `SELECT w.id FROM workspaces w JOIN workspace_members m ON m.workspace_id = w.id
           WHERE w.demo AND m.user_id = $1 AND m.role = 'owner'`,
          [actor.id],
        );
        if (known) return known;
        const place = await this.furnish(tx, actor.id, locale);
        for (const { body, name } of contents) await addTemplate(tx, place.workspaceId, name, body);
        const campaignIds: string[] = [];
        for (const [index, demo] of CAMPAIGNS.entries()) {
          campaignIds.push(await addCampaign(tx, place, demo, contents[index % contents.length]!));
        }
        await addReplies(tx, place, campaignIds);
        await addPurchases(tx, place);
        await addAudiences(tx, place);
        return { id: place.workspaceId };
      },
      { timeoutMs: TIMEOUT_MS },
    );
  }

  /**
   * Removes a demo workspace with everything in it, and the colleague who lives there only.
   * @throws DomainError NOT_FOUND for a workspace the caller does not own, WORKSPACE_NOT_DEMO for a real one; a key can't
   * remove the workspace it belongs to
   */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    const { actor } = ctx;
    const userId = actor.type === 'user' ? actor.id : null;
    await this.db.transaction(
      async (tx) => {
        const row = await tx.first<{ demo: boolean }>(
          `SELECT w.demo FROM workspaces w JOIN workspace_members m ON m.workspace_id = w.id
           WHERE w.id = $1 AND m.user_id = $2 AND m.role = 'owner' FOR UPDATE OF w`,
          [id, userId],
        );
        if (!row) throw notFound('workspace', id);
        if (!row.demo) {
          throw new DomainError('WORKSPACE_NOT_DEMO', 'Only a demo workspace can be removed with everything in it.');
        }
        // Neither the ledger nor the history nor what bounces write hangs on a foreign key.
        for (const table of ['events', 'suppressions', 'hygiene_hits', 'inbound_messages']) {
          await tx.run(`DELETE FROM ${table} WHERE workspace_id = $1`, [id]);
        }
        await tx.run(
          'DELETE FROM campaign_recipients WHERE campaign_id IN (SELECT id FROM campaigns WHERE workspace_id = $1)',
          [id],
        );
        await tx.run(`DELETE FROM users WHERE email = $1`, [colleague(id)]);
        await tx.run('DELETE FROM workspaces WHERE id = $1', [id]);
      },
      { timeoutMs: TIMEOUT_MS },
    );
  }

  private async compileStarters(locale: Locale): Promise<Array<DemoContent & { name: string }>> {
    const starters = this.templates.starters().filter((starter) => starter.locale === locale);
    return Promise.all(
      starters.map(async ({ key: _key, locale: _locale, description: _text, name, ...body }) => {
        const compiled = await this.compiler.compileValid(body, { trackLinks: true });
        return { name, body, compiled };
      }),
    );
  }

  private async furnish(tx: Transaction, userId: string, locale: Locale): Promise<DemoPlace> {
    const workspace = await tx.first<{ id: string }>(
      `INSERT INTO workspaces (name, locale, timezone, postal_address, demo)
       SELECT $1, $2, coalesce((SELECT timezone FROM users WHERE id = $4), 'Asia/Shanghai'), $3, true RETURNING id`,
      [NAME[locale], locale, ADDRESS[locale], userId],
    );
    const workspaceId = workspace?.id ?? '';
    await tx.run(
      `WITH other AS (
         INSERT INTO users (email, name, password_hash, locale, timezone, disabled_at)
         VALUES ($3, $4, '', $5, 'Asia/Shanghai', now()) RETURNING id)
       INSERT INTO workspace_members (workspace_id, user_id, role)
       SELECT $1::bigint, $2::bigint, 'owner' UNION ALL SELECT $1::bigint, id, 'member' FROM other`,
      [workspaceId, userId, colleague(workspaceId), locale === 'zh-CN' ? '林小雨' : 'Robin Hart', locale],
    );
    await ensureSandboxAccount(tx, workspaceId);
    const account = await tx.first<{ id: string }>('SELECT id FROM smtp_accounts WHERE workspace_id = $1', [
      workspaceId,
    ]);
    const lists = await addPeople(tx, workspaceId, locale);
    return { workspaceId, locale, lists, accountId: account?.id ?? '' };
  }
}

/** Address of the second person of a demo workspace, who can't sign in. */
const colleague = (workspaceId: string) => `colleague-${workspaceId}@demo.test`;

async function addTemplate(
  tx: Transaction,
  workspaceId: string,
  name: string,
  body: DemoContent['body'],
): Promise<void> {
  await tx.run('INSERT INTO templates (workspace_id, name, content) VALUES ($1, $2, $3)', [
    workspaceId,
    name,
    JSON.stringify(body),
  ]);
}
