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
      values.every((value) => typeof value === 'string' || typeof value === 'number')
    ) {
      return values as (string | number)[];
    }
  } catch {
    // falls through to the same answer as a wrong shape
  }
  throw new DomainError('MALFORMED_REQUEST', 'The cursor is not one this list gave out.', {
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
