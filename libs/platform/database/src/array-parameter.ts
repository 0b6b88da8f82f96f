const SPECIAL = /["\\]/;

/**
 * A parameter as the driver takes it. Arrays of texts, numbers and times are written here: the driver takes twice as long
 * for a text, four times for a time and seven for a number, and where hundreds of rows go by one statement that is felt.
 */
export function toParameter(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value;
  if (value.every(isOrdinary)) return `{"${value.join('","')}"}`;
  return value.every(isPlain) ? `{${value.map(toElement).join()}}` : value;
}

/** Text that stands between quotes as it is. */
function isOrdinary(value: unknown): value is string {
  return typeof value === 'string' && !SPECIAL.test(value);
}

function isPlain(value: unknown): value is string | number | Date | null {
  return value === null || typeof value === 'string' || typeof value === 'number' || isTime(value);
}

/** Of other years the driver knows how Postgres writes them. */
function isTime(value: unknown): value is Date {
  return value instanceof Date && value.getTime() >= 0 && value.getTime() < Date.UTC(10_000, 0);
}

/** One element of an array (PostgreSQL's manual, section 8.15.6). */
function toElement(value: string | number | Date | null): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return value.toISOString();
  return SPECIAL.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
}
