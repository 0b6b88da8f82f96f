export const DISPLAY_NAME_MAX = 100;

export type DisplayNameResult =
  { ok: true; value: string } | { ok: false; code: 'DISPLAY_NAME_INVALID'; message: string };

/**
 * Guards a name shown beside an address (From, To): text of at most 100 characters without line breaks, NUL or other
 * control characters. Trimmed; the empty name is allowed. Quoting and encoding are engine/message's task.
 */
export function parseDisplayName(name: unknown): DisplayNameResult {
  if (typeof name !== 'string') return refuse('Give the name as text.');
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(name.slice(0, 4 * DISPLAY_NAME_MAX))) {
    return refuse('The name contains a line break or another control character. Remove it.');
  }
  const value = name.trim();
  if (value.length > 2 * DISPLAY_NAME_MAX || [...value].length > DISPLAY_NAME_MAX) {
    return refuse(`The name is too long. Shorten it to ${DISPLAY_NAME_MAX} characters.`);
  }
  return { ok: true, value };
}

function refuse(message: string): DisplayNameResult {
  return { ok: false, code: 'DISPLAY_NAME_INVALID', message };
}
