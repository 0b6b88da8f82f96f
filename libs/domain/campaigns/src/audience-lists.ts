import type { FieldError } from '#contracts';
import type { Sql } from '#platform/database';
import type { CampaignRow } from './campaign.repository.js';

const FIELDS = ['lists', 'excludeLists'] as const;

/**
 * What is wrong with a campaign's lists: those it names that no longer exist. A gone exclusion is as bad as a gone
 * audience, since everybody on it would be mailed.
 * @param lock in a transaction: none of the lists can be deleted until it ends
 */
export async function findGoneLists(
  sql: Sql,
  { workspaceId, audience }: Pick<CampaignRow, 'workspaceId' | 'audience'>,
  { lock = false } = {},
): Promise<FieldError[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM lists WHERE workspace_id = $1 AND id = ANY ($2::bigint[]) ORDER BY id${lock ? ' FOR KEY SHARE' : ''}`,
    [workspaceId, FIELDS.flatMap((field) => audience[field])],
  );
  const known = new Set(rows.map(({ id }) => id));
  return FIELDS.filter((field) => !audience[field].every((id) => known.has(id))).map((field) => ({
    property: `audience.${field}`,
    code: 'LIST_GONE',
    message:
      field === 'lists'
        ? 'One of the lists no longer exists. Choose again.'
        : 'One of the excluded lists no longer exists, so nobody on it would be left out. Choose again.',
  }));
}
