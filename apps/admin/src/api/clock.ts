/** The header has whole seconds, and an answer takes a while: less than this is no difference. */
const NOTICEABLE_MS = 2_000;
let ahead = 0;

/** Reads the server's clock off an answer (RFC 9110, 6.6.1); the clock of a PC may be hours off. */
export function noteServerTime(response: Response): Response {
  const at = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(at)) return response;
  const difference = at - Date.now();
  ahead = Math.abs(difference) > NOTICEABLE_MS ? difference : 0;
  return response;
}

/** Milliseconds since 1970 by the clock of the server, to about a second. */
export function serverNow(): number {
  return Date.now() + ahead;
}
