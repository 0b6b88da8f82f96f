import type { Sql } from '#platform/database';
import { csvLine } from '#domain/contacts';
import { findSuppressions } from './suppression.repository.js';
import type { SuppressionFilter } from './suppression.repository.js';

const PAGE = 1_000;
const HEADER = ['address', 'reason', 'note', 'detail', 'campaign', 'added', 'expires'];

/** The list as CSV with a byte-order mark (spreadsheets need it for Chinese), newest first; can be imported again. */
export async function* exportSuppressions(
  sql: Sql,
  workspaceId: string,
  filter: SuppressionFilter,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(HEADER)}`;
  let before: string | null = null;
  for (;;) {
    const rows = await findSuppressions(sql, workspaceId, filter, { before, limit: PAGE });
    const page = rows.slice(0, PAGE);
    const lines = page.map((row) =>
      csvLine([
        ...[row.address, row.reason, row.note, row.detail, row.campaignName ?? ''],
        ...[row.createdAt.toISOString(), row.expiresAt?.toISOString() ?? ''],
      ]),
    );
    if (lines.length > 0) yield lines.join('');
    if (rows.length <= PAGE) return;
    before = page.at(-1)!.id;
  }
}
