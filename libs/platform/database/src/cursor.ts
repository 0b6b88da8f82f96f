import { DomainError } from '#contracts';

/** Opaque cursor of a keyset page: the sort values of the last row. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** @throws DomainError MALFORMED_REQUEST when the cursor was not made by {@link encodeCursor} with as many values. */
export function decodeCursor(cursor: string | undefined, length: number): (string | number)[] | null {
  if (cursor === undefined) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => (typeof value === 'string' ? isStorable(value) : typeof value === 'number'))
    ) {
      return values as (string | number)[];
    }
  } catch {
    // falls through to the same answer as a wrong shape
  }
  throw notOurs();
}

/** The id in the cursor of a list that is ordered by id. @throws DomainError MALFORMED_REQUEST */
export function decodeIdCursor(cursor: string | undefined): string | null {
  const values = decodeCursor(cursor, 1);
  return values && requireIdInCursor(values[0]);
}

/** @throws DomainError MALFORMED_REQUEST for anything that is no bigint */
export function requireIdInCursor(value: unknown): string {
  const id = String(value);
  if (!/^\d{1,18}$/.test(id)) throw notOurs();
  return id;
}

/** Postgres takes neither NUL nor half a surrogate pair. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Cs}/u.test(text);
}

/** The 400 of a cursor that somebody made up. */
export function notOurs(): DomainError {
  return new DomainError('MALFORMED_REQUEST', 'The cursor is not one this list gave out.', {
    property: 'cursor',
    help: 'Take nextCursor from the page before, or leave the parameter out.',
  });
}

/** Makes a page of `limit` items out of `limit + 1` rows. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  key: (row: Row) => (string | number)[],
  map: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(map), nextCursor: last ? encodeCursor(key(last)) : null };
}
