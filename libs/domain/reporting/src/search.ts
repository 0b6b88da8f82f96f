import type { z } from 'zod';
import type { Permission, SearchKind, SearchResult } from '#contracts';
import type { Sql } from '#platform/database';
import { containsPattern } from '#domain/contacts';

type Item = z.infer<typeof SearchResult>['items'][number];

/** Of each kind. */
const MOST = 5;
/**
 * Contacts looked through for a part of a name or address, the newest first; the beginning of an address is found among
 * all. Their own list looks through all, which takes a second at a million.
 */
const CONTACTS_READ = 50_000;

/** `$1` workspace, `$2` LIKE pattern in lower case, `$3` the words themselves in lower case. */
const STATEMENTS: Record<SearchKind, { needs: Permission; sql: string }> = {
  campaign: {
    needs: 'campaigns.read',
    sql: `SELECT id, name, status AS detail FROM campaigns
      WHERE workspace_id = $1 AND (lower(name) LIKE $2 OR lower(coalesce(content->>'subject', '')) LIKE $2)`,
  },
  contact: {
    needs: 'contacts.read',
    // Index: contacts_canonical for the beginning, contacts_page for the newest.
    sql: `SELECT id, coalesce(nullif(name, ''), email) AS name, email AS detail FROM (
        (SELECT id, name, email FROM contacts WHERE workspace_id = $1 AND canonical >= $3 AND canonical < $3 || chr(1114111)
         ORDER BY canonical LIMIT ${MOST})
        UNION
        (SELECT id, name, email FROM (
           SELECT id, name, email, canonical FROM contacts WHERE workspace_id = $1 ORDER BY id DESC LIMIT ${CONTACTS_READ}) newest
         WHERE canonical LIKE $2 OR lower(name) LIKE $2 LIMIT ${MOST})) c WHERE true`,
  },
  list: {
    needs: 'contacts.read',
    sql: `SELECT id, name, '' FROM lists WHERE workspace_id = $1 AND lower(name) LIKE $2`,
  },
  segment: {
    needs: 'contacts.read',
    sql: `SELECT id, name, '' FROM segments WHERE workspace_id = $1 AND deleted_at IS NULL AND lower(name) LIKE $2`,
  },
  template: {
    needs: 'content.read',
    sql: `SELECT id, name, '' FROM templates WHERE workspace_id = $1 AND lower(name) LIKE $2`,
  },
};

/** The best few of each kind that the caller may see: what begins with the words first, then the newest. */
export async function searchWorkspace(
  sql: Sql,
  workspaceId: string,
  permissions: ReadonlySet<Permission>,
  q: string,
): Promise<Item[]> {
  const kinds = Object.entries(STATEMENTS).filter(([, { needs }]) => permissions.has(needs));
  if (kinds.length === 0) return [];
  const parts = kinds.map(
    ([
      kind,
      statement,
    ]) => `(SELECT '${kind}' AS kind, id::text, name, detail FROM (${statement.sql}) f (id, name, detail)
      ORDER BY strpos(lower(name), $3) = 1 DESC, f.id DESC LIMIT ${MOST})`,
  );
  const words = q.toLowerCase().replaceAll('\0', '');
  // Every statement knows all three values, whichever kinds there are.
  const known = `WITH asked AS (SELECT $1::bigint, $2::text, $3::text)`;
  return sql.rows<Item>(`${known} ${parts.join(' UNION ALL ')}`, [workspaceId, containsPattern(words), words]);
}
