/**
 * In SQL: whether some mail has reached a contact, so that an import that is held does not hold them back.
 * Index campaign_recipients_contact.
 */
export const reached = (contact: string) => `EXISTS (SELECT 1 FROM campaign_recipients p
  WHERE p.contact_id = ${contact} AND p.accepted_at IS NOT NULL AND p.bounced_at IS NULL)`;

/**
 * The one statement of who is a candidate and why not everyone gets the mail; the count before a start and the
 * preparation after it read the same text, so *audience before = ledger after*.
 *
 * Parameters: $1 workspace, $2 lists, $3 excluded lists, $4 contact ids above this, $5 up to and including this.
 * A contact in several lists counts once; a subscription in any of them is enough. Reasons are tried in the order of
 * EXCLUSION_REASONS, so each excluded contact has exactly one.
 *
 * Index: list_members' primary key (list_id, contact_id), read as a range per list; contacts by a range of their key: the
 * bounds are said again there, else each chunk of a preparation reads every contact there is (at 300,000 contacts half of
 * its time). Suppressions by key, those of whole domains by an index of their own, which is nearly empty.
 */
export const CANDIDATES = `
  members AS (
    SELECT contact_id, bool_or(status = 'subscribed') AS subscribed, bool_or(status = 'pending') AS pending,
      bool_or(status = 'subscribed' AND (import_id IS NULL OR import_id NOT IN (
        SELECT id FROM imports WHERE workspace_id = $1 AND held_at IS NOT NULL))) AS free
    FROM list_members
    WHERE list_id = ANY ($2::bigint[]) AND contact_id > $4 AND contact_id <= $5
    GROUP BY contact_id
  ),
  candidates AS (
    SELECT c.id, c.email, c.canonical, c.domain,
      CASE
        WHEN EXISTS (SELECT 1 FROM list_members x WHERE x.list_id = ANY ($3::bigint[]) AND x.contact_id = c.id
                       AND x.contact_id > $4 AND x.contact_id <= $5)
          THEN 'excluded_list'
        WHEN s.id IS NOT NULL OR d.id IS NOT NULL THEN 'suppressed'
        WHEN NOT m.subscribed AND NOT m.pending THEN 'unsubscribed'
        WHEN NOT m.subscribed THEN 'unconfirmed'
        WHEN NOT m.free AND NOT ${reached('c.id')} THEN 'held'
      END AS reason
    FROM members m
    JOIN contacts c ON c.id = m.contact_id AND c.workspace_id = $1 AND c.id > $4 AND c.id <= $5
    LEFT JOIN suppressions s ON s.workspace_id = $1 AND s.canonical = c.canonical
    LEFT JOIN suppressions d ON d.workspace_id = $1 AND d.domain = c.domain
  )`;

/** Highest possible contact id: the upper bound of a count before the freeze. */
export const NO_UPPER_BOUND = '9223372036854775807';
