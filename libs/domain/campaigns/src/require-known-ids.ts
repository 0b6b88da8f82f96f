import { DomainError } from '#contracts';
import type { FieldError } from '#contracts';
import type { Sql } from '#platform/database';
import type { CampaignDraft } from './campaign.repository.js';

interface Reference {
  property: string;
  table: 'attachments' | 'smtp_accounts' | 'lists' | 'segments';
  code: string;
  what: string;
  ids(draft: CampaignDraft): string[];
}

/** Everything of a campaign that names something else of its workspace. */
const REFERENCES: Reference[] = [
  {
    property: 'audience.lists',
    table: 'lists',
    code: 'LIST_UNKNOWN',
    what: 'list',
    ids: (draft) => draft.audience.lists,
  },
  {
    property: 'audience.excludeLists',
    table: 'lists',
    code: 'LIST_UNKNOWN',
    what: 'list',
    ids: (draft) => draft.audience.excludeLists,
  },
  {
    property: 'audience.segments',
    table: 'segments',
    code: 'SEGMENT_UNKNOWN',
    what: 'segment',
    ids: (draft) => draft.audience.segments,
  },
  {
    property: 'audience.excludeSegments',
    table: 'segments',
    code: 'SEGMENT_UNKNOWN',
    what: 'segment',
    ids: (draft) => draft.audience.excludeSegments,
  },
  {
    property: 'smtpAccounts',
    table: 'smtp_accounts',
    code: 'SMTP_ACCOUNT_UNKNOWN',
    what: 'SMTP account',
    ids: (draft) => draft.smtpAccounts,
  },
  {
    property: 'attachments',
    table: 'attachments',
    code: 'ATTACHMENT_UNKNOWN',
    what: 'attachment',
    ids: (draft) => draft.attachments,
  },
];

/**
 * Refuses ids that name nothing in the workspace. What the campaign named before may have gone since: that is the
 * checklist's affair and must not stop a change of something else.
 * @param before the campaign as it was; null for a new one
 * @throws DomainError VALIDATION_FAILED with every wrong id at its place
 */
export async function requireKnownIds(
  sql: Sql,
  workspaceId: string,
  draft: CampaignDraft,
  before: CampaignDraft | null,
): Promise<void> {
  const errors: FieldError[] = [];
  for (const reference of REFERENCES) {
    const ids = reference.ids(draft);
    const earlier = new Set(before ? reference.ids(before) : []);
    if (ids.every((id) => earlier.has(id))) continue;
    const rows = await sql.rows<{ id: string }>(
      `SELECT id FROM ${reference.table} WHERE workspace_id = $1 AND id = ANY ($2::bigint[])${
        reference.table === 'segments' ? ' AND deleted_at IS NULL' : ''
      }`,
      [workspaceId, ids],
    );
    const known = new Set([...earlier, ...rows.map(({ id }) => id)]);
    for (const [index, id] of ids.entries()) {
      if (known.has(id)) continue;
      const message = `There is no ${reference.what} ${id} in this workspace.`;
      errors.push({ property: `${reference.property}.${index}`, code: reference.code, message });
    }
  }
  if (errors.length === 0) return;
  throw new DomainError('VALIDATION_FAILED', errors.map(({ message }) => message).join(' '), {
    errors,
    help: 'Take these ids out, or put those of existing ones.',
  });
}
