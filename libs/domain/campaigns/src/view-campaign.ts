import type { z } from 'zod';
import type { Attachment, Campaign } from '#contracts';
import type { Sql } from '#platform/database';
import type { CampaignRow } from './campaign.repository.js';

/** A campaign as the API shows it, with the files it carries in the order they were added. */
export async function viewCampaign(sql: Sql, row: CampaignRow): Promise<z.infer<typeof Campaign>> {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    status: row.status,
    stopReasons: row.stopReasons,
    from: { name: row.fromName, address: row.fromAddress },
    replyTo: row.replyTo,
    content: row.content,
    templateId: row.templateId,
    audience: row.audience,
    smtpAccounts: row.smtpAccounts,
    attachments: await attachmentsOf(sql, row),
    trackOpens: row.trackOpens,
    trackClicks: row.trackClicks,
    utm: row.utm,
    readReceipts: row.readReceipts,
    deliveryNotifications: row.deliveryNotifications,
    uncertain: row.uncertain,
    deadlineHours: row.deadlineHours,
    hourlyLimit: row.hourlyLimit,
    scheduledAt: instant(row.scheduledAt),
    timezone: row.timezone,
    recipientTime: row.recipientTime,
    startedAt: instant(row.startedAt),
    preparedAt: instant(row.preparedAt),
    finishedAt: instant(row.finishedAt),
    testedAt: instant(row.testedAt),
    archivedAt: instant(row.archivedAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function attachmentsOf(sql: Sql, row: CampaignRow): Promise<Array<z.infer<typeof Attachment>>> {
  if (row.attachments.length === 0) return Promise.resolve([]);
  return sql.rows(
    `SELECT a.id, a.name, a.content_type AS "contentType", length(a.bytes) AS bytes
     FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted (id, place)
     JOIN attachments a ON a.id = wanted.id AND a.workspace_id = $1
     ORDER BY wanted.place`,
    [row.workspaceId, row.attachments],
  );
}

function instant(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
