import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { notFound } from '#contracts';
import type {
  CollectedMail,
  InboundContent,
  InboundDetail,
  InboundMessage,
  InboundQuery,
  InboundVerdict,
  Page,
} from '#contracts';
import { Database, decodeIdCursor, toPage } from '#platform/database';
import type { RequestContext } from '#domain/workspaces';
import { ContentReader } from './content-reader.js';
import { VISIBLE_MAIL } from './visible-mail.js';

interface Row extends Omit<z.infer<typeof InboundMessage>, 'receivedAt'> {
  receivedAt: Date;
}

const COLUMNS = `m.id, m.received_at AS "receivedAt", coalesce(b.name, 'smtp') AS source, m.from_address AS "from",
  m.subject, m.kind, m.trust, m.status, m.summary, m.campaign_id AS "campaignId", c.name AS "campaignName",
  r.email AS "contactEmail"`;
const JOINS = `inbound_messages m LEFT JOIN mailboxes b ON b.id = m.mailbox_id
  LEFT JOIN campaigns c ON c.id = m.campaign_id AND c.workspace_id = m.workspace_id
  LEFT JOIN campaign_recipients r ON r.campaign_id = m.campaign_id AND r.seq = m.seq`;

/**
 * What came back, for people: the log and the review queue. Mail without any valid token belongs to no workspace; the
 * owner of an installation with one workspace (demos apart) sees it there, others only what is theirs.
 */
@Injectable()
export class InboundService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(ContentReader) private readonly reader: ContentReader,
  ) {}

  async list(ctx: RequestContext, query: z.infer<typeof InboundQuery>): Promise<Page<z.infer<typeof InboundMessage>>> {
    const before = decodeIdCursor(query.cursor);
    const rows = await this.db.rows<Row>(
      `SELECT ${COLUMNS} FROM ${JOINS}
       WHERE ${VISIBLE_MAIL} AND ($2::bigint IS NULL OR m.id < $2) AND ($3::text IS NULL OR m.kind = $3)
         AND ($4::text IS NULL OR m.trust = $4) AND (NOT $5::boolean OR (m.status IN ('review', 'quarantined') AND NOT EXISTS (
           SELECT 1 FROM inbound_verdicts v WHERE v.inbound_message_id = m.id)))
         AND ($6::text IS NULL OR position(lower($6) IN lower(m.subject || ' ' || m.from_address)) > 0)
       ORDER BY m.id DESC LIMIT $7`,
      [
        ctx.workspaceId,
        before,
        query.kind ?? null,
        query.trust ?? null,
        query.review ?? false,
        query.q ?? null,
        query.limit + 1,
      ],
    );
    return toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }),
    );
  }

  async get(ctx: RequestContext, id: string): Promise<z.infer<typeof InboundDetail>> {
    const row = await this.db.first<Row & { verdict: InboundVerdict | null; size: number }>(
      `SELECT ${COLUMNS}, m.verdict, length(m.raw) AS size FROM ${JOINS} WHERE ${VISIBLE_MAIL} AND m.id = $2`,
      [ctx.workspaceId, id],
    );
    if (!row) throw notFound('inbound message', id);
    const { verdict, ...rest } = row;
    return {
      ...rest,
      receivedAt: row.receivedAt.toISOString(),
      recipients: verdict?.recipients ?? [],
      visibleReply: verdict?.visibleReply ?? null,
      awayUntil: verdict?.awayUntil ?? null,
    };
  }

  async raw(ctx: RequestContext, id: string): Promise<Buffer> {
    const row = await this.db.first<{ raw: Buffer }>(
      `SELECT m.raw FROM inbound_messages m WHERE ${VISIBLE_MAIL} AND m.id = $2`,
      [ctx.workspaceId, id],
    );
    if (!row) throw notFound('inbound message', id);
    return row.raw;
  }

  /**
   * A mail to be read by a person: its text, its HTML sanitised, its attachments by name. What passes a limit has none
   * of these and says so.
   */
  async content(ctx: RequestContext, id: string): Promise<z.infer<typeof InboundContent>> {
    const content = await this.reader.content(await this.raw(ctx, id));
    return content
      ? { ...content, readable: true }
      : { text: '', full: '', html: null, remoteImages: 0, attachments: [], readable: false };
  }

  /**
   * The HTML of a mail with its remote images, for a sandboxed frame and under {@link POLICY_WITH_IMAGES}.
   * @throws DomainError NOT_FOUND, also where the mail has no HTML
   */
  async page(ctx: RequestContext, id: string): Promise<string> {
    const html = await this.reader.page(await this.raw(ctx, id));
    if (html === null) throw notFound('HTML of the inbound message', id);
    return html;
  }

  /** @throws DomainError NOT_FOUND */
  async attachment(ctx: RequestContext, id: string, part: number): Promise<{ name: string; bytes: Uint8Array }> {
    const found = await this.reader.attachment(await this.raw(ctx, id), part);
    if (!found) throw notFound('attachment', String(part));
    return { name: found.file.name || `attachment-${part}`, bytes: found.bytes };
  }

  /** What each mailbox of the workspace has brought, by kind. */
  async collected(ctx: RequestContext): Promise<z.infer<typeof CollectedMail>> {
    const items = await this.db.rows<z.infer<typeof CollectedMail>['items'][number]>(
      `SELECT mailbox_id AS "mailboxId", kind, count(*)::int AS count FROM inbound_messages
       WHERE mailbox_id IN (SELECT id FROM mailboxes WHERE workspace_id = $1) GROUP BY mailbox_id, kind`,
      [ctx.workspaceId],
    );
    return { items };
  }
}
