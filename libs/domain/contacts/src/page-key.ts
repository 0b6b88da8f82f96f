import { decodeCursor, notOurs, requireIdInCursor } from '#platform/database';

export { decodeIdCursor } from '#platform/database';

/** The instant and id in the cursor of a list that is ordered by both. @throws DomainError MALFORMED_REQUEST */
export function decodeInstantCursor(cursor: string | undefined): { at: string; id: string } | null {
  const values = decodeCursor(cursor, 2);
  if (!values) return null;
  const at = String(values[0]);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at) || !exists(at)) throw notOurs();
  return { at, id: requireIdInCursor(values[1]) };
}

/** Date.parse takes the 31st of February for the 3rd of March; Postgres does not. */
function exists(at: string): boolean {
  const parsed = new Date(at);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 19) === at.slice(0, 19);
}
