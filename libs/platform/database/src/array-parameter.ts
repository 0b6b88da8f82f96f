const SPECIAL = /["\\]/;

/**
 * A parameter as the driver takes it. Arrays of texts and numbers are written here: the driver takes twice as long for a
 * text and seven times for a number, and where hundreds of rows go by one statement that is felt.
 */
export function toParameter(value: unknown): unknown {
  return Array.isArray(value) && value.every(isPlain) ? `{${value.map(toElement).join()}}` : value;
}

function isPlain(value: unknown): value is string | number | null {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

/** One element of an array (PostgreSQL's manual, section 8.15.6). */
function toElement(value: string | number | null): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  return SPECIAL.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
}
