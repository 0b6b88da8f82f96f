import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, ROLE_PERMISSIONS, notFound } from '#contracts';
import type { CreateWorkspaceBody, Page, PageQuery, Permission, UpdateWorkspaceBody, Workspace } from '#contracts';
import { Database, decodeIdCursor, toPage } from '#platform/database';
import { audit } from './audit.js';
import type { RequestContext } from './request-context.js';
import type { PrepareWorkspace } from './setup.service.js';
import {
  countMemberWorkspaces,
  findRole,
  findWorkspace,
  insertMember,
  insertWorkspace,
  listMemberWorkspaces,
  updateWorkspace,
} from './workspace.repository.js';
import type { WorkspaceRow } from './workspace.repository.js';

type WorkspaceView = z.output<typeof Workspace>;

/** Workspaces (brands) and who belongs to them. */
@Injectable()
export class WorkspacesService {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** The workspaces the caller may enter; a key has exactly one. */
  async list(ctx: RequestContext, query: PageQuery): Promise<Page<WorkspaceView>> {
    if (ctx.actor.type !== 'user') return { items: [await this.get(ctx, ctx.workspaceId)], nextCursor: null };
    const after = decodeIdCursor(query.cursor);
    const q = query.q || null;
    const rows = await listMemberWorkspaces(this.db, ctx.actor.id, { after, limit: query.limit + 1, q });
    const page = toPage(rows, query.limit, (row) => [row.id], toView);
    return query.count ? { ...page, total: await countMemberWorkspaces(this.db, ctx.actor.id, q) } : page;
  }

  /** @throws DomainError NOT_FOUND also for a workspace the caller does not belong to */
  async get(ctx: RequestContext, id: string): Promise<WorkspaceView> {
    await this.requireInside(ctx, id, 'workspace.read');
    return toView((await findWorkspace(this.db, id))!);
  }

  /** Makes a workspace that the caller owns. Keys belong to one workspace and make none. */
  async create(
    ctx: RequestContext,
    body: z.output<typeof CreateWorkspaceBody>,
    prepare: PrepareWorkspace,
  ): Promise<WorkspaceView> {
    const { actor } = ctx;
    if (actor.type !== 'user') throw new DomainError('FORBIDDEN', 'An API key can’t make workspaces.');
    return this.db.transaction(async (tx) => {
      const row = await insertWorkspace(tx, body);
      await insertMember(tx, row.id, actor.id, 'owner');
      await prepare(tx, row.id);
      await audit(tx, { workspaceId: row.id, actor }, 'workspace.created', `workspace:${row.id}`, null, body);
      return toView(row);
    });
  }

  /** @throws DomainError NOT_FOUND, FORBIDDEN, STALE_VERSION with the current state */
  async update(
    ctx: RequestContext,
    id: string,
    { version, ...change }: z.output<typeof UpdateWorkspaceBody>,
  ): Promise<WorkspaceView> {
    await this.requireInside(ctx, id, 'workspace.admin');
    return this.db.transaction(async (tx) => {
      const before = toView((await findWorkspace(tx, id, true))!);
      if (before.version !== version) {
        throw new DomainError('STALE_VERSION', 'Somebody changed this workspace in the meantime.', {
          help: 'Take the current state, apply your change, and send its version.',
          extra: { current: before },
        });
      }
      const after = toView(await updateWorkspace(tx, id, change));
      await audit(tx, { ...ctx, workspaceId: id }, 'workspace.changed', `workspace:${id}`, before, after);
      return after;
    });
  }

  /** The permission counts in the workspace named by the path, which need not be the one of the request. */
  private async requireInside(ctx: RequestContext, id: string, permission: Permission): Promise<void> {
    if (id === ctx.workspaceId) return;
    const role = ctx.actor.type === 'user' ? await findRole(this.db, id, ctx.actor.id) : null;
    if (!role) throw notFound('workspace', id);
    if (!ROLE_PERMISSIONS[role].includes(permission)) {
      throw new DomainError('FORBIDDEN', 'Your role in that workspace does not allow this.');
    }
  }
}

function toView(row: WorkspaceRow): WorkspaceView {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    locale: row.locale,
    timezone: row.timezone,
    postalAddress: row.postal_address,
    undoSeconds: row.undo_seconds,
    utm: row.utm,
    demo: row.demo,
    createdAt: row.created_at.toISOString(),
  };
}
