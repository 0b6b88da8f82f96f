import { DomainError } from '#contracts';
import { decodeCursor } from '#platform/database';

/** The id in the cursor of a list that is ordered by id. @throws DomainError MALFORMED_REQUEST */
export function decodeIdCursor(cursor: string | undefined): string | null {
  const values = decodeCursor(cursor, 1);
  if (!values) return null;
  return requireId(values[0]);
}

/** The instant and id in the cursor of a list that is ordered by both. @throws DomainError MALFORMED_REQUEST */
export function decodeInstantCursor(cursor: string | undefined): { at: string; id: string } | null {
  const values = decodeCursor(cursor, 2);
  if (!values) return null;
  const at = String(values[0]);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at) || Number.isNaN(Date.parse(at))) throw notOurs();
  return { at, id: requireId(values[1]) };
}

function requireId(value: unknown): string {
  const id = String(value);
  if (!/^\d{1,18}$/.test(id)) throw notOurs();
  return id;
}

function notOurs(): DomainError {
  return new DomainError('MALFORMED_REQUEST', 'The cursor is not one this list gave out.', {
    property: 'cursor',
    help: 'Take nextCursor from the page before, or leave the parameter out.',
  });
}
