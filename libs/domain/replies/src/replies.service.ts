import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, invalid, notFound } from '#contracts';
import type { Page, ReplyQuery, ReplyThread, ReplyThreadSummary, UpdateReplyBody } from '#contracts';
import { Database, decodeCursor, notOurs, requireIdInCursor, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { findAnswers } from './answer.repository.js';
import { toAnswerView, toMailView, toSummary } from './reply-view.js';
import { askForFlags } from './mailbox-flags.js';
import {
  countThreads,
  countUnread,
  findMails,
  findPeople,
  findThread,
  findThreads,
  markThreadRead,
  updateThread,
} from './thread.repository.js';
import type { ThreadRow } from './thread.repository.js';

type Summary = z.infer<typeof ReplyThreadSummary>;
const MOST_COUNTED = 1_000;

/** The reply inbox: what people wrote back, in threads that somebody takes care of. */
@Injectable()
export class RepliesService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext, query: ReplyQuery): Promise<Page<Summary>> {
    const filter = {
      q: query.q ? query.q.toLowerCase().replace(/\s+/g, ' ') : null,
      state: query.state ?? null,
      kind: query.kind ?? null,
      unread: query.unread ?? false,
      assignee: query.assignee === 'me' ? (userOf(ctx) ?? '0') : (query.assignee ?? null),
      campaignId: query.campaignId ?? null,
    };
    const page = { before: decodePlace(query.cursor), limit: query.limit };
    const rows = await findThreads(this.db, ctx.workspaceId, filter, page);
    const key = (row: ThreadRow) => [row.lastAt.toISOString(), row.id];
    const result: Page<Summary> = toPage(rows, query.limit, key, toSummary);
    if (query.count) result.total = await countThreads(this.db, ctx.workspaceId, filter);
    return result;
  }

  countUnread(ctx: RequestContext): Promise<number> {
    return countUnread(this.db, ctx.workspaceId, MOST_COUNTED);
  }

  /** @throws DomainError NOT_FOUND */
  async get(ctx: RequestContext, id: string): Promise<ReplyThread> {
    const row = await this.find(this.db, ctx, id);
    return {
      ...toSummary(row),
      version: row.version,
      note: row.note,
      sentMessageId: row.messageId,
      people: await findPeople(this.db, ctx.workspaceId),
      mails: (await findMails(this.db, id)).map(toMailView),
      answers: (await findAnswers(this.db, id)).map(toAnswerView),
    };
  }

  /** Somebody has opened the thread: its mails are read, here and, a moment later, in the mailbox. */
  async markRead(ctx: RequestContext, id: string): Promise<ReplyThread> {
    await this.db.transaction(async (tx) => {
      await this.find(tx, ctx, id, true);
      await askForFlags(tx, await markThreadRead(tx, id), 'seen');
    });
    return this.get(ctx, id);
  }

  /** @throws DomainError NOT_FOUND, STALE_VERSION, VALIDATION_FAILED at `assigneeId` */
  async update(ctx: RequestContext, id: string, body: UpdateReplyBody): Promise<ReplyThread> {
    await this.db.transaction(async (tx) => {
      const before = await this.find(tx, ctx, id, true);
      if (before.version !== body.version) {
        throw new DomainError('STALE_VERSION', 'Somebody has changed this thread, or a mail has come.', {
          extra: { current: before.version },
        });
      }
      const { assigneeId = before.assigneeId, state = before.state, note = before.note } = body;
      if (assigneeId !== null && !(await findPeople(tx, ctx.workspaceId)).some((person) => person.id === assigneeId)) {
        throw invalid('assigneeId', 'ASSIGNEE_UNKNOWN', 'No member of this workspace has this id.');
      }
      await updateThread(tx, id, { state, assigneeId, note });
      const old = { state: before.state, assigneeId: before.assigneeId, note: before.note };
      await audit(tx, ctx, 'reply.changed', `reply:${id}`, old, { state, assigneeId, note });
    });
    return this.get(ctx, id);
  }

  private async find(sql: Sql, ctx: RequestContext, id: string, lock = false): Promise<ThreadRow> {
    const row = await findThread(sql, ctx.workspaceId, id, lock);
    if (!row) throw notFound('thread', id);
    return row;
  }
}

/** The signed-in person; a program is nobody. */
export function userOf({ actor }: RequestContext): string | null {
  return actor.type === 'user' ? actor.id : null;
}

function decodePlace(cursor: string | undefined): { lastAt: string; id: string } | null {
  const values = decodeCursor(cursor, 2);
  if (!values) return null;
  const [lastAt, id] = values;
  if (typeof lastAt !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(lastAt)) throw notOurs();
  if (Number.isNaN(Date.parse(lastAt))) throw notOurs();
  return { lastAt, id: requireIdInCursor(id) };
}
