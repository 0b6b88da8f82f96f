/** Network errors of a connection to Postgres that could not be made or broke. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);

/**
 * SQLSTATEs of a Postgres that is not there for anybody now (Appendix A of its manual): class 08 and 53300
 * too_many_connections, 57P01 admin_shutdown, 57P02 crash_shutdown, 57P03 cannot_connect_now.
 */
const SQLSTATE = /^(?:08...|53300|57P0[123])$/;

/** pg's and pg-pool's own errors, which carry no code. */
const MESSAGES = [
  // The server closed the connection without a word, or did not take it in time.
  /^Connection terminated/,
  // No connection of the pool became free in time.
  /^timeout exceeded when trying to connect/,
  // The statement after the one that learned of it.
  /^Client (?:has encountered a connection error|was closed) and is not queryable/,
];

/** True where Postgres could not be reached or went away: nothing is wrong with the statement, and it may be tried again. */
export function isConnectionFailure(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return SQLSTATE.test(code) || NETWORK.has(code);
  return MESSAGES.some((each) => each.test(String(message)));
}
