import { PHRASES_MAX } from '#engine/bounce-rules';
import type { PhraseRule } from '#engine/bounce-rules';
import type { Sql } from '#platform/database';

/** What people of a workspace have taught the classifier, oldest first; at most 200. */
export function findPhrases(sql: Sql, workspaceId: string): Promise<PhraseRule[]> {
  return sql.rows<PhraseRule>(
    `SELECT id, phrase, kind, reason FROM learned_phrases WHERE workspace_id = $1 ORDER BY id LIMIT ${PHRASES_MAX}`,
    [workspaceId],
  );
}
