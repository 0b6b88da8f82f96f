import type { Database } from '#platform/database';
import { countJudged, keepCleaning, moveCleaning } from './cleaning.repository.js';
import type { CleaningRecord } from './cleaning.repository.js';
import { insertFindings } from './cleaning-rows.js';
import { CleaningStopped } from './cleaning-stopped.js';
import { findSilentContacts, findStillSilent } from './sunset.repository.js';

const PAGE = 2_000;

/**
 * Finds who is silent by the sunset rule that was frozen when this began, page by page as {@link judgeList} does.
 * @throws CleaningStopped when it was cancelled or taken over
 */
export async function judgeSilence(db: Database, row: CleaningRecord, signal: AbortSignal | undefined): Promise<void> {
  const { rule, kind, workspaceId, listId } = row;
  if (!rule) throw new Error(`cleaning ${row.id} has no rule`);
  for (;;) {
    signal?.throwIfAborted();
    const page =
      kind === 'invite'
        ? await findSilentContacts(db, workspaceId, rule, row.reached, PAGE)
        : await findStillSilent(db, workspaceId, listId, rule, row.reached, PAGE);
    if (page.last === null) break;
    row.reached = page.last;
    row.judged += page.size;
    const found = page.silent.length;
    row.verdicts = {
      risky: (row.verdicts.risky ?? 0) + found,
      valid: (row.verdicts.valid ?? 0) + page.size - found,
    };
    if (found > 0) row.reasons = { silent: (row.reasons.silent ?? 0) + found };
    await db.transaction(async (tx) => {
      if (!(await keepCleaning(tx, row))) throw new CleaningStopped();
      const findings = page.silent.map((contactId) => ({
        contactId,
        ...({ verdict: 'risky', reasons: ['silent'], suggestion: null } as const),
      }));
      await insertFindings(
        tx,
        row.id,
        findings.map((finding) => ({ ...finding, reasons: [...finding.reasons] })),
      );
      await countJudged(tx, row);
    });
  }
  await moveCleaning(db, row.id, ['judging'], 'ready');
}
