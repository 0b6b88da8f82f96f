import type { Sql } from '#platform/database';
import { csvLine } from './cell-text.js';
import { findImportErrors } from './import.repository.js';
import type { ImportRow } from './import.repository.js';

const PAGE = 1_000;

/**
 * The rows of an import that could not be taken, as CSV with a byte-order mark (spreadsheets need it for Chinese): the
 * line in the file, a stable code, the reason, then the row as it stood. No cell can run as a formula.
 */
export async function* writeErrorFile(sql: Sql, row: Pick<ImportRow, 'id' | 'plan'>): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['line', 'code', 'reason', ...(row.plan.header ?? [])])}`;
  let line = 0;
  for (;;) {
    const rows = await findImportErrors(sql, row.id, line, PAGE);
    if (rows.length > 0) yield rows.map((e) => csvLine([String(e.line), e.code, e.message, ...e.cells])).join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    line = last.line;
  }
}
