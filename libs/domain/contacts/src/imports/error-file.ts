import type { Locale } from '#contracts';
import type { Sql } from '#platform/database';
import { csvLine } from './cell-text.js';
import { ERROR_COLUMNS, wordRefusal } from './error-words.js';
import { findImportErrors } from './import.repository.js';
import type { ImportRow } from './import.repository.js';

const PAGE = 1_000;

/**
 * The rows of an import that could not be taken, as CSV with a byte-order mark (spreadsheets need it for Chinese): the
 * line in the file, a stable code, the reason in the reader's language, then the row as it stood. No cell can run as a
 * formula.
 */
export async function* writeErrorFile(
  sql: Sql,
  row: Pick<ImportRow, 'id' | 'plan'>,
  locale: Locale,
): AsyncGenerator<string> {
  const { header } = row.plan;
  yield `\uFEFF${csvLine([...ERROR_COLUMNS[locale], ...(header ?? [])])}`;
  let line = 0;
  for (;;) {
    const rows = await findImportErrors(sql, row, line, PAGE);
    const lines = rows.map((e) => csvLine([String(e.line), e.code, wordRefusal(e, header, locale), ...e.cells]));
    if (lines.length > 0) yield lines.join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    line = last.line;
  }
}
