import type { SegmentRule } from '#contracts';
import { SqlParameters, segmentCondition } from '#engine/segment-query';
import type { AudienceRules } from './audience-rules.js';

/**
 * In SQL: whether some mail has reached a contact, so that an import that is held does not hold them back.
 * Index campaign_recipients_contact.
 */
export const reached = (contact: string) => `EXISTS (SELECT 1 FROM campaign_recipients p
  WHERE p.contact_id = ${contact} AND p.accepted_at IS NOT NULL AND p.bounced_at IS NULL)`;

/** Highest possible contact id: the upper bound of a count before the freeze. */
export const NO_UPPER_BOUND = '9223372036854775807';

/** Which contacts are looked at: ids above `after`, up to and including `upTo`. */
export interface IdRange {
  after: string;
  upTo: string;
}
export const EVERYBODY: IdRange = { after: '0', upTo: NO_UPPER_BOUND };

/**
 * The one statement of who is a candidate and why not everyone gets the mail; the count before a start and the
 * preparation after it read the same text, so *audience before = ledger after*. It is two common table expressions,
 * `members` and `candidates (id, email, canonical, domain, reason)`; the reason is null for who gets it.
 *
 * Parameters: $1 workspace, $2 lists, $3 excluded lists, $4 and $5 the range, then the caller's `own` from $6, then what
 * the rules of the segments need. A contact in several lists counts once; a subscription in any of them is enough. Whom
 * a segment names needs a subscription to some list, whichever. Reasons are tried in the order of EXCLUSION_REASONS, so
 * each excluded contact has exactly one.
 *
 * Index: list_members' primary key (list_id, contact_id), read as a range per list; contacts by a range of their key: the
 * bounds are said again there, else each chunk of a preparation reads every contact there is (at 300,000 contacts half of
 * its time). Suppressions by key, those of whole domains by an index of their own, which is nearly empty.
 */
export function candidates(
  rules: AudienceRules,
  { after, upTo }: IdRange,
  own: readonly unknown[] = [],
): { ctes: string; values: unknown[] } {
  const parameters = new SqlParameters([rules.workspaceId, rules.lists, rules.excludeLists, after, upTo, ...own]);
  const context = { ...rules, few: upTo !== NO_UPPER_BOUND };
  const anyOf = (some: readonly SegmentRule[]) =>
    some.map((rule) => `(${segmentCondition(rule, parameters, context)})`).join(' OR ');
  const chosen = rules.segments.length > 0 ? anyOf(rules.segments) : null;
  const left = rules.excludeSegments.length > 0 ? anyOf(rules.excludeSegments) : null;
  const ctes = `
  members AS (${chosen === null ? LISTED : named(chosen)}
    GROUP BY contact_id
  ),
  candidates AS (
    SELECT c.id, c.email, c.canonical, c.domain,
      CASE
        WHEN EXISTS (SELECT 1 FROM list_members x WHERE x.list_id = ANY ($3::bigint[]) AND x.contact_id = c.id
                       AND x.contact_id > $4 AND x.contact_id <= $5)
          THEN 'excluded_list'${left === null ? '' : `\n        WHEN ${left} THEN 'excluded_segment'`}
        WHEN s.id IS NOT NULL OR d.id IS NOT NULL THEN 'suppressed'${
          chosen === null ? '' : `\n        WHEN NOT m.listed THEN 'not_subscribed'`
        }
        WHEN NOT m.subscribed AND NOT m.pending THEN 'unsubscribed'
        WHEN NOT m.subscribed THEN 'unconfirmed'
        WHEN NOT m.free AND NOT ${reached('c.id')} THEN 'held'
      END AS reason
    FROM members m
    JOIN contacts c ON c.id = m.contact_id AND c.workspace_id = $1 AND c.id > $4 AND c.id <= $5
    LEFT JOIN suppressions s ON s.workspace_id = $1 AND s.canonical = c.canonical
    LEFT JOIN suppressions d ON d.workspace_id = $1 AND d.domain = c.domain
  )`;
  return { ctes, values: parameters.values };
}

const FREE = `status = 'subscribed' AND (import_id IS NULL OR import_id NOT IN (
        SELECT id FROM imports WHERE workspace_id = $1 AND held_at IS NOT NULL))`;
const LISTED = `
    SELECT contact_id, bool_or(status = 'subscribed') AS subscribed, bool_or(status = 'pending') AS pending,
      bool_or(${FREE}) AS free
    FROM list_members
    WHERE list_id = ANY ($2::bigint[]) AND contact_id > $4 AND contact_id <= $5`;

/** Who is on the lists or belongs to the segments; the latter with all their memberships, or with none. */
function named(condition: string): string {
  return `
    SELECT contact_id, bool_or(listed) AS listed,
      coalesce(bool_or(status = 'subscribed'), false) AS subscribed,
      coalesce(bool_or(status = 'pending'), false) AS pending, coalesce(bool_or(${FREE}), false) AS free
    FROM (
      SELECT contact_id, status, import_id, true AS listed FROM list_members
      WHERE list_id = ANY ($2::bigint[]) AND contact_id > $4 AND contact_id <= $5
      UNION ALL
      SELECT found.id, l.status, l.import_id, l.list_id IS NOT NULL
      FROM (SELECT c.id FROM contacts c WHERE c.workspace_id = $1 AND c.id > $4 AND c.id <= $5
              AND (${condition})) found
      LEFT JOIN list_members l ON l.contact_id = found.id AND l.contact_id > $4 AND l.contact_id <= $5
    ) named`;
}
