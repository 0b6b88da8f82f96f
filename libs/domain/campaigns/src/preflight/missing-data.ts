import type { Sql } from '#platform/database';
import type { AudienceRules } from '../audience-rules.js';
import { EVERYBODY, candidates } from '../audience-sql.js';

/** Variables that are looked at; more than any mail has. */
const VARIABLES_MAX = 50;

/** How many of those who would get it have nothing for a variable. */
export interface MissingData {
  variable: string;
  count: number;
  /** One of them. */
  address: string;
}

/** In SQL: whether contact `k` has nothing at `path`. */
const lacks = (path: string) =>
  `coalesce(CASE WHEN ${path} = 'name' THEN k.name ELSE k.fields->>substr(${path}, 8) END, '') = ''`;

/**
 * By variable, who of the audience would get a mail with a hole, by the statement of the preparation.
 * @param variables merge paths; those other than `name` and `fields.…` every recipient has
 */
export async function countMissing(
  sql: Sql,
  rules: AudienceRules,
  variables: readonly string[],
): Promise<MissingData[]> {
  const asked = variables.filter((path) => path === 'name' || path.startsWith('fields.')).slice(0, VARIABLES_MAX);
  if (asked.length === 0) return [];
  const { ctes, values } = candidates(rules, EVERYBODY, [asked]);
  return sql.rows(
    `WITH ${ctes}
     SELECT path AS variable, count(*)::int AS count, min(k.email) AS address
     FROM candidates c JOIN contacts k ON k.id = c.id CROSS JOIN unnest($6::text[]) AS path
     WHERE c.reason IS NULL AND ${lacks('path')}
     GROUP BY path ORDER BY count DESC, path`,
    values,
  );
}

/** Those of one variable by contact id, after the given one. */
export function findMissing(
  sql: Sql,
  rules: AudienceRules,
  variable: string,
  page: { after: string | null; limit: number },
): Promise<{ id: string; email: string; name: string }[]> {
  const range = { ...EVERYBODY, after: page.after ?? EVERYBODY.after };
  const { ctes, values } = candidates(rules, range, [variable, page.limit]);
  return sql.rows(
    `WITH ${ctes}
     SELECT k.id, k.email, k.name FROM candidates c JOIN contacts k ON k.id = c.id
     WHERE c.reason IS NULL AND ${lacks('$6::text')} ORDER BY k.id LIMIT $7`,
    values,
  );
}
